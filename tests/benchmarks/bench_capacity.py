"""The capacity simulator's small case: 8 callers, two processes, one database, all on this machine.

Part `capacity`, on the system that `gateway` uses. One caller alone tells what a request costs each process; from that
the simulator says what 8 callers get, and 8 callers say what they did get. Both are printed, with their ratio.
"""

from __future__ import annotations

import os
import random
import statistics
from dataclasses import dataclass
from typing import Any, Final

import psutil
import simpy
import uvloop

from infra.capacity.parts import Cores, Steps
from tests.benchmarks.bench_routes import percentile
from tests.benchmarks.function_process import cpu_milliseconds
from tests.benchmarks.load import load
from tests.benchmarks.run import Run, show
from tests.benchmarks.scenarios import SCENARIOS, Scenario

MEASURED: Final = ("products: newest 20", "one product by slug", "category tree")
PARTS: Final = ("callers", "gateway", "functions", "database")


@dataclass(frozen=True)
class Cost:
    """Of one request, in seconds: processor time of each part, and what one caller alone waits beyond these."""

    callers: float
    gateway: float
    functions: float
    database: float
    idle: float


def simulate(cost: Cost, *, callers: int, processes: int, cores: float, seconds: float) -> list[float]:
    """Seconds of each request when callers ask again at once: the parts of the simulator, on one shared machine."""
    env, chance = simpy.Environment(), random.Random(1)
    machine = Cores(env, cores)
    one_caller, one_gateway = simpy.Resource(env), simpy.Resource(env)  # each is one thread
    functions = simpy.Resource(env, processes)
    taken: list[float] = []

    def drawn(work: float) -> float:
        return chance.expovariate(1 / work) if work else 0

    def on(thread: simpy.Resource, work: float) -> Steps:
        with thread.request() as turn:
            yield turn
            yield from machine.run(drawn(work))

    def caller() -> Steps:
        while True:
            asked = env.now
            yield from on(one_caller, cost.callers / 2)
            yield from on(one_gateway, cost.gateway / 2)
            with functions.request() as free:
                yield free
                yield from machine.run(drawn(cost.functions))
                yield from machine.run(drawn(cost.database))
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
    waited = statistics.mean(taken) - idle
    share = min(1.0, work / waited) if waited > 0 and work > 0 else 1.0
    return Cost(**spent, idle=idle), share * (os.cpu_count() or 1)


def processor_seconds(gateway: int, database: int) -> dict[str, float]:
    """So far, by part; what children did that have ended counts for the database's main process."""
    pids = {"callers": [os.getpid()], "gateway": [gateway]}
    pids["functions"] = [
        child.pid for child in psutil.Process(gateway).children() if "awslambdaric" in " ".join(child.cmdline())
    ]
    pids["database"] = [database, *(child.pid for child in psutil.Process(database).children())]
    return {part: sum(cpu_milliseconds(pid) / 1000 for pid in those) for part, those in pids.items()}


async def measure(run: Run, database: int, scenario: Scenario) -> dict[str, Any]:
    """One row: costs of a request, what is to be expected of all callers, and what they got."""
    ready, world, scale = run.system, run.large.world, run.scale
    address, seconds = ready["address"], scale.seconds
    await load(address, scenario, world, callers=scale.callers, seconds=scale.warm_seconds)  # starts every process
    before = processor_seconds(ready["pid"], database)
    alone = await load(address, scenario, world, callers=1, seconds=seconds)
    after = processor_seconds(ready["pid"], database)
    count = len(alone.milliseconds)
    spent = {part: (after[part] - before[part]) / count for part in PARTS}
    cost, cores = read_alone(spent, [one / 1000 for one in alone.milliseconds])
    expected = simulate(
        cost, callers=scale.callers, processes=scale.processes, cores=cores, seconds=scale.simulated_seconds
    )
    rounds = [
        await load(address, scenario, world, callers=scale.callers, seconds=seconds) for _ in range(scale.best_of)
    ]
    got = sorted(rounds, key=lambda taken: taken.per_second)[scale.best_of // 2]
    assert set(got.statuses) == {200}, got.statuses
    p50_simulated, p50 = statistics.median(expected) * 1000, percentile(sorted(got.milliseconds), 50)
    return {
        "route": scenario.name,
        **{f"{part}_ms": round(spent[part] * 1000, 2) for part in PARTS},
        "idle_ms": round(cost.idle * 1000, 2),
        "cores": round(cores, 2),
        "simulated_per_second": round(len(expected) / scale.simulated_seconds),
        "measured_per_second": round(got.per_second),
        "ratio": round(len(expected) / scale.simulated_seconds / got.per_second, 2),
        "simulated_p50_ms": round(p50_simulated, 1),
        "measured_p50_ms": round(p50, 1),
        "ratio_p50": round(p50_simulated / p50, 2),
    }


def bench(run: Run) -> None:
    """Measure, print, keep."""
    pid = run.large.server.process.pid
    rows = [uvloop.run(measure(run, pid, scenario)) for scenario in SCENARIOS if scenario.name in MEASURED]
    show(rows)
    scale, load_average = run.scale, os.getloadavg()[0]
    document = {"callers": scale.callers, "processes": scale.processes, "load": load_average, "routes": rows}
    run.write("capacity", document)
