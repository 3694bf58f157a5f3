"""Warm requests of packaged functions: part `warm`.

Every route is asked in turn with the raw handler, block by block, so that whatever else the machine does falls on all
of them alike. What counts is processor time of the function's process, and its ratio to the raw handler's.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import statistics
import sys
from dataclasses import dataclass, field
from typing import Any, Final

from tests.benchmarks.function_process import FunctionProcess
from tests.benchmarks.run import Run, show
from tests.benchmarks.scenarios import RAW_BAR
from tests.benchmarks.stage import Stage, sample
from tests.integration.payments.stage import signed

REQUESTS_OF_ONE_CALLER: Final = 20
"""Callers are limited, and counted in the shared store at every tenth of their requests; that is part of the cost."""


@dataclass
class Measured:
    """A request to a function, and what it took: milliseconds of processor time and of wall time."""

    name: str
    function: str
    event: dict[str, Any]
    statuses: tuple[int, ...] = (200,)
    bar: float | None = None
    """Of processor time, as a ratio to the raw handler."""
    wall_bar: float | None = None
    """Of wall time, in milliseconds."""
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def requests() -> list[Measured]:
    """What is measured: reads that need nobody's account, and the baselines."""
    return [
        Measured("null", "null", sample("null")),
        Measured("raw list 20", "raw", sample("raw")),
        Measured("list 20 products", "catalog.api", get("/api/v1/products"), bar=RAW_BAR),
        Measured("list 20 products, gzip", "catalog.api", get("/api/v1/products", **{"accept-encoding": "gzip"})),
        Measured("one product", "catalog.api", get("/api/v1/products/product-7")),
        Measured("categories", "catalog.api", get("/api/v1/categories")),
        Measured("an empty cart", "ordering.api", get("/api/v1/cart")),
        Measured("liveness", "operations.api", get("/health")),
        Measured("public keys", "identity.api", get("/.well-known/jwks.json")),
        Measured("webhook", "payments.receive_webhook", webhook(), wall_bar=10.0),
    ]


def webhook() -> dict[str, Any]:
    """What Stripe posts, signed now: good for five minutes."""
    event: dict[str, Any] = sample("payments.receive_webhook")
    event["headers"]["stripe-signature"] = signed(base64.b64decode(event["body"]))
    return event


def get(path: str, **headers: str) -> dict[str, Any]:
    """The sample of catalog's API, for another address."""
    event: dict[str, Any] = sample("catalog.api")
    event |= {"rawPath": path, "routeKey": "$default"}
    event["headers"] |= headers
    event["requestContext"]["http"]["path"] = path
    return event


def measure(run: Run, measured: list[Measured]) -> None:
    """Ask everything in blocks, in turn; the first round only warms."""
    addresses = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))
    with contextlib.ExitStack() as running:
        processes = {
            name: running.enter_context(_start(run.stage, name)) for name in dict.fromkeys(m.function for m in measured)
        }
        for turn in range(run.scale.rounds + 1):
            for item in measured:
                cpu, wall = _block(processes[item.function], item, addresses, run.scale.warm_requests)
                if turn:
                    item.cpu += cpu
                    item.wall += wall


def _start(on: Stage, name: str) -> FunctionProcess:
    code = on.code[name]
    variables = {**on.variables, "SERVICE": name.partition(".")[0]}
    return FunctionProcess(code.handler, search_path=code.search_path, folder=code.folder, variables=variables)


def _block(process: FunctionProcess, item: Measured, addresses: Any, count: int) -> tuple[list[float], list[float]]:
    cpu, wall = [], []
    for number in range(count):
        if number % REQUESTS_OF_ONE_CALLER == 0:
            item.event["requestContext"]["http"]["sourceIp"] = next(addresses)
        answer, cpu_ms, wall_ms = process.invoke(item.event)
        if answer.get("statusCode") not in item.statuses:
            sys.exit(f"{item.name} answered {answer}\n{process.output()[-3000:]}")
        cpu.append(cpu_ms)
        wall.append(wall_ms)
    return cpu, wall


def table(measured: list[Measured]) -> list[dict[str, Any]]:
    """A row per request."""
    raw = next(item for item in measured if item.function == "raw")
    return [
        {
            "request": item.name,
            "cpu_ms": round(statistics.median(item.cpu), 3),
            "mean_ms": round(statistics.fmean(item.cpu), 3),
            "to_raw": round(statistics.median(item.cpu) / statistics.median(raw.cpu), 2),
            "bar": item.bar,
            "wall_ms": round(statistics.median(item.wall), 2),
            "wall_bar": item.wall_bar,
        }
        for item in measured
    ]


def bench(run: Run) -> None:
    """Measure, print, keep."""
    measured = requests()
    measure(run, measured)
    rows = table(measured)
    show(rows)
    run.write("warm", {"python": sys.version.split()[0], "rounds": run.scale.rounds, "requests": rows})
