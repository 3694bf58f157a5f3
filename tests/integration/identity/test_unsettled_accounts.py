"""An account is erased when everything about it is settled, and not before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.domain.returns import RequestedLine
from functions.ordering.service import returns
from shared import outbox
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import AccountErasure
from shared.contexts.ordering import orders
from shared.contexts.payments.models.payments import Payment
from tests.factories import money, payments, shipments
from tests.integration.identity.conftest import requested
from tests.integration.identity.leaving import (
    cancel,
    cancellation,
    erase,
    leave,
    let_time_pass,
    run,
)
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient


def paid_order(db: Session, user: User) -> Payment:
    checkout = payments.checkout(db, user)
    payment = payments.payment(db, checkout, status="succeeded")
    with database_logins.logged_in("payments"), outbox.unit_of_work() as tx:
        order_id = orders.place(tx, checkout.id, actor="customer")
        orders.mark_paid(tx, checkout.id, payment_intent_id=payment.provider_payment_id, paid_at=datetime.now(UTC))
    payment.order_id, payment.amount_captured = order_id, payment.amount
    db.commit()
    return payment


def _unpaid(db: Session, user: User) -> None:
    checkout = payments.checkout(db, user)
    with database_logins.logged_in("ordering"), outbox.unit_of_work() as tx:
        orders.place(tx, checkout.id, actor="customer")


def _undelivered(db: Session, user: User) -> None:
    paid_order(db, user)


def _delivered(db: Session, user: User) -> Payment:
    payment = paid_order(db, user)
    assert payment.order_id
    shipments.sent(db, payment.order_id, delivered=True)
    return payment


def _coming_back(db: Session, user: User) -> None:
    payment = _delivered(db, user)
    item_id = db.execute(text("SELECT id FROM order_items")).scalar_one()
    assert payment.order_id
    with database_logins.logged_in("ordering"), outbox.unit_of_work() as tx:
        returns.request(tx, payment.order_id, [RequestedLine(item_id, 1, "damaged")], note=None)


def _refunding(db: Session, user: User) -> None:
    money.refund(db, _delivered(db, user), status="pending")


def _disputed(db: Session, user: User) -> None:
    money.dispute(db, _delivered(db, user))


def _checking_out(db: Session, user: User) -> None:
    payments.checkout(db, user)


OPEN: dict[str, Callable[[Session, User], Any]] = {
    "payment": _unpaid,
    "delivery": _undelivered,
    "return": _coming_back,
    "refund": _refunding,
    "dispute": _disputed,
    "checkout": _checking_out,
}


@pytest.mark.parametrize("reason", OPEN)
def test_what_is_not_settled_is_waited_for_and_told_once(
    client: LambdaClient, augusta: User, aws: Cloud, db: Session, reason: str
) -> None:
    OPEN[reason](db, augusta)
    assert leave(client).json()["waits_for"] == reason
    for _ in range(2):
        let_time_pass(db)
        done = run()
        assert (done["erased"], done["postponed"]) == (0, 1)
    told = [event["waits_for"] for event in requested(aws, "AccountErasurePostponed")]
    assert told == ([] if reason == "checkout" else [reason])
    db.rollback()
    waiting = db.query(AccountErasure).one()
    assert (waiting.waits_for, waiting.finished_at) == (reason, None)


def test_the_link_keeps_an_account_that_is_waited_for(
    client: LambdaClient, augusta: User, aws: Cloud, db: Session
) -> None:
    _undelivered(db, augusta)
    leave(client)
    token = cancellation(aws)
    db.execute(text("UPDATE account_requests SET expires_at = now()"))
    let_time_pass(db)
    run()
    assert cancel(client, token).status == 204


def test_what_is_bought_as_a_file_is_never_delivered_and_not_waited_for(
    client: LambdaClient, augusta: User, db: Session
) -> None:
    payment = paid_order(db, augusta)
    db.execute(text("UPDATE orders SET requires_shipping = false"))
    db.commit()
    assert payment.order_id
    erase(client, db)


def test_an_order_that_arrived_and_was_refunded_in_part_is_settled(
    client: LambdaClient, augusta: User, db: Session
) -> None:
    _delivered(db, augusta)
    db.execute(text("UPDATE orders SET status = 'partially_refunded'"))
    db.commit()
    erase(client, db)
