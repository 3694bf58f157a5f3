"""The whole local system under several callers, with warm processes, at benchmark size.

Part `gateway`; `--only search` measures those with that word in their name. The same requests as in `routes`, over HTTP
through the gateway. Each round is measured in turn with the raw handler behind the same gateway, and with other shops
where `--peer` names any: figures of another day or another machine are no comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psutil
import uvloop

from tests.benchmarks.bench_routes import percentile
from tests.benchmarks.load import Taken, load
from tests.benchmarks.peers import TIMES_PEER, Peer
from tests.benchmarks.run import Run, show
from tests.benchmarks.scenarios import LIST_20, RAW_BAR, RAW_LIST_20, Scenario
from tests.benchmarks.system import raw_handler

MOST_REQUESTS: Final = 3_000
WARM_REQUESTS_OF_ONE: Final = 40
MOST_REQUESTS_OF_ONE: Final = 220
"""Together less than the 300 that a person may send in a minute."""


async def measure(run: Run, address: str, raw_address: str) -> list[dict[str, Any]]:
    """A row for each scenario."""
    return [await _measured(run, scenario, address, raw_address) for scenario in run.scenarios()]


async def _measured(run: Run, scenario: Scenario, address: str, raw_address: str) -> dict[str, Any]:
    scale = run.scale
    asked = {"ours": (address, scenario), "raw": (raw_address, RAW_LIST_20)}
    for peer in run.peers if scenario.compared else ():
        if theirs := peer.scenario(scenario.compared or ""):
            asked[peer.name] = (peer.address, theirs)
    for where, what in asked.values():  # starts every process
        most = WARM_REQUESTS_OF_ONE if what.is_one_person else MOST_REQUESTS
        await load(where, what, run.large.world, callers=scale.callers, seconds=scale.warm_seconds, requests=most)
    best: dict[str, Taken] = {}
    for _ in range(scale.best_of if scenario.compared else 1):
        for name, (where, what) in asked.items():
            most = MOST_REQUESTS_OF_ONE if what.is_one_person else MOST_REQUESTS
            taken = await load(
                where, what, run.large.world, callers=scale.callers, seconds=scale.seconds, requests=most
            )
            best[name] = max(best.get(name, taken), taken, key=lambda one: one.per_second)
    return row_of(scenario, best, run.peers)


def row_of(scenario: Scenario, best: dict[str, Taken], peers: Sequence[Peer]) -> dict[str, Any]:
    """The figures of a scenario, ours beside those of the same minute."""
    ours, raw = best["ours"], best["raw"]
    milliseconds = sorted(ours.milliseconds)
    failed = sum(count for status, count in ours.statuses.items() if status >= 300)
    if failed:
        print(f"{scenario.name}: {ours.statuses} {ours.refused.decode(errors='replace')}")
    slower = _ratio(raw.per_second, ours.per_second)
    to_peers = {peer.name: _ratio(ours.per_second, best[peer.name].per_second) for peer in peers if peer.name in best}
    behind = [name for name, ratio in to_peers.items() if ratio < TIMES_PEER[scenario.compared or ""]]
    return {
        "route": scenario.name,
        "per_second": round(ours.per_second),
        "raw_per_second": round(raw.per_second),
        "to_raw": slower,
        **{f"to {peer.name}": to_peers.get(peer.name) for peer in peers},
        "p50_ms": percentile(milliseconds, 50),
        "p95_ms": percentile(milliseconds, 95),
        "p99_ms": percentile(milliseconds, 99),
        "failed": failed,
        "passed": not failed and not behind and (scenario is not LIST_20 or slower <= RAW_BAR),
    }


def _ratio(one: float, another: float) -> float:
    return round(one / another, 2) if another else 0.0


def memory_of(pid: int) -> dict[str, float]:
    """Resident megabytes of the gateway, and the average of the functions' processes."""
    gateway = psutil.Process(pid)
    functions = [child.memory_info().rss for child in gateway.children() if "awslambdaric" in " ".join(child.cmdline())]
    return {
        "gateway_mb": round(gateway.memory_info().rss / 1e6),
        "functions": len(functions),
        "function_mb": round(sum(functions) / max(1, len(functions)) / 1e6),
    }


def bench(run: Run) -> None:
    """Measure, print, keep."""
    scale = run.scale
    with raw_handler(run.large, processes=scale.processes) as raw:
        rows = uvloop.run(measure(run, run.system["address"], raw["address"]))
    memory = memory_of(run.system["pid"])
    show(rows)
    print(memory)
    run.write("gateway", {"callers": scale.callers, "processes": scale.processes, "memory": memory, "routes": rows})
