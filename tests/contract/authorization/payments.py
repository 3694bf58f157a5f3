"""Who gets what from payments."""

from __future__ import annotations

import uuid
from datetime import timedelta

from shared.contexts.ordering import cart_tokens
from shared.permissions import Permission
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    REFUSED,
    UNAUTHENTICATED,
    Request,
    Row,
    Stage,
    owner_only,
    permitted,
    public,
    signed_in,
)
from tests.factories import money, payments


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


def _no_method(stage: Stage) -> Request:
    """Nobody has saved anything, so that no payment provider is asked; a test of the route has the others."""
    return Request(path={"payment_method_id": "pm_somebody_elses"})


def _any_payment(stage: Stage) -> Request:
    payment = payments.payment(stage.db, payments.checkout(stage.db, stage.owner))
    return Request(
        path={"payment_id": payment.id}, json={"reason": "goodwill"}, headers={"Idempotency-Key": uuid.uuid4().hex}
    )


def _a_refund(stage: Stage) -> Request:
    payment = payments.payment(stage.db, payments.checkout(stage.db, stage.owner), status="succeeded")
    return Request(path={"refund_id": money.refund(stage.db, payment).id})


def _a_closed_dispute(stage: Stage) -> Request:
    """Whoever may give evidence is told that the bank takes none any more, which needs no payment provider."""
    payment = payments.payment(stage.db, payments.checkout(stage.db, stage.owner), status="succeeded")
    dispute = money.dispute(stage.db, payment, status="lost")
    return Request(path={"dispute_id": dispute.id}, json={"evidence": {"customer_name": "Ada Lovelace"}})


def _a_difference(stage: Stage) -> Request:
    difference = money.difference(stage.db)
    path = {"difference_id": difference.id, "reconciliation_id": difference.reconciliation_id}
    return Request(path=path, json={"note": "seen"})


def _a_review(stage: Stage) -> Request:
    payment = payments.payment(stage.db, payments.checkout(stage.db, stage.owner))
    decision = money.fraud_decision(stage.db, payment)
    return Request(path={"decision_id": decision.id}, json={"verdict": "accepted", "note": "a known customer"})


READ, REFUND, WRITE = Permission.PAYMENTS_READ_ALL, Permission.PAYMENTS_REFUND, Permission.PAYMENTS_WRITE

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
    # Without the idempotency key it is refused; with it, the payment provider would be asked.
    signed_in("POST", "/api/v1/payment-methods/setup", outcome=REFUSED),
    signed_in("GET", "/api/v1/payment-methods"),
    signed_in("DELETE", "/api/v1/payment-methods/{payment_method_id}", _no_method, outcome=NOT_FOUND),
    permitted(READ, "GET", "/api/v1/admin/payments"),
    permitted(READ, "GET", "/api/v1/admin/payments/{payment_id}", _any_payment),
    # What was not captured cannot be refunded, which needs no payment provider.
    permitted(REFUND, "POST", "/api/v1/admin/payments/{payment_id}/refunds", _any_payment, outcome=REFUSED),
    permitted(READ, "GET", "/api/v1/admin/payments/{payment_id}/refunds", _any_payment),
    permitted(READ, "GET", "/api/v1/admin/refunds"),
    permitted(READ, "GET", "/api/v1/admin/refunds/{refund_id}", _a_refund),
    permitted(READ, "GET", "/api/v1/admin/ledger"),
    permitted(READ, "GET", "/api/v1/admin/ledger/balances"),
    permitted(READ, "GET", "/api/v1/admin/disputes"),
    permitted(READ, "GET", "/api/v1/admin/disputes/{dispute_id}", _a_closed_dispute),
    permitted(WRITE, "POST", "/api/v1/admin/disputes/{dispute_id}/evidence", _a_closed_dispute, outcome=REFUSED),
    permitted(READ, "GET", "/api/v1/admin/fraud/decisions"),
    permitted(WRITE, "POST", "/api/v1/admin/fraud/decisions/{decision_id}/review", _a_review),
    permitted(READ, "GET", "/api/v1/admin/reconciliations"),
    permitted(READ, "GET", "/api/v1/admin/reconciliations/differences"),
    permitted(READ, "GET", "/api/v1/admin/reconciliations/{reconciliation_id}", _a_difference),
    permitted(
        WRITE, "POST", "/api/v1/admin/reconciliations/differences/{difference_id}/resolution", _a_difference,
    ),
    # A signature is the only credential; without one nobody gets in, whatever else they present.
    public("POST", "/api/v1/payments/webhook", request=Request(json={"id": "evt_1", "type": "x"}), outcome=REFUSED,
           handler="receive_webhook"),
    public("POST", "/api/v1/payments/webhooks/{provider}",
           request=Request(path={"provider": "stripe"}, json={"id": "evt_1", "type": "x"}), outcome=REFUSED,
           handler="receive_webhook"),
]  # fmt: skip
