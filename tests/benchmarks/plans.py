"""What PostgreSQL did for a request: its statements with their plans and times, as auto_explain logs them.

https://www.postgresql.org/docs/18/auto-explain.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.benchmarks.data import Database

BIG_ROWS: Final = 10_000
"""From so many rows on a table must not be read from end to end."""

_SETTINGS: Final = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",  # the clock around every row would cost more than the row
    "auto_explain.log_buffers": "on",
    "auto_explain.log_format": "json",
}
_ENTRY: Final = re.compile(r"^\S+ \S+ \S+ \[\d+\] LOG:  duration: ([\d.]+) ms  plan:\n((?:\t.*\n)+)", re.MULTILINE)


@dataclass(frozen=True)
class Statement:
    """One execution: its text, milliseconds, and plan as EXPLAIN's JSON has it."""

    text: str
    milliseconds: float
    plan: dict[str, Any]

    def scanned(self, big: frozenset[str]) -> list[str]:
        """The big tables that it read from end to end."""
        return sorted(
            {
                node["Relation Name"]
                for node in nodes(self.plan)
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in big
            }
        )

    @property
    def rows_read(self) -> int:
        """Rows that its scans gave or threw away."""
        return round(
            sum(
                (node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)) * node.get("Actual Loops", 1)
                for node in nodes(self.plan)
                if "Scan" in node["Node Type"] and "Relation Name" in node
            )
        )


@contextmanager
def explained(database: Database) -> Iterator[None]:
    """Connections that are opened inside the block have all of their statements explained in the log."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        for name, value in _SETTINGS.items():
            connection.execute(f"ALTER DATABASE {database.name} SET {name} = '{value}'".encode())
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {database.name} RESET ALL".encode())


class Log:
    """The server's log, read from where it was read last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = path.stat().st_size

    def statements(self) -> list[Statement]:
        """What was executed since the last look."""
        with self._path.open("rb") as stream:
            stream.seek(self._position)
            text = stream.read().decode()
        self._position += len(text.encode())
        return [_read(entry) for entry in _ENTRY.finditer(text)]


def big_tables(database: Database) -> frozenset[str]:
    """The tables with many rows."""
    with psycopg.connect(database.url) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND reltuples >= %s",
            (BIG_ROWS,),
        )
        return frozenset(row[0] for row in rows)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan's node with all below it."""
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def _read(entry: re.Match[str]) -> Statement:
    document = json.loads(entry[2].replace("\n\t", "\n"))
    return Statement(document["Query Text"], float(entry[1]), document["Plan"])
