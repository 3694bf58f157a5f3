"""The capacity simulator's small case: 8 callers, two processes, one database, all on this machine.

`python -m tests.benchmarks.bench_capacity`. One caller alone tells what a request costs each process; from that the
simulator says what 8 callers get, and 8 callers say what they did get. Both are printed, with their ratio.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import psutil
import simpy
import uvloop

from infra.capacity.parts import Cores, Steps
from infra.local.database import APPLICATION_ROLE, start_server
from tests.benchmarks.bench_gateway import CALLERS, PROCESSES, system
from tests.benchmarks.bench_routes import percentile, show
from tests.benchmarks.data import Database
from tests.benchmarks.load import load
from tests.benchmarks.scenarios import Kind, Scenario
from tests.benchmarks.stage import write
from tests.benchmarks.world import Call, World

ROUNDS: Final = 3
_NOBODY: Final = cast(World, None)  # these requests are the same whoever asks
PARTS: Final = ("callers", "gateway", "functions", "database")


@dataclass(frozen=True)
class Cost:
    """Of one request, in seconds: processor time of each part, and what one caller alone waits beyond these."""

    callers: float
    gateway: float
    functions: float
    database: float
    idle: float


def simulate(cost: Cost, *, callers: int, processes: int, cores: float, seconds: float = 30.0) -> list[float]:
    """Seconds of each request when callers ask again at once: the parts of the simulator, on one shared machine."""
    env, chance = simpy.Environment(), random.Random(1)
    machine = Cores(env, cores)
    one_caller, one_gateway = simpy.Resource(env), simpy.Resource(env)  # each is one thread
    functions = simpy.Resource(env, processes)
    taken: list[float] = []

    def on(thread: simpy.Resource, work: float) -> Steps:
        with thread.request() as turn:
            yield turn
            yield from machine.run(chance.expovariate(1 / work) if work else 0)

    def caller() -> Steps:
        while True:
            asked = env.now
            yield from on(one_caller, cost.callers / 2)
            yield from on(one_gateway, cost.gateway / 2)
            with functions.request() as free:
                yield free
                yield from machine.run(chance.expovariate(1 / cost.functions))
                yield from machine.run(chance.expovariate(1 / cost.database) if cost.database else 0)
            yield from on(one_gateway, cost.gateway / 2)
            yield from on(one_caller, cost.callers / 2)
            yield env.timeout(cost.idle)
            taken.append(env.now - asked)

    for _ in range(callers):
        env.process(caller())
    env.run(until=seconds)
    return taken


def read_alone(spent: dict[str, float], taken: list[float]) -> tuple[Cost, float]:
    """What a request costs, and how many processors the machine has for us beside whoever else works on it.

    The quickest tenth of requests waited for nobody else's work; how much longer the average one took tells how much
    of a processor we get.
    """
    work = sum(spent.values())
    idle = max(0.0, percentile(sorted(taken), 10) - work)
    share = min(1.0, work / (statistics.mean(taken) - idle))
    return Cost(**spent, idle=idle), share * (os.cpu_count() or 1)


def processor_seconds(gateway: int, database: int) -> dict[str, float]:
    """So far, by part; what children did that have ended counts for the database's main process."""
    pids = {"callers": [os.getpid()], "gateway": [gateway]}
    pids["functions"] = [
        child.pid for child in psutil.Process(gateway).children() if "awslambdaric" in " ".join(child.cmdline())
    ]
    pids["database"] = [database, *(child.pid for child in psutil.Process(database).children())]
    return {part: sum(_spent(pid) for pid in those) for part, those in pids.items()}


def _spent(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


async def measure(ready: dict[str, Any], database: int, scenario: Scenario, seconds: float) -> dict[str, Any]:
    """One row: costs of a request, what is to be expected of 8 callers, and what they got."""
    address, world = ready["address"], _NOBODY
    await load(address, scenario, world, callers=CALLERS, seconds=1.0)  # starts both processes
    before = processor_seconds(ready["pid"], database)
    alone = await load(address, scenario, world, callers=1, seconds=seconds)
    after = processor_seconds(ready["pid"], database)
    count = len(alone.milliseconds)
    spent = {part: (after[part] - before[part]) / count for part in PARTS}
    cost, cores = read_alone(spent, [one / 1000 for one in alone.milliseconds])
    expected = simulate(cost, callers=CALLERS, processes=PROCESSES, cores=cores)
    rounds = [await load(address, scenario, world, callers=CALLERS, seconds=seconds) for _ in range(ROUNDS)]
    got = sorted(rounds, key=lambda taken: taken.per_second)[ROUNDS // 2]
    assert set(got.statuses) == {200}, got.statuses
    p50_simulated, p50 = statistics.median(expected) * 1000, percentile(sorted(got.milliseconds), 50)
    return {
        "route": scenario.name,
        **{f"{part}_ms": round(spent[part] * 1000, 2) for part in PARTS},
        "idle_ms": round(cost.idle * 1000, 2),
        "cores": round(cores, 2),
        "simulated_per_second": round(len(expected) / 30),
        "measured_per_second": round(got.per_second),
        "ratio": round(len(expected) / 30 / got.per_second, 2),
        "simulated_p50_ms": round(p50_simulated, 1),
        "measured_p50_ms": round(p50, 1),
        "ratio_p50": round(p50_simulated / p50, 2),
    }


def scenarios() -> list[Scenario]:
    """Reads of the sample catalogue."""
    paths = {
        "list 20": "/api/v1/products?limit=20",
        "one product": "/api/v1/products/beeswax-candle",
        "categories": "/api/v1/categories",
    }
    return [
        Scenario(name, "catalog.api", Kind.READ, lambda _, path=path: Call("GET", path))  # type: ignore[misc]
        for name, path in paths.items()
    ]


@contextmanager
def own_database() -> Iterator[Database]:
    """A database of the run's own, in which the system puts the sample catalogue."""
    with tempfile.TemporaryDirectory(prefix="sharestack-capacity-") as folder:
        server = start_server(Path(folder, "postgres"), durable=False)
        try:
            yield Database(APPLICATION_ROLE, server, Path(folder, "postgres.log"), _NOBODY)
        finally:
            server.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_capacity", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    chosen = parser.parse_args(arguments)
    with own_database() as database, system(database, packaged=False) as ready:
        pid = database.server.process.pid
        rows = [uvloop.run(measure(ready, pid, scenario, chosen.seconds)) for scenario in scenarios()]
    show(rows)
    load_average = os.getloadavg()[0]
    print(write("capacity", {"callers": CALLERS, "processes": PROCESSES, "load": load_average, "routes": rows}))


if __name__ == "__main__":
    main()
