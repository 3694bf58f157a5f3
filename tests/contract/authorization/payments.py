"""Who gets what from payments."""

from __future__ import annotations

import uuid
from datetime import timedelta

from shared import cart_tokens
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    REFUSED,
    UNAUTHENTICATED,
    Request,
    Row,
    Stage,
    owner_only,
    public,
    signed_in,
)
from tests.factories import payments


def _an_expired_checkout(stage: Stage) -> Request:
    """The owner is told that it has expired, which needs no payment provider; others do not learn that it exists."""
    checkout = payments.checkout(stage.db, stage.owner, expires_in=timedelta(minutes=-1))
    return Request(json={"checkout_id": str(checkout.id)}, headers={"Idempotency-Key": uuid.uuid4().hex})


def _a_payment(stage: Stage) -> Request:
    return Request(path={"payment_id": payments.payment(stage.db, payments.checkout(stage.db, stage.owner)).id})


def _a_guests_payment_with_the_cart_token(stage: Stage) -> Request:
    checkout = payments.checkout(stage.db)
    token = cart_tokens.encode(checkout.cart_id, checkout.expires_at)
    return Request(path={"payment_id": payments.payment(stage.db, checkout).id}, headers={cart_tokens.HEADER: token})


def _a_customers_payment_with_the_cart_token(stage: Stage) -> Request:
    checkout = payments.checkout(stage.db, stage.owner)
    token = cart_tokens.encode(checkout.cart_id, checkout.expires_at)
    return Request(path={"payment_id": payments.payment(stage.db, checkout).id}, headers={cart_tokens.HEADER: token})


ROWS: list[Row] = [
    Row(
        "POST", "/api/v1/payments/intent", _an_expired_checkout,
        nobody=UNAUTHENTICATED, customer=NOT_FOUND, owner=REFUSED,
        creator=NOT_FOUND, vendor=NOT_FOUND, moderator=NOT_FOUND, admin=NOT_FOUND,
    ),
    signed_in("GET", "/api/v1/payments"),
    owner_only("GET", "/api/v1/payments/{payment_id}", _a_payment),
    public("GET", "/api/v1/payments/{payment_id}", _a_guests_payment_with_the_cart_token, case="cart token of a guest"),
    owner_only(
        "GET", "/api/v1/payments/{payment_id}", _a_customers_payment_with_the_cart_token,
        nobody=NOT_FOUND, case="cart token of a customer's cart",
    ),
    # A signature is the only credential; without one nobody gets in, whatever else they present.
    public("POST", "/api/v1/payments/webhook", request=Request(json={"id": "evt_1", "type": "x"}), outcome=REFUSED,
           handler="receive_webhook"),
]  # fmt: skip
