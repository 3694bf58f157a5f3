"""What the figures mean: days, currencies, refunds, ranges; and what is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.permissions import Role
from tests.factories import catalog, identity
from tests.factories.analytics import Line, Sale, record
from tests.integration.analytics.test_counted import counted, some_sales
from tests.support.lambda_client import Context, LambdaClient
from tests.support.statements import recorded

OVERVIEW = "/api/v1/admin/analytics"
PRODUCTS = f"{OVERVIEW}/products"
FIRST, LAST = date(2026, 1, 28), date(2026, 3, 3)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
Refresh = Callable[[], dict[str, Any]]


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def test_days_without_sales_are_there_as_zeros(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    pot = catalog.product(db)
    record(db, [Sale(begun_at=noon(FIRST), paid_at=noon(FIRST), lines=[Line(pot, 1, 999)])])
    refresh()
    answer = admin.get(OVERVIEW, query={"from": FIRST, "to": FIRST + timedelta(days=2)}).json()
    assert [row["orders"] for row in answer["sales"][0]["periods"]] == [1, 0, 0]
    assert answer["sales"][0]["periods"][1] == {"starts_on": "2026-01-29"} | counted([], "USD", FIRST, LAST)
    assert [row["starts_on"] for row in answer["customers"]] == ["2026-01-28", "2026-01-29", "2026-01-30"]


def test_a_currency_that_is_asked_for_is_there_without_sales_and_others_are_not(
    admin: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot = catalog.product(db)
    record(db, [Sale(begun_at=noon(FIRST), paid_at=noon(FIRST), lines=[Line(pot, 1, 999)])])
    refresh()
    answer = admin.get(OVERVIEW, query={"from": FIRST, "to": FIRST, "currency": "CNY"}).json()
    assert [(of["currency"], of["total"]["orders"], len(of["periods"])) for of in answer["sales"]] == [("CNY", 0, 1)]


def test_a_refund_counts_on_its_own_day_and_only_of_what_was_sold(
    admin: LambdaClient, refresh: Refresh, db: Session
) -> None:
    """The money of an order that could not be kept goes back as well, but it never was revenue."""
    pot = catalog.product(db)
    later = noon(FIRST + timedelta(days=1))
    refund = [(later, 400, "succeeded")]
    record(
        db,
        [
            Sale(begun_at=noon(FIRST), paid_at=noon(FIRST), lines=[Line(pot, 1, 999)], refunds=refund),
            Sale(begun_at=noon(FIRST), lines=[Line(pot, 1, 999)], refunds=refund),
        ],
    )
    refresh()
    answer = admin.get(OVERVIEW, query={"from": FIRST, "to": later.date()}).json()
    assert [
        (row["gross_amount"], row["refunded_amount"], row["net_amount"]) for row in answer["sales"][0]["periods"]
    ] == [
        (999, 0, 999),
        (0, 400, -400),
    ]


def test_customers_count_on_the_day_they_registered(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    for day, roles in ((FIRST, ()), (FIRST, (Role.CUSTOMER, Role.CREATOR)), (FIRST, (Role.MODERATOR,)), (LAST, ())):
        user: User = identity.user(db, *roles)
        user.created_at = noon(day)
    db.commit()
    refresh()
    answer = admin.get(OVERVIEW, query={"from": FIRST, "to": LAST, "interval": "month"}).json()
    assert answer["customers"] == [
        {"starts_on": "2026-01-01", "new_customers": 2},
        {"starts_on": "2026-02-01", "new_customers": 0},
        {"starts_on": "2026-03-01", "new_customers": 1},
    ]
    assert answer["new_customers"] == 3


def test_weeks_begin_on_mondays_across_the_turn_of_a_year(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    pot = catalog.product(db)
    sunday, monday = date(2027, 1, 3), date(2027, 1, 4)
    record(
        db, [Sale(begun_at=noon(day), paid_at=noon(day), lines=[Line(pot, 1, 999)]) for day in (sunday, monday, monday)]
    )
    refresh()
    answer = admin.get(OVERVIEW, query={"from": sunday, "to": monday, "interval": "week"}).json()
    assert (answer["first_day"], answer["last_day"]) == ("2026-12-28", "2027-01-10")
    assert [(row["starts_on"], row["orders"]) for row in answer["sales"][0]["periods"]] == [
        ("2026-12-28", 1),
        ("2027-01-04", 2),
    ]


def test_the_answer_says_how_old_it_is(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    assert admin.get(OVERVIEW).json()["refreshed_at"] is None
    assert admin.get(PRODUCTS, query={"currency": "USD"}).json()["refreshed_at"] is None
    before = datetime.now(UTC)
    refresh()
    for answer in (admin.get(OVERVIEW), admin.get(PRODUCTS, query={"currency": "USD"})):
        at = datetime.fromisoformat(answer.json()["refreshed_at"])
        assert before <= at <= datetime.now(UTC)
        assert answer.headers["cache-control"] == "private, no-store"


def test_without_a_range_the_last_thirty_days_are_shown(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    refresh()
    answer = admin.get(OVERVIEW).json()
    today = datetime.now(UTC).date()
    assert (answer["first_day"], answer["last_day"]) == (str(today - timedelta(days=29)), str(today))
    assert answer["sales"] == []
    assert len(answer["customers"]) == 30


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"from": "2025-01-01", "to": "2026-03-01"},
        {"from": "1999-12-31", "to": "2000-01-01"},
        {"from": "9999-12-30", "to": "9999-12-31"},
        {"from": "0001-01-01", "to": "0001-01-02", "interval": "week"},
        {"to": "9999-12-31", "interval": "month"},
    ],
)
def test_a_range_that_is_none_or_too_long_is_refused(query: dict[str, str], admin: LambdaClient) -> None:
    answer = admin.get(OVERVIEW, query=query)
    assert (answer.status, answer.json()["code"]) == (422, "invalid_range")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (OVERVIEW, {"from": "yesterday"}),
        (OVERVIEW, {"interval": "year"}),
        (OVERVIEW, {"interval": "day'; DROP TABLE users; --"}),
        (OVERVIEW, {"currency": "usd' OR true --"}),
        (OVERVIEW, {"fields": "password_hash"}),
        (PRODUCTS, {}),
        (PRODUCTS, {"currency": "USD", "by": "margin"}),
        (PRODUCTS, {"currency": "USD", "limit": "101"}),
        (PRODUCTS, {"currency": "USD", "day": "9999-12-31"}),
    ],
)
def test_what_is_not_a_question_of_ours_is_refused(path: str, query: dict[str, str], admin: LambdaClient) -> None:
    assert admin.get(path, query=query).status == 422


def test_a_range_has_up_to_four_hundred_periods(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    refresh()
    for interval, last, too_late in (
        ("day", "2026-02-04", "2026-02-05"),
        ("week", "2032-08-29", "2032-08-30"),
        ("month", "2058-04-30", "2058-05-01"),
    ):
        query = {"from": "2025-01-01", "interval": interval}
        assert len(admin.get(OVERVIEW, query={**query, "to": last}).json()["customers"]) == 400
        assert admin.get(OVERVIEW, query={**query, "to": too_late}).json()["code"] == "invalid_range"


def test_years_can_be_seen_by_the_week_and_by_the_month(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    refresh()
    for interval, periods in (("week", 366), ("month", 85)):
        answer = admin.get(OVERVIEW, query={"from": "2020-01-01", "to": "2027-01-03", "interval": interval})
        assert answer.status == 200
        assert len(answer.json()["customers"]) == periods


def test_only_the_fields_that_are_asked_for_are_told(admin: LambdaClient, refresh: Refresh, db: Session) -> None:
    refresh()
    assert set(admin.get(OVERVIEW, query={"fields": "new_customers"}).json()) == {"new_customers"}


def test_an_answer_takes_three_statements_besides_rights_whatever_the_range(
    admin: LambdaClient, refresh: Refresh, db: Session
) -> None:
    some_sales(db, random.Random(0))
    refresh()
    admin.get(OVERVIEW)
    with recorded() as statements:
        admin.get(OVERVIEW, query={"from": FIRST, "to": LAST})
    assert len(statements) == 4
    with recorded() as statements:
        admin.get(PRODUCTS, query={"currency": "USD", "day": FIRST})
    assert len(statements) == 3


def test_the_sample_of_the_api_is_refused_without_a_token(admin: LambdaClient) -> None:
    sample = json.loads((Path(__file__).parents[3] / "events" / "analytics" / "api.json").read_text())
    assert admin.handler(sample, Context())["statusCode"] == 401
