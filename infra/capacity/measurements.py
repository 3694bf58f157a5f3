"""Service times: from the last run of the benchmarks (`build/bench`), or else the checked-in set."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
BENCH: Final = ROOT / "build" / "bench"
CHECKED_IN: Final = Path(__file__).with_name("measured.json")


@dataclass(frozen=True)
class RouteTimes:
    """Of one request, in milliseconds: processor time of the function, time at the database in so many trips, and
    what it waits for elsewhere (the bus)."""

    cpu: float
    database: float
    trips: float
    outside: float = 0.0


@dataclass(frozen=True)
class Measurements:
    """`routes` by the benchmark's names, `init` milliseconds by function, `source` for the report."""

    routes: dict[str, RouteTimes]
    init: dict[str, float]
    source: str


def read(bench: Path = BENCH) -> Measurements:
    """Figures of the benchmarks where they have run, for all else the checked-in ones."""
    kept = json.loads(CHECKED_IN.read_text())
    routes, init = _routes(kept["routes"]), _init(kept["functions"])
    source = f"{kept['how']}, {kept['measured']}"
    own = [name for name in ("routes", "init") if (bench / f"{name}.json").exists()]
    if own:
        source = f"build/bench/{{{','.join(own)}}}.json, else: {source}"
    if "routes" in own:
        routes |= _routes(json.loads((bench / "routes.json").read_text())["routes"])
    if "init" in own:
        init |= _init(json.loads((bench / "init.json").read_text())["functions"])
    return Measurements(routes, init, source)


def _routes(rows: list[dict[str, Any]]) -> dict[str, RouteTimes]:
    return {row["route"]: _times(row) for row in rows if row["cpu_ms"]}


def _times(row: dict[str, Any]) -> RouteTimes:
    """What of the median is not the function's own processor time was spent waiting: for the database at most as long
    as if every statement had been as slow as the slowest, for others the rest."""
    waited = max(0.1, row["p50_ms"] - row["cpu_ms"])
    database = min(waited, max(0.1, row["statements"] * row["slowest_ms"]))
    return RouteTimes(row["cpu_ms"], database, row["statements"], waited - database)


def _init(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {row["function"]: row["init_ms"] for row in rows}
