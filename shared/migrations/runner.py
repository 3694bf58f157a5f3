"""Upgrade, downgrade and compare: the few calls on Alembic that we make, without an ini file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from shared.log import logger
from shared.tables import everything

_LOCK_KEY = 7_021_117
"""Advisory lock: two deployments at once migrate one after the other."""


def upgrade(url: str, revision: str = "head") -> tuple[str | None, str | None]:
    """Migrate up to `revision`; returns the revisions before and after. Every revision is its own transaction.

    Older code changes nothing in a database that a newer version has migrated, and says so in the log: a deployment
    that goes back runs the migration function of the version before, and must not fail for it.
    """
    with _locked(url) as connection:
        before = current(connection)
        if before is not None and is_newer(before):
            logger().warning("the schema is newer than this version, nothing to do", extra={"revision": before})
            return before, before
        command.upgrade(_configuration(connection), revision)
        return before, current(connection)


def downgrade(url: str, revision: str) -> tuple[str | None, str | None]:
    """Migrate down to `revision` ("base" for nothing at all).

    Raises ValueError where a newer version has migrated the database: only that one knows the way down.
    """
    with _locked(url) as connection:
        before = current(connection)
        if before is not None and is_newer(before):
            raise ValueError(f"the database is at revision {before}, which this version does not know")
        command.downgrade(_configuration(connection), revision)
        return before, current(connection)


def revision_of(url: str) -> str | None:
    """The revision that the database at `url` is at; None before the first."""
    with _connected(url) as connection:
        return current(connection)


@cache
def revisions() -> tuple[str, ...]:
    """Every revision, oldest first. Read from the files once: compiling them takes longer than most revisions do."""
    script = ScriptDirectory.from_config(_configuration(None))
    return tuple(revision.revision for revision in reversed(list(script.walk_revisions())))


def is_newer(revision: str) -> bool:
    """Whether `revision`, which a database is at, is one of a newer version."""
    return revision not in revisions()


def drift(url: str) -> list[Any]:
    """What Alembic would change to make the database look like the models: empty when they agree."""
    with _connected(url) as connection:
        partitions = set(connection.scalars(text("SELECT relname FROM pg_class WHERE relispartition")))
        described = _Described(partitions)
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": described.name,
                "include_object": described.object,
            },
        )
        return list(compare_metadata(context, everything()))


@dataclass(frozen=True)
class _Described:
    """What models describe: not partitions, which are made and named by the calendar, and none of the foreign keys that
    PostgreSQL adds for each of them.
    """

    partitions: set[str]

    def name(self, name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name not in self.partitions

    def object(self, found: Any, _name: str | None, kind: str, reflected: bool, _compared: object) -> bool:
        if kind != "foreign_key_constraint" or not reflected:
            return True
        return found.elements[0].target_fullname.partition(".")[0] not in self.partitions


def current(connection: Connection) -> str | None:
    """The revision that the database is at."""
    revision = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()  # in an open transaction Alembic would leave committing to us
    return revision


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent))
    configuration.attributes["connection"] = connection
    return configuration


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def _locked(url: str) -> Iterator[Connection]:
    with _connected(url) as connection, _connected(url) as holder:
        # The one before us may take minutes; the limits of the role are made for requests.
        holder.execute(text("SET lock_timeout = 0"))
        holder.execute(text("SET statement_timeout = 0"))
        holder.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK_KEY})
        # The session keeps the lock; left open, the transaction would be ended as idle, and the lock with it.
        holder.commit()
        connection.execute(text("SET statement_timeout = 0"))
        connection.commit()
        yield connection
