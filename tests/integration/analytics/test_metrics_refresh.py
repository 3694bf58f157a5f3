"""The refresh of the figures: from the first deployment on, twice at once, and while they are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.analytics.repository import views
from functions.analytics.service import refresh_views
from tests.factories.activity import Act, History, write
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans

Refresh = Callable[[], list[dict[str, Any]]]
GROUPS = (views.USER_VIEWS, views.ENGAGEMENT_VIEWS, views.TRENDING_VIEWS)
ALL = [view for group in GROUPS for view in group]


def test_every_view_can_be_refreshed_while_it_is_read_from_its_migration_on(db: Session) -> None:
    """PostgreSQL asks for a unique index without WHERE, of columns only, on a view that was computed once."""
    rows = db.execute(
        text(
            "SELECT v.matviewname, v.ispopulated, EXISTS ("
            "SELECT FROM pg_index i WHERE i.indrelid = v.matviewname::regclass"
            " AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL) FROM pg_matviews v"
        )
    )
    known = {name: (populated, has_index) for name, populated, has_index in rows}
    assert set(ALL) <= set(known)
    assert {name for name, good in known.items() if good != (True, True)} == set()


def test_figures_are_read_while_they_are_computed(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session, database_url: str
) -> None:
    refresh_metrics()
    write(db, History(registered=[datetime.now(UTC)], posts=[Act(0, datetime.now(UTC))]))
    with psycopg.connect(database_url) as other:
        for view in ALL:
            other.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}".encode())
        for path in ("users", "engagement", "growth", "trending", "dashboard", "export"):
            assert admin.get(f"/api/v1/metrics/{path}").status == 200, path
        assert admin.get("/api/v1/metrics/engagement").json()["total"]["posts"] == 0
        other.commit()
    assert admin.get("/api/v1/metrics/engagement").json()["total"]["posts"] == 1


@pytest.mark.parametrize("group", GROUPS)
def test_a_run_leaves_views_to_the_one_that_is_at_them(
    group: tuple[str, ...], db: Session, aws: object, database_url: str
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (views._LOCKS[group],))
        assert refresh_views.refresh(group).views == 0
        for free in set(GROUPS) - {group}:
            assert refresh_views.refresh(free).views == len(free)


def test_of_many_runs_at_once_none_fails(db: Session, aws: object, refresh_metrics: Refresh) -> None:
    write(db, History(registered=[datetime.now(UTC)], sessions=[(0, datetime.now(UTC), timedelta())]))
    done = at_once(4, lambda _: refresh_views.refresh_users().views)
    assert set(done) <= {0, len(views.USER_VIEWS)}
    assert len(views.USER_VIEWS) in done


def test_no_route_scans_a_table(db: Session, admin: LambdaClient, refresh_metrics: Refresh, database_url: str) -> None:
    write(db, History(registered=[datetime.now(UTC) - timedelta(days=600)]))
    refresh_metrics()
    with executed() as statements:
        for path in ("dashboard", "growth", "health", "trending"):
            assert admin.get(f"/api/v1/metrics/{path}").status == 200
    assert table_scans(database_url, statements, small=("view_refreshes",)) == {}
