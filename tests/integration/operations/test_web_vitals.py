"""Web vitals, from the browser's report to what staff read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler
from functions.operations.handlers.sweep_outbox import handler as sweep_outbox
from functions.operations.repository import web_vitals
from shared.clients import database
from shared.contexts.operations.models import WebVital
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, Context, LambdaClient
from tests.support.plans import executed, table_scans


@pytest.fixture
def browser(aws: Cloud, db: Session) -> LambdaClient:
    return LambdaClient(handler)


def tell(browser: LambdaClient, page: str = "product", **vitals: float) -> Answer:
    told = [{"name": name, "value": value} for name, value in vitals.items()]
    return browser.request("POST", "/api/v1/web-vitals", json={"page": page, "vitals": told})


def shown(admin: LambdaClient, **query: Any) -> dict[tuple[str, str], dict[str, Any]]:
    answer = admin.get("/api/v1/admin/web-vitals", query=query)
    assert answer.status == 200
    return {(item["page"], item["name"]): item for item in answer.json()["items"]}


def test_staff_see_the_percentile_of_each_vital_by_page(browser: LambdaClient, admin: LambdaClient) -> None:
    for lcp in (900, 1000, 2600, 9000):
        assert tell(browser, lcp=lcp, cls=0.01).status == 204
    tell(browser, page="home", lcp=500)
    found = shown(admin)
    assert found["product", "lcp"]["percentile_75"] == pytest.approx(2600, rel=0.08)
    assert (found["product", "lcp"]["is_good"], found["product", "lcp"]["count"]) == (False, 4)
    assert found["product", "cls"]["is_good"]
    assert found["home", "lcp"]["count"] == 1
    assert ("home", "cls") not in found


def test_days_are_counted_apart(browser: LambdaClient, admin: LambdaClient, db: Session) -> None:
    day = datetime.now(UTC).date() - timedelta(days=10)
    db.add(WebVital(day=day, page="home", vital="inp", step=20, count=7))
    db.commit()
    tell(browser, page="home", inp=3000)
    assert shown(admin, days=7)["home", "inp"]["count"] == 1
    assert shown(admin)["home", "inp"]["count"] == 8


@pytest.mark.parametrize(
    "body",
    [
        {"page": "product", "vitals": []},
        {"page": "/p/secret?token=1", "vitals": [{"name": "lcp", "value": 1}]},
        {"page": "home", "vitals": [{"name": "fid", "value": 1}]},
        {"page": "home", "vitals": [{"name": "lcp", "value": -1}]},
        {"page": "home", "vitals": [{"name": "lcp", "value": 1}, {"name": "lcp", "value": 2}]},
        {"page": "home", "vitals": [{"name": "lcp", "value": 1}], "user_id": "ada"},
    ],
)
def test_what_is_no_report_is_refused(browser: LambdaClient, db: Session, body: dict[str, Any]) -> None:
    assert browser.request("POST", "/api/v1/web-vitals", json=body).status == 422
    assert db.query(WebVital).count() == 0


def test_a_large_body_is_not_read(browser: LambdaClient) -> None:
    assert browser.request("POST", "/api/v1/web-vitals", body=b" " * 2000).status == 413


def test_a_browser_that_reports_all_the_time_is_heard_twenty_times_a_minute(browser: LambdaClient) -> None:
    answers = [tell(browser, lcp=900).status for _ in range(22)]
    assert answers.count(204) == 20
    assert answers[-1] == 429


def test_counts_end_after_ninety_days(db: Session, aws: Cloud) -> None:
    today = datetime.now(UTC).date()
    for age in (89, 91, 400):
        db.add(WebVital(day=today - timedelta(days=age), page="home", vital="lcp", step=1, count=1))
    db.commit()
    assert sweep_outbox({}, Context())["vitals_deleted"] == 2
    assert db.query(WebVital).one().day == today - timedelta(days=89)


def test_no_statement_of_web_vitals_scans_the_table(
    browser: LambdaClient, admin: LambdaClient, database_url: str
) -> None:
    with executed() as statements:
        tell(browser, lcp=900)
        shown(admin)
        web_vitals.delete_old(database.connection(), 10, first=datetime.now(UTC).date())
    assert table_scans(database_url, statements) == {}
