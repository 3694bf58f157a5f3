"""One run: its scale, what its parts share, and where results go. What is shared starts when a part first needs it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from tests.benchmarks import community_scenarios, scenarios
from tests.benchmarks.data import Database, Shops
from tests.benchmarks.peers import Peer
from tests.benchmarks.scale import Scale
from tests.benchmarks.scenarios import Scenario
from tests.benchmarks.stage import ROOT, Stage, stage
from tests.benchmarks.system import system

RESULTS: Final = ROOT / "build" / "bench"


@dataclass(kw_only=True)
class Run:
    """Use it as a context manager: its end stops whatever was started."""

    scale: Scale
    results: Path
    data: Path | None = None
    """Where generated databases are kept; None: they are deleted."""
    only: Sequence[str] = ()
    """Words of names; what has none of them is left out."""
    peers: Sequence[Peer] = ()
    seed: int = 1
    """Of the faults."""

    def __enter__(self) -> Self:
        self._started = ExitStack()
        self._system = ExitStack()
        return self

    def __exit__(self, *_: object) -> None:
        self._system.close()
        self._started.close()

    @cached_property
    def stage(self) -> Stage:
        """What single functions need."""
        return self._started.enter_context(stage(self.scale.stage_products))

    @cached_property
    def _shops(self) -> Shops:
        sizes = {"small": self.scale.small, "large": self.scale.large}
        return self._started.enter_context(Shops(sizes, self.data))

    @property
    def small(self) -> Database:
        """The generated shop of a hundredth of the size."""
        return self._shops.database("small")

    @property
    def large(self) -> Database:
        """The generated shop."""
        return self._shops.database("large")

    @cached_property
    def system(self) -> dict[str, Any]:
        """The whole local system on the large shop: what it says of itself."""
        return self._system.enter_context(system(self.large, processes=self.scale.processes))

    def end_system(self) -> None:
        """Leave the large shop to whoever measures it without its schedules and workers."""
        self._system.close()
        self.__dict__.pop("system", None)

    def chosen(self, name: str) -> bool:
        """Whether something of this name is wanted."""
        return not self.only or any(word in name for word in self.only)

    def scenarios(self) -> list[Scenario]:
        """The wanted ones."""
        everything = (*scenarios.SCENARIOS, *community_scenarios.SCENARIOS)
        return [scenario for scenario in everything if self.chosen(scenario.name)]

    def write(self, name: str, document: Any) -> None:
        """Keep a result as JSON, and print where."""
        self.results.mkdir(parents=True, exist_ok=True)
        path = self.results / f"{name}.json"
        path.write_text(json.dumps(document, indent=2) + "\n")
        print(path)


def show(rows: Sequence[dict[str, Any]]) -> None:
    """Print a table, of which each row has the same columns."""
    first, *others = rows[0]
    widths = {column: max(len(column), *(len(_text(row[column])) for row in rows)) + 2 for column in rows[0]}
    print(f"{first:{widths[first]}}" + "".join(f"{column:>{widths[column]}}" for column in others))
    for row in rows:
        print(f"{row[first]:{widths[first]}}" + "".join(f"{_text(row[c]):>{widths[c]}}" for c in others), flush=True)


def _text(value: object) -> str:
    return "" if value is None else str(value)
