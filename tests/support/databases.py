"""The worker's database, emptied; and databases of a test's own beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from infra.local.database import APPLICATION_ROLE, SUPERUSER


def empty(database_url: str) -> None:
    """Empty every table but the service keys, which the migrations made."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'service_keys', 'audit_entries')"
            " AND tablename NOT IN (SELECT relname FROM pg_class WHERE relispartition)"
        ).fetchone()
        assert names is not None
        connection.execute(f"TRUNCATE {names[0]} CASCADE".encode())
        if connection.execute("SELECT EXISTS (SELECT FROM audit_entries)").fetchone() == (True,):
            _empty_audit_log(connection)


def _empty_audit_log(connection: psycopg.Connection) -> None:
    """It refuses to be emptied; the owner of the schema can overrule it."""
    with connection.transaction():
        connection.execute("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only")
        connection.execute("TRUNCATE audit_entries")
        connection.execute("ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_append_only")


@contextmanager
def another_database(worker_url: str, options: str = "") -> Iterator[str]:
    """The URL of a database without a schema, on the worker's server; dropped at the end.

    `options` are those of CREATE DATABASE (https://www.postgresql.org/docs/18/sql-createdatabase.html).
    """
    parts = urlsplit(worker_url)
    name = f"{parts.path.removeprefix('/')}_own"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} OWNER {} {}").format(
        sql.Identifier(name), sql.Identifier(APPLICATION_ROLE), sql.SQL(options)
    )
    as_superuser = parts._replace(netloc=parts.netloc.replace(f"{APPLICATION_ROLE}@", f"{SUPERUSER}@", 1))
    with psycopg.connect(urlunsplit(as_superuser), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(create)
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(drop)
