"""Which of the statements that the code under test sends would read a whole table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg

Statements = Mapping[str, tuple[Any, Any]]

# What is left of table scans under these is what no index serves. EXISTS in a list of columns is planned twice, by
# index and hashed, and what costs less is taken, forbidden or not: a few rows are cheap to hash once statistics know
# that they are few.
NO_TABLE_SCANS = ("SET enable_seqscan = off", "SET seq_page_cost = 1000000")


@contextmanager
def executed() -> Iterator[dict[str, tuple[Any, Any]]]:
    """Every different statement sent inside the block, with its parameters."""
    seen: dict[str, tuple[Any, Any]] = {}
    execute = psycopg.Cursor.execute

    def record(self: Any, query: Any, parameters: Any = None, **options: Any) -> Any:
        seen[_text(query)] = (query, parameters)
        return execute(self, query, parameters, **options)

    with patch.object(psycopg.Cursor, "execute", record):
        yield seen


def table_scans(database_url: str, statements: Statements, *, small: Collection[str] = ()) -> dict[str, list[str]]:
    """By statement, the tables that no index serves it from; `small` ones, which have a handful of rows, aside.

    Planned with sequential scans forbidden where there is any other way, as tables of tests are small.
    """
    found = {}
    with psycopg.connect(database_url) as connection:
        for setting in NO_TABLE_SCANS:
            connection.execute(setting)
        for text, (query, parameters) in statements.items():
            if text.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH")):
                row = connection.execute(_explained(query), parameters).fetchone()
                assert row is not None
                if tables := [table for table in _scans(row[0][0]["Plan"]) if table not in small]:
                    found[text] = tables
    return found


def _text(query: Any) -> str:
    if isinstance(query, bytes):
        return query.decode()
    return query if isinstance(query, str) else str(query.as_string())


def _explained(query: Any) -> Any:
    prefix = "EXPLAIN (FORMAT JSON) "
    if isinstance(query, bytes):
        return prefix.encode() + query
    return prefix + query if isinstance(query, str) else psycopg.sql.SQL(prefix) + query


def _scans(node: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end (a bounded walk along an index for a sorted page is none)."""
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", []):
        yield from _scans(child)
