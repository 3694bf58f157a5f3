"""The refresh of the views: while they are read, never twice at once, and by the role that functions log in as."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.analytics.repository import views
from functions.analytics.service.refresh_views import refresh as refresh_once
from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.support.contenders import at_once
from tests.support.database_logins import login
from tests.support.lambda_client import LambdaClient

Refresh = Callable[[], dict[str, Any]]
OVERVIEW = "/api/v1/admin/analytics"


def a_sale(db: Session) -> None:
    now = datetime.now(UTC)
    record(db, [Sale(begun_at=now, paid_at=now, lines=[Line(catalog.product(db), 1, 999)])])


def test_what_was_sold_is_seen_after_the_next_refresh(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    refresh()
    a_sale(db)
    assert admin.get(OVERVIEW).json()["sales"] == []
    assert refresh()["views"] == len(views.VIEWS)
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["gross_amount"] == 999


def test_the_views_can_be_read_while_they_are_computed(
    admin: LambdaClient, refresh: Refresh, db: Session, database_url: str
) -> None:
    a_sale(db)
    refresh()
    a_sale(db)
    with psycopg.connect(database_url) as other:
        for view in views.VIEWS:
            other.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}")
        assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 1
        other.commit()
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 2


def test_a_run_leaves_the_views_to_the_one_that_is_at_it(refresh: Refresh, db: Session, database_url: str) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (views._REFRESH_LOCK,))
        assert refresh() == {"views": 0, "milliseconds": 0}
    assert refresh()["views"] == len(views.VIEWS)


def test_of_many_runs_at_once_none_fails_and_at_least_one_computes(
    refresh: Refresh, admin: LambdaClient, db: Session
) -> None:
    a_sale(db)
    done = at_once(4, lambda _: refresh_once().views)
    assert set(done) <= {0, len(views.VIEWS)}
    assert len(views.VIEWS) in done
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 1


def test_a_run_that_fails_leaves_the_figures_as_they_were(
    admin: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_sale(db)
    refresh()
    before = admin.get(OVERVIEW).json()
    a_sale(db)
    monkeypatch.setattr(views, "VIEWS", (*views.VIEWS, "a_view_that_is_not_there"))
    with pytest.raises(psycopg.errors.UndefinedTable):
        refresh()
    assert admin.get(OVERVIEW).json() == before


def test_a_refresh_may_take_longer_than_a_request(refresh: Refresh, db: Session, database_url: str) -> None:
    """Held up by a lock for longer than the role lets a statement run."""
    role = login(database_url, "sharestack_analytics")
    _limit(role, statement_timeout="300ms", lock_timeout="5s")
    try:
        with psycopg.connect(database_url) as holder:
            holder.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
            worker = threading.Thread(target=refresh)
            worker.start()
            time.sleep(0.8)
            assert worker.is_alive()
            holder.rollback()
            worker.join(20)
        assert db.execute(text("SELECT count(*) FROM view_refreshes")).scalar_one() == len(views.VIEWS)
    finally:
        _limit(role, statement_timeout=None, lock_timeout=None)


def _limit(role_url: str, **limits: str | None) -> None:
    """Set limits of a role in this database alone, or let it have its own again."""
    with psycopg.connect(role_url, autocommit=True) as connection:
        for name, value in limits.items():
            change = f"RESET {name}" if value is None else f"SET {name} = '{value}'"
            connection.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {connection.info.dbname} {change}".encode())


def test_a_partial_refresh_is_as_old_as_its_oldest_view(db: Session, refresh: Refresh) -> None:
    from shared.clients import database

    connection = database.connection()
    assert views.refreshed(connection, *views.VIEWS) is None
    refresh()
    first = views.refreshed(connection, *views.VIEWS)
    with database.transaction() as transaction:
        views.refresh(transaction, ["top_products"], "UTC")
    assert views.refreshed(connection, *views.VIEWS) == first
    later = views.refreshed(connection, "top_products")
    assert later is not None
    assert first is not None
    assert later.refreshed_at > first.refreshed_at
