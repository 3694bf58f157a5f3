"""Every route at benchmark size, one caller: latency, growth, statements, plans, requests per second, memory.

Part `routes`; `--only cart` measures those with that word in their name. Each packaged function runs under the runtime
client, once on the large database and once on one a hundredth of its size; both are asked in turn, and beside them the
raw handler, which answers 20 products by psycopg and pydantic alone.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.benchmarks import plans
from tests.benchmarks.data import Database
from tests.benchmarks.function_process import FunctionProcess
from tests.benchmarks.plans import Statement
from tests.benchmarks.run import Run, show
from tests.benchmarks.scale import Scale
from tests.benchmarks.scenarios import LIST_20, RAW_BAR, RAW_LIST_20, Scenario
from tests.benchmarks.stage import Code, baselines, cloud_server, function_variables, packaged
from tests.benchmarks.world import Call
from tests.support.lambda_client import decode, http_event

REQUESTS_OF_ONE_CALLER: Final = 10
SECONDS: Final = 6.0
"""No scenario is measured for longer."""
GROWTH_BAR: Final = 2.0

_addresses = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))


@dataclass
class Found:
    """What was measured of a scenario: milliseconds of each request by database, and what PostgreSQL did."""

    scenario: Scenario
    wall: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    raw: list[float] = field(default_factory=list)
    """Of the raw handler's requests on the large database, which were sent in turn with these."""
    cpu: list[float] = field(default_factory=list)
    memory: float = 0.0
    explained: list[Statement] = field(default_factory=list)
    explained_requests: int = 0


class Functions:
    """The processes of all functions on one database, started when they are first asked."""

    def __init__(
        self, code: dict[str, Code], variables: dict[str, str], database: Database, running: contextlib.ExitStack
    ) -> None:
        self._variables = variables
        self._code = code
        self.database = database
        self._running = running
        self._processes: dict[str, FunctionProcess] = {}
        self._asked = 0
        self._address = ""

    def process(self, function: str) -> FunctionProcess:
        """The function's process."""
        if function not in self._processes:
            code = self._code[function]
            variables = {**self._variables, "DATABASE_URL": self.database.url}
            variables["SERVICE"] = function.partition(".")[0]
            process = FunctionProcess(
                code.handler, search_path=code.search_path, folder=code.folder, variables=variables
            )
            self._processes[function] = self._running.enter_context(process)
        return self._processes[function]

    def ask(self, scenario: Scenario) -> tuple[float, float] | None:
        """One request: milliseconds of wall time and of processor time; None when there is nothing left to ask."""
        call = scenario.make(self.database.world)
        if call is None:
            return None
        if self._asked % REQUESTS_OF_ONE_CALLER == 0:
            self._address = next(_addresses)
        self._asked += 1
        raw, cpu, wall = self.process(scenario.function).invoke(event_of(call, self._address))
        answer = decode(raw)
        if answer.status >= 300:
            process = self.process(scenario.function)
            sys.exit(f"{scenario.name}: {call} answered {answer.status} {answer.body!r}\n{process.output()[-3000:]}")
        if scenario.learn is not None:
            scenario.learn(self.database.world, call, answer.json())
        return wall, cpu


def event_of(call: Call, address: str) -> dict[str, Any]:
    """The gateway's event for a request."""
    body = json.dumps(call.json).encode() if call.json is not None else None
    headers = {**call.headers, **({"content-type": "application/json"} if body else {})}
    return http_event(call.method, call.path, headers=headers, query={}, cookies={}, source_ip=address, body=body)


def measure(run: Run, code: dict[str, Code], variables: dict[str, str]) -> list[Found]:
    """Ask for everything in turn, then once more with every statement explained."""
    found = [Found(scenario) for scenario in run.scenarios()]
    with contextlib.ExitStack() as running:
        functions = [Functions(code, variables, shop, running) for shop in (run.small, run.large)]
        functions[-1].process("identity.rotate_signing_keys").invoke({})
        for item in found:
            _time(functions, item, run.scale)
    with contextlib.ExitStack() as running:
        running.enter_context(plans.explained(run.large))
        explaining = Functions(code, variables, run.large, running)
        for item in found:
            _explain(explaining, item, run.scale.explained)
    return found


def _time(functions: list[Functions], item: Found, scale: Scale) -> None:
    """The large database is asked last."""
    for on_database in functions:
        for _ in range(scale.warm_up):
            on_database.ask(item.scenario)
    functions[-1].ask(RAW_LIST_20)
    deadline = time.monotonic() + SECONDS
    for _ in range(scale.requests):
        for on_database in functions:
            taken = on_database.ask(item.scenario)
            if taken is not None:
                item.wall[on_database.database.name].append(taken[0])
        if taken is None or time.monotonic() > deadline:
            break
        item.cpu.append(taken[1])
        raw = functions[-1].ask(RAW_LIST_20)
        assert raw is not None
        item.raw.append(raw[0])
    item.memory = functions[-1].process(item.scenario.function).resident_mb()


def _explain(functions: Functions, item: Found, requests: int) -> None:
    functions.process(item.scenario.function)
    if functions.ask(item.scenario) is None:
        return
    log = plans.Log(functions.database.log)
    for _ in range(requests):
        if functions.ask(item.scenario) is None:
            break
        item.explained_requests += 1
    item.explained = log.statements()


def row_of(item: Found, big: frozenset[str]) -> dict[str, Any]:
    """The figures of a scenario."""
    large, small = (sorted(item.wall[name]) for name in ("large", "small"))
    slowest = max(item.explained, key=lambda statement: statement.milliseconds, default=None)
    statements = len(item.explained) / item.explained_requests if item.explained_requests else 0
    scanned = sorted({table for statement in item.explained for table in statement.scanned(big)})
    growth = percentile(large, 95) / percentile(small, 95) if small else 0
    slowest_ms = slowest.milliseconds if slowest else 0
    limit = item.scenario.statements
    to_raw = percentile(large, 50) / percentile(sorted(item.raw), 50) if item.raw else 0
    passed = not scanned and (limit is None or statements <= limit)
    if item.scenario.kind.value == "list":
        passed = passed and growth <= GROWTH_BAR
    if item.scenario is LIST_20:
        passed = passed and to_raw <= RAW_BAR
    return {
        "route": item.scenario.name,
        "p50_ms": percentile(large, 50),
        "p95_ms": percentile(large, 95),
        "p99_ms": percentile(large, 99),
        "to_raw": round(to_raw, 2),
        "growth": round(growth, 2),
        "statements": round(statements, 1),
        "slowest_ms": round(slowest_ms, 2),
        "rows_read": max((statement.rows_read for statement in item.explained), default=0),
        "scans": ",".join(scanned),
        "cpu_ms": round(statistics.median(item.cpu), 2) if item.cpu else 0,
        "per_second": round(1000 / statistics.fmean(large)) if large else 0,
        "memory_mb": round(item.memory),
        "passed": passed,
    }


def percentile(values: list[float], share: int) -> float:
    """A percentile of sorted values, in steps of what was measured; 0 of nothing."""
    return round(values[min(len(values) - 1, len(values) * share // 100)], 2) if values else 0.0


def plans_of(found: list[Found]) -> list[dict[str, Any]]:
    """The slowest execution of each statement of each scenario, with its plan."""
    kept: dict[tuple[str, str], Statement] = {}
    for item in found:
        for statement in item.explained:
            key = item.scenario.name, statement.text
            if key not in kept or kept[key].milliseconds < statement.milliseconds:
                kept[key] = statement
    return [
        {"route": route, "statement": text, "milliseconds": slowest.milliseconds, "plan": slowest.plan}
        for (route, text), slowest in kept.items()
    ]


def bench(run: Run) -> None:
    """Measure, print, keep."""
    with tempfile.TemporaryDirectory(prefix="sharestack-bench-") as folder, cloud_server() as address:
        code = {**packaged(), **baselines(Path(folder, "baselines"))}
        found = measure(run, code, function_variables("", address))
    big = plans.big_tables(run.large)
    rows = [row_of(item, big) for item in found]
    show(rows)
    run.write("plans", plans_of(found))
    run.write("routes", {"python": sys.version.split()[0], "requests": run.scale.requests, "routes": rows})
