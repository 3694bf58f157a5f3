"""Whether everything answers that requests need, asked all at once and with an end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final

from functions.operations.repository import connections
from functions.operations.settings import ApiSettings
from shared import process, settings
from shared.clients import counters, database
from shared.clients.aws import client
from shared.log import logger

PATIENCE_SECONDS: Final = 3.0
"""Load balancers and probes commonly give up after five."""
FRESH_SECONDS: Final = 5.0
"""So long an answer is given again: whoever asks more often costs nothing."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether one of them answered, and after how long."""

    ok: bool
    milliseconds: float


clock = time.monotonic
_last: list[tuple[float, dict[str, CheckResult]]] = []
process.on_reset(_last.clear)


def check() -> dict[str, CheckResult]:
    """Whether the database, the bus, the storage and the counters answer, as they were asked at most FRESH_SECONDS ago.

    Why one failed is logged, not told.
    """
    now = clock()
    if not _last or now - _last[0][0] >= FRESH_SECONDS:
        _last[:] = [(now, _ask())]
    return _last[0][1]


def _ask() -> dict[str, CheckResult]:
    started = time.perf_counter()
    executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="readiness")
    try:
        running = {name: executor.submit(_timed, name, ask) for name, ask in _questions().items()}
        wait(running.values(), timeout=PATIENCE_SECONDS)
        waited = _milliseconds_since(started)
        return {name: _result(name, future, waited) for name, future in running.items()}
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _questions() -> Mapping[str, Callable[[], object]]:
    configuration = settings.load(ApiSettings)
    # Clients are made here: making them is not safe in several threads at once, using them is.
    events, s3, _ = client("events"), client("s3"), client("dynamodb")
    return {
        "database": lambda: connections.ping(database.connection()),
        "bus": lambda: events.describe_event_bus(Name=configuration.event_bus_name),
        "storage": lambda: s3.head_bucket(Bucket=configuration.imports_bucket),
        "counters": lambda: counters.read("readiness"),
    }


def _timed(name: str, ask: Callable[[], object]) -> CheckResult:
    started = time.perf_counter()
    try:
        ask()
    except Exception:
        logger().error("readiness check failed", exc_info=True, extra={"check": name})
        return CheckResult(False, _milliseconds_since(started))
    return CheckResult(True, _milliseconds_since(started))


def _result(name: str, future: Future[CheckResult], waited: float) -> CheckResult:
    if future.done():
        return future.result()
    logger().error("readiness check gave no answer in time", extra={"check": name, "milliseconds": waited})
    return CheckResult(False, waited)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
