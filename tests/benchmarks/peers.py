"""Other shops that run beside ours and are measured in the same run; each is described by a JSON file:

    {"name": "Vendure", "address": "http://127.0.0.1:3000",
     "requests": {"list 20": {"method": "GET", "path": "/shop-api?query=...", "headers": {}, "json": null}}}

The requests' names are those of the scenarios' `compared`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.scenarios import Kind, Scenario
from tests.benchmarks.world import Call

TIMES_PEER: Final = {"list 20": 10, "one product": 3, "search": 5, "add to cart": 2, "place order": 2}
"""How many times the best peer's requests per second ours shall be."""


@dataclass(frozen=True)
class Peer:
    """A shop at an address, and what it is asked."""

    name: str
    address: str
    requests: dict[str, Call]

    @classmethod
    def read(cls, path: Path) -> Peer:
        """Raises KeyError and TypeError where the file says something else."""
        document = json.loads(path.read_text())
        requests = {name: Call(**request) for name, request in document["requests"].items()}
        return cls(document["name"], document["address"], requests)

    def scenario(self, compared: str) -> Scenario | None:
        """What is sent to it; None where it cannot do that."""
        call = self.requests.get(compared)
        return None if call is None else Scenario(f"{self.name}: {compared}", self.name, Kind.READ, lambda _: call)
