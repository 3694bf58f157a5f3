"""The worker's database, emptied; and databases of a test's own beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from infra.database_roles import OWNER
from infra.local.host.cluster import SUPERUSER
from infra.local.host.database import open_to_owner

MIGRATED = "template_migrated"
"""The database on the tests' server that workers' databases are copied from."""
_SMALL = 256 * 1024
"""Bytes of a table whose rows are deleted one by one. TRUNCATE makes new files for it and its indexes, and for all of
what refers to it, which takes a hundred times as long as deleting the few rows that most tests leave.
"""
_WRITTEN = """
SELECT quote_ident(c.relname), pg_relation_size(c.oid) FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND c.relname NOT IN ('alembic_version', 'service_keys') AND pg_relation_size(c.oid) > 0 ORDER BY c.relname
"""


_connections: dict[str, psycopg.Connection] = {}
"""By worker's URL. One connection for all tests: a new one would read the catalog about every table again."""


def empty(database_url: str) -> None:
    """Empty every table but the service keys, which the migrations made."""
    try:
        _empty(_connection(database_url))
    except psycopg.OperationalError:  # a test ended every connection of the database
        close()
        _empty(_connection(database_url))


def close() -> None:
    """Close the connections that are open from test to test."""
    while _connections:
        _connections.popitem()[1].close()


def contents(database_url: str) -> dict[str, int]:
    """A checksum of every table's rows, service keys excepted; empty tables are left out."""
    connection = _connection(database_url)
    names = [name for name, _ in connection.execute(_WRITTEN)]
    sums = ", ".join(f"(SELECT sum(hashtextextended(t::text, 0)) FROM {name} t)" for name in names)
    row = connection.execute(f"SELECT {sums}".encode()).fetchone()
    assert row is not None
    return {name: int(total) for name, total in zip(names, row, strict=True) if total is not None}


def _connection(database_url: str) -> psycopg.Connection:
    if database_url not in _connections:
        _connections[database_url] = psycopg.connect(_as_superuser(database_url), autocommit=True)
        # No trigger fires (the audit log refuses to be emptied), no foreign key is checked: everything goes.
        _connections[database_url].execute("SET session_replication_role = replica")
    return _connections[database_url]


def _empty(connection: psycopg.Connection) -> None:
    written = connection.execute(_WRITTEN).fetchall()
    if large := [name for name, size in written if size > _SMALL]:
        connection.execute(f"TRUNCATE {', '.join(large)} CASCADE".encode())
    for name in _with_rows(connection, [name for name, size in written if size <= _SMALL]):
        connection.execute(f"DELETE FROM {name}".encode())


def _with_rows(connection: psycopg.Connection, names: list[str]) -> list[str]:
    """Those of the tables that are not empty: deleted rows keep their place in the file for a while."""
    if not names:
        return []
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    return [name for (name,) in connection.execute(asked.encode())]


def _as_superuser(database_url: str) -> str:
    parts = urlsplit(database_url)
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f"{OWNER}@", f"{SUPERUSER}@", 1)))


@contextmanager
def another_database(worker_url: str, options: str = "") -> Iterator[str]:
    """The URL of a database without a schema (unless a template brings it), on the worker's server; dropped at the end.

    `options` are those of CREATE DATABASE (https://www.postgresql.org/docs/18/sql-createdatabase.html).
    """
    parts = urlsplit(worker_url)
    name = f"{parts.path.removeprefix('/')}_own"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), sql.SQL(options))
    with psycopg.connect(_as_superuser(worker_url), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(create)
        url = urlunsplit(parts._replace(path=f"/{name}"))
        open_to_owner(_as_superuser(url))
        try:
            yield url
        finally:
            connection.execute(drop)
