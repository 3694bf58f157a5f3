"""Judging attempts to pay, and what follows from it."""

from __future__ import annotations

import contextlib
from uuid import UUID

from functions.payments.domain import fraud_rules
from functions.payments.domain.fraud_rules import FraudAction, Judgement, Signals
from functions.payments.domain.payment_status import SETTLED
from functions.payments.errors import AlreadyReviewedError, DecisionNotFoundError, PaymentBlockedError
from functions.payments.providers.events import ChargeAttempt
from functions.payments.repository import fraud as repository
from functions.payments.repository import payments
from functions.payments.repository.checkouts import CheckoutRow
from functions.payments.repository.fraud import DecisionFilters, DecisionRow, NewDecision
from functions.payments.repository.payments import PaymentRow
from functions.payments.service.refunds import requests
from functions.payments.settings import FraudSettings
from shared import audit, settings
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import orders
from shared.contexts.ordering.order_status import InvalidTransitionError
from shared.contexts.ordering.order_units import AlreadyDownloadedError, AlreadyShippedError
from shared.contexts.payments import digital_orders

REASON = "refused as fraudulent"


def check_intent(connection: Connection, checkout: CheckoutRow, provider: str, ip_address: str | None) -> None:
    """Judge an attempt before the provider hears of it; `connection` is in autocommit, so that a refusal is kept.

    Raises PaymentBlockedError.
    """
    judged = fraud_rules.judge(
        Signals(attempts_of_user=checkout.attempts_of_user, attempts_of_ip=checkout.attempts_of_ip), _rules()
    )
    repository.insert(
        connection,
        NewDecision(
            stage="intent",
            decision=judged.decision,
            reasons=judged.reasons,
            checkout_id=checkout.id,
            provider=provider,
            user_id=checkout.user_id,
            ip_address=ip_address,
        ),
    )
    if judged.decision is FraudAction.BLOCK:
        raise PaymentBlockedError


def judge_charge(tx: Connection, payment: PaymentRow, charge: ChargeAttempt) -> Judgement | None:
    """Judge a charge by what the provider tells of it, once; None where it was judged before. One that took no money
    holds nothing up: it is written down, and ends the payment once there are too many (`ends_payment`).
    """
    figures = repository.at_charge(tx, payment.checkout_id, charge.card_fingerprint)
    judged = fraud_rules.judge(
        Signals(
            attempts_of_user=figures.attempts_of_user,
            attempts_of_ip=figures.attempts_of_ip,
            attempts_of_card=figures.attempts_of_card,
            declines_of_checkout=0 if charge.took_money else figures.declines_of_checkout + 1,
            risk_level=charge.risk_level,
            card_country=charge.card_country,
            shipping_country=figures.shipping_country,
        ),
        _rules(),
    )
    is_new = repository.insert(
        tx,
        NewDecision(
            stage="charge",
            decision=FraudAction.ALLOW
            if judged.decision is FraudAction.REVIEW and not charge.took_money
            else judged.decision,
            reasons=judged.reasons,
            checkout_id=payment.checkout_id,
            provider=payment.provider,
            payment_id=payment.id,
            user_id=payment.user_id,
            ip_address=figures.ip_address,
            charge_id=charge.id,
            card_fingerprint=charge.card_fingerprint,
            risk_level=charge.risk_level,
            is_declined=not charge.took_money,
        ),
    )
    return judged if is_new else None


def ends_payment(judged: Judgement) -> bool:
    """Whether the payment takes no more attempts: too many charges of its checkout were declined."""
    return judged.decision is FraudAction.BLOCK and fraud_rules.DECLINES in judged.reasons


def refund_if_blocked(tx: Connection, payment: PaymentRow, charge_id: str) -> UUID | None:
    """Where the charge that paid was blocked: cancel the order of the payment, which is locked, and record that its
    money is refunded; the refund's id.
    """
    if payment.state not in SETTLED or not repository.blocked(tx, payment.provider, charge_id):
        return None
    return _undo(tx, payment)


def decisions(
    connection: Connection, filters: DecisionFilters, *, after: UUID | None, limit: int
) -> tuple[list[DecisionRow], bool]:
    """A page of decisions, newest first, and whether more follow."""
    rows = repository.page(connection, filters, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def review(
    tx: Connection, decision_id: UUID, *, accepted: bool, note: str, admin_id: UUID
) -> tuple[DecisionRow, UUID | None]:
    """End the hold: accepted, or rejected with the order cancelled and its money going back (the refund's id).

    Raises DecisionNotFoundError and AlreadyReviewedError.
    """
    known = repository.find(tx, decision_id)
    if known is None:
        raise DecisionNotFoundError
    payment = payments.lock_payment_by_id(tx, known.payment_id) if known.payment_id else None
    verdict = "accepted" if accepted else "rejected"
    if not repository.review(tx, decision_id, verdict=verdict, admin_id=admin_id, note=note):
        raise AlreadyReviewedError
    refund_id = _undo(tx, payment) if not accepted and payment is not None and payment.state in SETTLED else None
    if accepted and payment is not None and payment.order_id is not None:
        digital_orders.complete(tx, payment.order_id)
    reviewed = repository.find(tx, decision_id)
    assert reviewed is not None
    subject = Subject("fraud_decision", decision_id)
    audit.record(tx, "fraud_decision.reviewed", subject, changes=audit.created({"verdict": verdict, "note": note}))
    return reviewed, refund_id


def _undo(tx: Connection, payment: PaymentRow) -> UUID | None:
    if payment.order_id is not None:
        # Handed over, or refunded already: it is refunded all the same.
        with contextlib.suppress(InvalidTransitionError, AlreadyShippedError, AlreadyDownloadedError):
            orders.cancel(tx, payment.order_id, actor="payment", reason=REASON)
    refund = requests.refund_fraudulent_payment(tx, payment)
    return refund.id if refund is not None else None


def _rules() -> FraudSettings:
    return settings.load(FraudSettings)
