"""Computing the views anew: while they are read, never twice at once, and by whoever functions log in as."""

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

from functions.analytics import repository
from functions.analytics.service.refreshing import refresh as refresh_once
from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.support.contenders import at_once
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
    assert refresh()["views"] == len(repository.VIEWS)
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["gross_amount"] == 999


def test_the_views_can_be_read_while_they_are_computed(
    admin: LambdaClient, refresh: Refresh, db: Session, database_url: str
) -> None:
    a_sale(db)
    refresh()
    a_sale(db)
    with psycopg.connect(database_url) as other:
        for view in repository.VIEWS:
            other.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}")
        assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 1
        other.commit()
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 2


def test_a_run_leaves_the_views_to_the_one_that_is_at_it(refresh: Refresh, db: Session, database_url: str) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (repository._REFRESH_LOCK,))
        assert refresh() == {"views": 0, "milliseconds": 0}
    assert refresh()["views"] == len(repository.VIEWS)


def test_of_many_runs_at_once_none_fails_and_at_least_one_computes(
    refresh: Refresh, admin: LambdaClient, db: Session
) -> None:
    a_sale(db)
    done = at_once(4, lambda _: refresh_once().views)
    assert set(done) <= {0, len(repository.VIEWS)}
    assert len(repository.VIEWS) in done
    assert admin.get(OVERVIEW).json()["sales"][0]["total"]["orders"] == 1


def test_a_run_that_fails_leaves_the_figures_as_they_were(
    admin: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_sale(db)
    refresh()
    before = admin.get(OVERVIEW).json()
    a_sale(db)
    monkeypatch.setattr(repository, "VIEWS", (*repository.VIEWS, "a_view_that_is_not_there"))
    with pytest.raises(psycopg.errors.UndefinedTable):
        refresh()
    assert admin.get(OVERVIEW).json() == before


def test_a_refresh_may_take_longer_than_a_request(refresh: Refresh, db: Session, database_url: str) -> None:
    """Held up by a lock for longer than the role lets a statement run."""
    name = psycopg.conninfo.conninfo_to_dict(database_url)["dbname"]
    db.execute(text(f"ALTER DATABASE {name} SET statement_timeout = '300ms'"))
    db.execute(text(f"ALTER DATABASE {name} SET lock_timeout = '5s'"))
    db.commit()
    try:
        with psycopg.connect(database_url) as holder:
            holder.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
            worker = threading.Thread(target=refresh)
            worker.start()
            time.sleep(0.8)
            assert worker.is_alive()
            holder.rollback()
            worker.join(20)
        assert db.execute(text("SELECT count(*) FROM view_refreshes")).scalar_one() == len(repository.VIEWS)
    finally:
        db.rollback()
        for setting in ("statement_timeout", "lock_timeout"):
            db.execute(text(f"ALTER DATABASE {name} RESET {setting}"))
        db.commit()


def test_a_partial_refresh_is_as_old_as_its_oldest_view(db: Session, refresh: Refresh) -> None:
    from shared.clients import database

    connection = database.connection()
    assert repository.refreshed_at(connection, *repository.VIEWS) is None
    refresh()
    first = repository.refreshed_at(connection, *repository.VIEWS)
    with database.transaction() as transaction:
        repository.refresh(transaction, ["top_products"])
    assert repository.refreshed_at(connection, *repository.VIEWS) == first
    later = repository.refreshed_at(connection, "top_products")
    assert later is not None
    assert first is not None
    assert later > first
