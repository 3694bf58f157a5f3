"""One call for all badges of the administration."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler
from functions.operations.service import counters
from shared.permissions import Role
from tests.factories import identity, moderation, money, payments
from tests.factories.operations import error_log_entry
from tests.factories.ordering import change_stock, variant
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans
from tests.support.tokens import TestSigningKey


def count(client: LambdaClient) -> dict[str, Any]:
    answer = client.get("/api/v1/admin/counters")
    assert answer.status == 200
    counts: dict[str, Any] = answer.json()
    return counts


@pytest.fixture
def moderator(aws: Cloud, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return LambdaClient(handler, headers=signing_key.authorization(identity.user(db, Role.MODERATOR)))


def test_nothing_waits_in_an_empty_shop(admin: LambdaClient) -> None:
    assert set(count(admin).values()) == {0}


def test_what_waits_is_counted(admin: LambdaClient, db: Session) -> None:
    paid = payments.payment(db, payments.checkout(db), status="succeeded")
    money.dispute(db, paid)
    money.dispute(db, paid, status="won")
    money.fraud_decision(db, paid)
    money.fraud_decision(db, paid, decision="allow")
    money.difference(db)
    change_stock(db, variant(db), 1)
    change_stock(db, variant(db), 100)
    for _ in range(2):
        error_log_entry(db)
    counts = count(admin)
    assert counts["disputes_to_answer"] == 1
    assert counts["payments_to_review"] == 1
    assert counts["reconciliation_differences"] == 1
    assert counts["variants_low_in_stock"] == 1
    assert counts["open_errors"] == 2


def test_a_counter_is_told_to_who_may_see_what_it_counts(moderator: LambdaClient, db: Session) -> None:
    error_log_entry(db)
    author = identity.user(db)
    moderation.case(db, "user", author.id, author)
    counts = count(moderator)
    assert counts["open_cases"] == 1
    assert counts["open_appeals"] == 0
    assert {name for name, value in counts.items() if value is None} == {
        name for name in counts if not name.startswith("open_")
    } | {"open_errors"}


def test_counting_ends_at_a_hundred(admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "UP_TO", 3)
    for _ in range(5):
        error_log_entry(db)
    assert count(admin)["open_errors"] == 3


def test_all_counters_are_read_by_indexes_in_one_statement(admin: LambdaClient, database_url: str) -> None:
    count(admin)
    with executed() as statements:
        count(admin)
    assert table_scans(database_url, statements) == {}
