"""Benchmarks: `python -m tests.benchmarks [options] [part ...]`, all parts unless some are named.

init, warm: packaged functions, processor time. routes, gateway, drain: on generated databases. recommendations: how
well they foretell, how long their refresh takes. capacity: the simulator beside this machine. faults: buying through
failures. Results are printed, and kept as JSON below `build/bench/`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
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
from tests.benchmarks.peers import Peer
from tests.benchmarks.run import RESULTS, Run
from tests.benchmarks.scale import FULL, SCALES, Scale

PARTS: Final[dict[str, Callable[[Run], None]]] = {
    "init": bench_init.bench,
    "warm": bench_warm.bench,
    "routes": bench_routes.bench,
    "gateway": bench_gateway.bench,
    "capacity": bench_capacity.bench,
    "drain": bench_drain.bench,
    "recommendations": bench_recommendations.bench,
    "faults": bench_faults.bench,
}
_COUNTS: Final = {
    "rounds": (int, "of init and warm"),
    "requests": (int, "of one caller, on each route"),
    "seconds": (float, "of each route, with all callers"),
    "events": (int, "to drain"),
    "minutes": (float, "of faults"),
    "buyers": (int, "through the faults"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default=FULL.name, help="tiny: only to see that every part works")
    for name, (kind, meaning) in _COUNTS.items():
        parser.add_argument(f"--{name}", type=kind, help=f"{meaning}, in place of the scale's own")
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="what has this word in its name")
    parser.add_argument("--peer", action="append", default=[], type=Path, metavar="FILE", help="see peers.py")
    parser.add_argument("--seed", type=int, default=1, help="of the faults")
    parser.add_argument("--data", type=Path, help="a folder to keep the generated databases in (3 GB)")
    parser.add_argument("--results", type=Path, help="a folder for the JSON; for figures at full scale, build/bench")
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), metavar="part", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments)
    scale: Scale = SCALES[chosen.scale]
    given = {name: getattr(chosen, name) for name in _COUNTS if getattr(chosen, name) is not None}
    run = Run(
        scale=replace(scale, **given),
        results=chosen.results or (RESULTS if scale is FULL else RESULTS / scale.name),
        data=chosen.data,
        only=chosen.only,
        peers=[Peer.read(path) for path in chosen.peer],
        seed=chosen.seed,
    )
    with run:
        for name, part in PARTS.items():
            if name in (chosen.parts or PARTS):
                print(f"\n{name}  ({time.strftime('%H:%M:%S')})", flush=True)
                part(run)


if __name__ == "__main__":
    main()
