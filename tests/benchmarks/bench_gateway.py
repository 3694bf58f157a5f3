"""The whole local system under 8 callers, with two warm processes per function, at benchmark size.

`python -m tests.benchmarks.bench_gateway [--data FOLDER] [--seconds 2]`. The same requests as `bench_routes`, over HTTP
through the gateway; beside them the figures of other shops. What those were measured with is measured once more with as
many products as they had (`--peers` does nothing else).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psutil
import uvloop

from tests.benchmarks import peers
from tests.benchmarks.bench_routes import percentile, show
from tests.benchmarks.data import Database, databases
from tests.benchmarks.load import Taken, load
from tests.benchmarks.scenarios import SCENARIOS, Scenario
from tests.benchmarks.stage import ROOT, write
from tests.support.cloud import ENVIRONMENT

CALLERS: Final = 8
PROCESSES: Final = 2
ROUNDS: Final = 3
"""What is compared with peers is measured so often; the best counts, as it does for them."""
P95_BAR_MS: Final = 200.0
MOST_REQUESTS: Final = 3_000
_EARNS_FOR_PEERS: Final = frozenset(("check out",))
"""Leaves what "place order" places."""
START_SECONDS: Final = 150


@contextlib.contextmanager
def system(database: Database, *, packaged: bool = True) -> Iterator[dict[str, Any]]:
    """The local system on a generated database; what it says of itself when it is ready."""
    with tempfile.TemporaryDirectory(prefix="sharestack-bench-") as folder:
        ready_file, output = Path(folder, "ready.json"), Path(folder, "output.txt")
        command = [sys.executable, "-m", "infra.local", "--port", "0", "--home", f"{folder}/home", "--quiet"]
        command += ["--ready-file", str(ready_file), "--max-processes", str(PROCESSES)]
        command += ["--packaged"] if packaged else []
        # Callers stand for many visitors, so the gateway trusts what they say of themselves; and their tokens.
        command += ["--function-env", "TRUSTED_PROXY_HOPS=1"]
        for name in ("JWT_ISSUER", "JWT_AUDIENCE"):
            command += ["--function-env", f"{name}={ENVIRONMENT[name]}"]
        with output.open("wb") as stream:
            process = subprocess.Popen(
                command, cwd=ROOT, stdout=stream, stderr=stream, env={**os.environ, "DATABASE_URL": database.url}
            )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ready_file.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the system did not start:\n{output.read_text()[-3000:]}")
                time.sleep(0.1)
            yield json.loads(ready_file.read_text())
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


async def measure(address: str, database: Database, chosen: list[Scenario], seconds: float) -> list[dict[str, Any]]:
    """A row for each scenario."""
    rows = []
    for scenario in chosen:
        await load(address, scenario, database.world, callers=CALLERS, seconds=0.7)  # starts both processes
        rounds = ROUNDS if scenario.peers else 1
        taken = [
            await load(address, scenario, database.world, callers=CALLERS, seconds=seconds, requests=MOST_REQUESTS)
            for _ in range(rounds)
        ]
        rows.append(row_of(scenario, max(taken, key=lambda one: one.per_second)))
    return rows


def row_of(scenario: Scenario, taken: Taken) -> dict[str, Any]:
    """The figures of a scenario."""
    milliseconds = sorted(taken.milliseconds)
    best = max(peers.PEERS[scenario.peers].values()) if scenario.peers else None
    wanted = peers.bar(scenario.peers) if scenario.peers else None
    failed = sum(count for status, count in taken.statuses.items() if status >= 300)
    if failed:
        print(f"{scenario.name}: {taken.statuses} {taken.refused.decode(errors='replace')}")
    p95 = percentile(milliseconds, 95)
    return {
        "route": scenario.name,
        "per_second": round(taken.per_second),
        "best_peer": best or "",
        "to_peer": round(taken.per_second / best, 1) if best else "",
        "bar": wanted or "",
        "p50_ms": percentile(milliseconds, 50),
        "p95_ms": p95,
        "p99_ms": percentile(milliseconds, 99),
        "failed": failed,
        "passed": not failed and p95 <= P95_BAR_MS and (wanted is None or taken.per_second >= wanted),
    }


def memory_of(pid: int) -> dict[str, float]:
    """Resident megabytes of the gateway, and the average of the functions' processes."""
    gateway = psutil.Process(pid)
    functions = [child.memory_info().rss for child in gateway.children() if "awslambdaric" in " ".join(child.cmdline())]
    return {
        "gateway_mb": round(gateway.memory_info().rss / 1e6),
        "functions": len(functions),
        "function_mb": round(sum(functions) / max(1, len(functions)) / 1e6),
    }


def run(database: Database, *, seconds: float, words: list[str], packaged: bool = True) -> None:
    """Measure, print, keep."""
    chosen = [scenario for scenario in SCENARIOS if not words or any(word in scenario.name for word in words)]
    _measure_and_keep("gateway", database, chosen, seconds=seconds, packaged=packaged)


def run_as_peers(database: Database, *, seconds: float, packaged: bool = True) -> None:
    """The same, of what the peers were measured with, on a shop of their size."""
    chosen = [scenario for scenario in SCENARIOS if scenario.peers or scenario.name in _EARNS_FOR_PEERS]
    _measure_and_keep("gateway-peers", database, chosen, seconds=seconds, packaged=packaged)


def _measure_and_keep(name: str, database: Database, chosen: list[Scenario], *, seconds: float, packaged: bool) -> None:
    with system(database, packaged=packaged) as ready:
        rows = uvloop.run(measure(ready["address"], database, chosen, seconds))
        memory = memory_of(ready["pid"])
    show(rows)
    print(memory)
    print(write(name, {"callers": CALLERS, "processes": PROCESSES, "memory": memory, "routes": rows}))


def main() -> None:
    """Run this part alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_gateway", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder to keep the generated databases in")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each scenario and round")
    parser.add_argument("words", nargs="*", help="only routes with one of these in their name")
    parser.add_argument("--peers", action="store_true", help="only what other shops were measured with, at their size")
    chosen = parser.parse_args()
    with databases(chosen.data, ("peers",) if chosen.peers else ("large",)) as shops:
        if chosen.peers:
            run_as_peers(shops["peers"], seconds=chosen.seconds)
        else:
            run(shops["large"], seconds=chosen.seconds, words=chosen.words)


if __name__ == "__main__":
    main()
