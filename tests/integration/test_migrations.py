"""The schema's history: up, down, up again; against the models; at once; and interrupted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from shared.migrations import runner
from tests.support import databases

HISTORY = runner.revisions()


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database without a schema."""
    with databases.another_database(database_url) as address:
        yield address


@pytest.fixture
def migrated(database_url: str) -> Iterator[str]:
    """A database of the newest schema, of the test's own."""
    with databases.another_database(database_url, f"TEMPLATE {databases.MIGRATED}") as address:
        yield address


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def leftovers(url: str) -> list[tuple[str, str]]:
    """Everything of ours in the schema, but Alembic's own table: tables, indexes, sequences, functions, types."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT 'relation', relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            "  AND relname NOT LIKE 'alembic_version%'"
            " UNION ALL SELECT 'function', p.proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
            "  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            " UNION ALL SELECT 'type', typname FROM pg_type WHERE typnamespace = 'public'::regnamespace"
            "  AND typtype IN ('d', 'e')"
        ).fetchall()


def test_the_history_is_one_line() -> None:
    assert len(HISTORY) == len(set(HISTORY))
    assert sorted(HISTORY) == list(HISTORY)


def test_each_step_down_is_undone_by_the_step_up(url: str) -> None:
    """Relations, columns and indexes of every revision are the same after going one up, down and up."""
    for revision, below in zip(HISTORY, [None, *HISTORY[:-1]], strict=True):
        assert runner.upgrade(url, revision) == (below, revision)
        before = schema(url)
        assert runner.downgrade(url, below or "base") == (revision, below)
        runner.upgrade(url, revision)
        assert schema(url) == before, revision
    runner.downgrade(url, "base")
    assert leftovers(url) == []


def schema(url: str) -> list[tuple[str, ...]]:
    """Columns, indexes, constraints and triggers, in words."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint"
            "  WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '' FROM pg_trigger"
            "  WHERE NOT tgisinternal"
            " ORDER BY 1, 2, 3"
        ).fetchall()


def test_models_and_migrations_agree(migrated: str) -> None:
    assert runner.drift(migrated) == []


def test_drift_is_seen(migrated: str) -> None:
    with psycopg.connect(migrated) as connection:
        connection.execute("ALTER TABLE users DROP COLUMN version CASCADE")
        connection.execute("CREATE TABLE forgotten (id int)")
    assert {change[0] for change in runner.drift(migrated)} == {"add_column", "remove_table"}


def test_upgrading_what_is_up_to_date_changes_nothing(migrated: str) -> None:
    before = schema(migrated)
    assert runner.upgrade(migrated) == (HISTORY[-1], HISTORY[-1])
    assert schema(migrated) == before


@pytest.mark.parametrize(
    "options",
    [
        "TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'",
        "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'",
    ],
    ids=["LATIN1", "a locale without letters beyond ASCII"],
)
def test_a_database_that_cannot_hold_chinese_is_refused(options: str, database_url: str) -> None:
    with databases.another_database(database_url, options) as url:
        with pytest.raises(DBAPIError, match="must be UTF-8"):
            runner.upgrade(url)
        assert runner.revision_of(url) is None
        assert tables(url) <= {"alembic_version"}


def test_deployments_at_the_same_time_migrate_one_after_the_other(url: str) -> None:
    with ThreadPoolExecutor(4) as executor:
        results = list(executor.map(lambda _: runner.upgrade(url), range(4)))
    assert sorted(results, key=lambda result: result[0] is not None) == [
        (None, HISTORY[-1]),
        *[(HISTORY[-1], HISTORY[-1])] * 3,
    ]
    assert runner.drift(url) == []


def test_a_deployment_waits_longer_for_another_than_requests_may_take(url: str) -> None:
    """The limits of the role (a statement, a lock, an idle transaction) are not those of who waits or holds."""
    with psycopg.connect(url, autocommit=True) as connection:
        database = connection.info.dbname
        for limit in ("statement_timeout", "lock_timeout"):
            connection.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET {limit} = '300ms'")
        with ThreadPoolExecutor(1) as executor:
            with runner._locked(url):
                waiting = executor.submit(runner.upgrade, url)
                time.sleep(1.0)
                assert not waiting.done()
                # Nobody can be ended as idle: who holds the lock has no transaction open.
                states = connection.execute("SELECT state FROM pg_stat_activity WHERE datname = current_database()")
                assert ("idle in transaction",) not in states.fetchall()
                assert runner.revision_of(url) is None, "the lock is still held"
            assert waiting.result(timeout=30) == (None, HISTORY[-1])


def in_another_process(url: str) -> BaseProcess:
    """An upgrade that can be killed. (Spawned: a fork would share this process's connections.)"""
    process = multiprocessing.get_context("spawn").Process(target=runner.upgrade, args=(url,))
    process.start()
    return process


@pytest.mark.parametrize("stuck_at", [HISTORY[0], HISTORY[2], HISTORY[-1]])
def test_an_upgrade_killed_in_the_middle_is_completed_by_the_next(stuck_at: str, url: str) -> None:
    """SIGKILL while the revision `stuck_at` is being applied, held there by a lock on what it has to write last."""
    before = HISTORY[HISTORY.index(stuck_at) - 1] if stuck_at != HISTORY[0] else None
    runner.upgrade(url, HISTORY[0])  # makes alembic_version
    runner.downgrade(url, "base")
    if before:
        runner.upgrade(url, before)
    with psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE alembic_version IN SHARE MODE")  # readers pass, the revision's own note does not
        process = in_another_process(url)
        wait_until_blocked(holder)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
    assert runner.revision_of(url) == before
    assert runner.upgrade(url) == (before, HISTORY[-1])
    assert runner.drift(url) == []


def wait_until_blocked(holder: psycopg.Connection) -> None:
    """Until somebody waits for the lock that `holder` has."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        row = holder.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'alembic_version'::regclass"
        ).fetchone()
        if row and row[0]:
            return
        time.sleep(0.01)
    raise AssertionError("the upgrade never came to the lock")
