"""The shop's time zone decides which day, week and month a sale is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.integration.analytics.test_counted import OVERVIEW, PRODUCTS, in_zone
from tests.support.lambda_client import LambdaClient

Refresh = Callable[[], dict[str, Any]]
CAIRO = ZoneInfo("Africa/Cairo")  # changes its clocks at midnight, so that one day begins at one


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 4, 24), 23), (date(2026, 10, 29), 25)])
def test_a_day_on_which_the_clocks_change_has_all_its_hours(
    day: date, hours: int, admin: LambdaClient, *, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_zone(monkeypatch, str(CAIRO))
    begins = datetime.combine(day, datetime.min.time(), CAIRO).astimezone(UTC)
    pot = catalog.product(db)
    moments = [begins - timedelta(hours=2) + timedelta(minutes=30, hours=hour) for hour in range(hours + 4)]
    record(db, [Sale(begun_at=at, paid_at=at, lines=[Line(pot, 1, 1)]) for at in moments])
    refresh()
    answer = admin.get(OVERVIEW, query={"from": day - timedelta(days=1), "to": day + timedelta(days=1)}).json()
    assert [row["orders"] for row in answer["sales"][0]["periods"]] == [2, hours, 2]


def test_another_zone_moves_the_past_with_the_next_refresh_and_reports_say_which_they_tell(
    admin: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    pot = catalog.product(db)
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # a Sunday, and the last of the month
    record(db, [Sale(begun_at=late, paid_at=late, lines=[Line(pot, 1, 700)])])
    query = {"interval": "month", "day": "2026-06-01", "currency": "USD"}
    assert admin.get(PRODUCTS, query=query).json()["time_zone"] == "UTC"
    refresh()
    assert admin.get(PRODUCTS, query=query).json()["products"] == []
    in_zone(monkeypatch, "Africa/Lagos")
    assert admin.get(PRODUCTS, query=query).json()["time_zone"] == "UTC", "the figures are still those of before"
    refresh()
    answer = admin.get(PRODUCTS, query=query).json()
    assert (answer["time_zone"], [row["revenue_amount"] for row in answer["products"]]) == ("Africa/Lagos", [700])
    weeks = admin.get(OVERVIEW, query={"interval": "week", "from": "2026-05-31", "to": "2026-06-01"}).json()
    assert [row["orders"] for row in weeks["sales"][0]["periods"]] == [0, 1]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])  # 26 hours apart: never the same day
def test_today_is_the_shop_s_own(
    zone: str, admin: LambdaClient, refresh: Refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_zone(monkeypatch, zone)
    refresh()
    before = datetime.now(ZoneInfo(zone)).date()
    told = date.fromisoformat(admin.get(OVERVIEW).json()["last_day"])
    assert before <= told <= datetime.now(ZoneInfo(zone)).date()
