"""What follows a payment, in the packages that a deployment takes: refunds, reconciliation, notices of disputes."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Order
from shared.contexts.payments.models.ledger import Reconciliation
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Dispute, Refund
from tests.factories import money, payments
from tests.integration.packaged.packaged_function import PackagedFunctions, sample
from tests.support.cloud import Cloud
from tests.support.stripe_account import Account


@pytest.fixture
def paid(functions: PackagedFunctions, db: Session, account: Account) -> Payment:
    """A payment that the packaged worker has seen succeed."""
    intent = account.charge(amount=2497)
    made = payments.payment(db, payments.checkout(db, amount=2497), intent.id)
    event = sample("payments.on_webhook")
    [told] = account.client.v1.events.list(params={"type": "payment_intent.succeeded"}).data
    event["Records"][0]["body"] = str(told)
    assert functions("payments.on_webhook", event, STRIPE_API_BASE=account.url) == {"batchItemFailures": []}
    db.refresh(made)
    return made


def refunds_at(account: Account) -> list[int]:
    return [one.amount for one in account.client.v1.refunds.list().data]


def test_on_order_events_gives_back_what_ordering_asks_for(
    functions: PackagedFunctions, db: Session, aws: Cloud, account: Account, paid: Payment
) -> None:
    event = sample("payments.on_order_events")
    message: dict[str, Any] = json.loads(event["Records"][0]["body"])
    order_id = str(db.query(Order.id).scalar())
    message["detail"]["data"] |= {"order_id": order_id, "request_id": str(uuid.uuid4()), "amount": 2497, "lines": []}
    event["Records"][0]["body"] = json.dumps(message)
    answer = functions("payments.on_order_events", event, STRIPE_API_BASE=account.url)
    assert answer == {"batchItemFailures": []}
    assert refunds_at(account) == [2497]
    assert "OrderRefunded" in [published["detail-type"] for published in aws.published()]
    db.refresh(paid)
    assert paid.status == "refunded"


def test_resolve_refunds_asks_for_what_was_interrupted(
    functions: PackagedFunctions, db: Session, account: Account, paid: Payment
) -> None:
    interrupted = money.refund(db, paid, amount=700, status="pending")
    interrupted.provider_refund_id, interrupted.next_attempt_at = None, datetime.now(UTC)
    db.commit()
    done = functions("payments.resolve_refunds", sample("payments.resolve_refunds"), STRIPE_API_BASE=account.url)
    assert (done["tried"], refunds_at(account)) == (1, [700])
    db.rollback()
    assert db.query(Refund).one().status == "succeeded"


def test_reconcile_compares_yesterday(
    functions: PackagedFunctions, db: Session, account: Account, paid: Payment
) -> None:
    done = functions("payments.reconcile", sample("payments.reconcile"), STRIPE_API_BASE=account.url)
    assert done["open_differences"] == 0
    assert db.query(Reconciliation).count() == done["days"]


def test_notice_disputes_tells_of_evidence_that_is_due(
    functions: PackagedFunctions, db: Session, paid: Payment
) -> None:
    dispute = money.dispute(db, paid)
    dispute.evidence_due_at = datetime.now(UTC) + timedelta(days=1)
    db.commit()
    assert functions("payments.notice_disputes", sample("payments.notice_disputes")) == {"due": 1}
    db.rollback()
    assert db.query(Dispute).one().noticed_at is not None
