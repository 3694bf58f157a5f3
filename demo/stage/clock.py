"""A database in which it is the time that the demo says.

PostgreSQL looks a function up in the schemas of `search_path`, in order, and in `pg_catalog` first unless that is named
there. This database names it last, and its own `now()`, `clock_timestamp()` and `uuidv7()` stand before it: the
migrations then make column defaults and triggers with these, and every statement of the functions uses them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import psycopg
from psycopg import sql

_MAKE: Final = """
CREATE SCHEMA clock;
CREATE TABLE clock.setting (lag interval NOT NULL);
INSERT INTO clock.setting VALUES ('0');
CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.now() - lag FROM clock.setting';
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.clock_timestamp() - lag FROM clock.setting';
CREATE FUNCTION public.uuidv7() RETURNS uuid LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.uuidv7(-lag) FROM clock.setting';
"""


_SETTINGS: Final = (
    "search_path = public, pg_catalog",
    # Tables are small and statements many: a plan is made once for each.
    "plan_cache_mode = force_generic_plan",
)


class DatabaseClock:
    """The time of one database; it goes on at its usual pace after it was set."""

    def __init__(self, database_url: str) -> None:
        """Prepare the database, which must not be migrated yet."""
        self._connection = psycopg.connect(database_url, autocommit=True)
        self._connection.execute(_MAKE)
        name = sql.Identifier(self._connection.info.dbname)
        for setting in _SETTINGS:
            self._connection.execute(
                sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET ").format(name) + sql.SQL(setting)
            )

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now."""
        self._connection.execute("UPDATE clock.setting SET lag = %s", (datetime.now(UTC) - moment,))

    def close(self) -> None:
        """End the connection with which the clock is set."""
        self._connection.close()
