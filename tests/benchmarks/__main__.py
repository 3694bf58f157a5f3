"""Every benchmark, or some parts: `python -m tests.benchmarks [part ...]`.

Parts: init, warm (packaged functions, processor time); routes, gateway, drain (on generated databases, made once for
all of them); recommendations (how well they foretell, how long their refresh takes); capacity (the simulator beside
this machine); faults (buying through failures). Results are printed, and kept as JSON under `build/bench/`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks import (
    bench_capacity,
    bench_drain,
    bench_faults,
    bench_gateway,
    bench_init,
    bench_recommendations,
    bench_routes,
    bench_warm,
)
from tests.benchmarks.data import SIZES, Database, databases

PARTS: Final = ("init", "warm", "routes", "gateway", "drain", "recommendations", "capacity", "faults")
_ON_DATA: Final = frozenset(("routes", "gateway", "drain", "recommendations"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder to keep the generated databases in (3 GB)")
    parser.add_argument("--requests", type=int, default=60, help="per route, one caller")
    parser.add_argument("--seconds", type=float, default=2.0, help="per route, eight callers")
    parser.add_argument("--events", type=int, default=100_000, help="to drain")
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), metavar="part", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments)
    parts = chosen.parts or list(PARTS)
    if "init" in parts:
        _say("init")
        bench_init.main([])
    if "warm" in parts:
        _say("warm")
        bench_warm.main([])
    if _ON_DATA & set(parts):
        with databases(chosen.data, tuple(SIZES)) as shops:
            _on_data(shops, parts, chosen)
    if "capacity" in parts:
        _say("capacity")
        bench_capacity.main([])
    if "faults" in parts:
        _say("faults")
        bench_faults.main([])


def _on_data(shops: dict[str, Database], parts: list[str], chosen: argparse.Namespace) -> None:
    if "routes" in parts:
        _say("routes")
        bench_routes.run(shops, requests=chosen.requests, words=[])
    if "gateway" in parts:
        _say("gateway")
        bench_gateway.run_as_peers(shops["peers"], seconds=chosen.seconds)
        bench_gateway.run(shops["large"], seconds=chosen.seconds, words=[])
    if "drain" in parts:
        _say("drain")
        bench_drain.run(shops["large"], events=chosen.events)
    if "recommendations" in parts:
        _say("recommendations")
        bench_recommendations.run(shops["large"])


def _say(part: str) -> None:
    print(f"\n{part}  ({time.strftime('%H:%M:%S')})", flush=True)


if __name__ == "__main__":
    main()
