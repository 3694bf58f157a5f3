"""Copying a shop's rows into a new shop: the one place of the demo that reads and writes tables, and it names none of
the shop's. It is what a data-only dump and its restoration would do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import psycopg
from psycopg import sql

NOT_COPIED: Final = frozenset(
    {"alembic_version", "service_keys", "signing_keys", "outbox_events", "idempotency_keys", "view_refreshes"}
)
"""What belongs to an installation, not to its shop; and no event is put on the bus a second time."""

# Partitions are read and written through their table.
_COLUMNS: Final = """
SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY c.relname ORDER BY c.relname
"""
_REFERENCES: Final = """
SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND conrelid <> confrelid
"""


# What triggers count at an insert is copied as it is.
_COUNTING: Final = """
SELECT DISTINCT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgtype & 4 = 4 AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
"""


class NotEmptyError(Exception):
    """The shop that was to get the rows has some."""


class _Table(NamedTuple):
    name: str
    columns: list[str]

    def copy(self, direction: str) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        if direction == "TO STDOUT":
            return sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(columns, sql.Identifier(self.name))
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), columns)


def is_empty(url: str) -> bool:
    """Whether the shop of this database has no rows; it must be migrated."""
    with psycopg.connect(url) as connection:
        return not any(_has_rows(connection, table) for table in _tables(connection))


def copy(source_url: str, target_url: str) -> None:
    """Copy all rows, in one transaction. Both databases must be migrated to the same revision. Raises NotEmptyError."""
    with psycopg.connect(source_url) as source, psycopg.connect(target_url) as target:
        tables = _tables(target)
        if any(_has_rows(target, table) for table in tables):
            raise NotEmptyError(f"the database {target.info.dbname} holds a shop already")
        counting = [name for (name,) in target.execute(_COUNTING)]
        _switch(target, "DISABLE", counting)
        for table in _in_order(source, tables):
            reading, writing = table.copy("TO STDOUT"), table.copy("FROM STDIN")
            with source.cursor().copy(reading) as rows, target.cursor().copy(writing) as copied:
                for chunk in rows:
                    copied.write(chunk)
        target.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch(target, "ENABLE", counting)


def _tables(connection: psycopg.Connection) -> list[_Table]:
    tables = [_Table(*row) for row in connection.execute(_COLUMNS)]
    return [table for table in tables if table.name not in NOT_COPIED]


def _switch(connection: psycopg.Connection, how: Literal["DISABLE", "ENABLE"], names: list[str]) -> None:
    """Our triggers of these tables; the database's own, which check references, stay on."""
    for name in names:
        connection.execute(sql.SQL(f"ALTER TABLE {{}} {how} TRIGGER USER").format(sql.Identifier(name)))


def _has_rows(connection: psycopg.Connection, table: _Table) -> bool:
    statement = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table.name))
    row = connection.execute(statement).fetchone()
    return row is not None and bool(row[0])


def _in_order(connection: psycopg.Connection, tables: list[_Table]) -> Iterator[_Table]:
    """Tables after those that they refer to."""
    names = {table.name for table in tables}
    pairs = connection.execute(_REFERENCES).fetchall()
    open_references = {name: {to for of, to in pairs if of == name and to in names} for name in names}
    left = {table.name: table for table in tables}
    while left:
        ready = sorted(name for name in left if not open_references[name] & left.keys())
        if not ready:
            raise ValueError(f"tables refer to each other in a circle: {sorted(left)}")
        for name in ready:
            yield left.pop(name)
