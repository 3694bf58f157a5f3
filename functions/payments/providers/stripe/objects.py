"""Stripe's objects and events, read into our words. Only the fields that we need; no `stripe` library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import pydantic
from pydantic import BaseModel, Field

from functions.payments.errors import MalformedEventError
from functions.payments.providers.events import ChargeAttempt, ProviderEvent, Topic
from functions.payments.providers.port import Intent, PaymentStatus, UsedMethod
from functions.payments.providers.stripe.amounts import from_stripe

INTENT_EVENTS: Final = {
    "payment_intent.succeeded": PaymentStatus.SUCCEEDED,
    "payment_intent.payment_failed": PaymentStatus.FAILED,
    "payment_intent.processing": PaymentStatus.PROCESSING,
    "payment_intent.requires_action": PaymentStatus.REQUIRES_ACTION,
    "payment_intent.canceled": PaymentStatus.CANCELED,
}
REFUND_EVENTS: Final = frozenset(
    ("charge.refunded", "charge.refund.updated", "refund.created", "refund.updated", "refund.failed")
)
DISPUTE_EVENTS: Final = frozenset(
    (
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
    )
)
CHARGE_EVENTS: Final = frozenset(("charge.succeeded", "charge.failed", "charge.updated"))
_STATUS: Final = {
    "requires_payment_method": PaymentStatus.REQUIRES_PAYMENT,
    "requires_confirmation": PaymentStatus.REQUIRES_PAYMENT,
    "requires_action": PaymentStatus.REQUIRES_ACTION,
    "processing": PaymentStatus.PROCESSING,
    "requires_capture": PaymentStatus.PROCESSING,
    "succeeded": PaymentStatus.SUCCEEDED,
    "canceled": PaymentStatus.CANCELED,
}

_Id = Annotated[str, Field(min_length=1, max_length=255)]


class _Charge(BaseModel):
    id: str
    created: int


class _PaymentError(BaseModel):
    code: str | None = None
    decline_code: str | None = None


class _PaymentIntent(BaseModel):
    id: _Id
    status: Literal[
        "requires_payment_method",
        "requires_confirmation",
        "requires_action",
        "processing",
        "requires_capture",
        "succeeded",
        "canceled",
    ]
    amount: int
    currency: Annotated[str, Field(min_length=3, max_length=3)]
    amount_received: int = 0
    last_payment_error: _PaymentError | None = None
    latest_charge: str | _Charge | None = None
    payment_method_types: list[str] = Field(default_factory=list)
    metadata: dict[str, str] = Field(default_factory=dict)
    client_secret: str | None = None


class _Wallet(BaseModel):
    type: str


class _Card(BaseModel):
    fingerprint: str | None = None
    country: str | None = None
    brand: str | None = None
    last4: str | None = None
    wallet: _Wallet | None = None


class _MethodDetails(BaseModel):
    type: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    card: _Card | None = None


class _RiskOutcome(BaseModel):
    risk_level: str | None = None


class _ChargeDetails(BaseModel):
    id: _Id
    paid: bool = True
    amount_captured: int = 0
    currency: Annotated[str, Field(min_length=3, max_length=3)]
    balance_transaction: str | None = None
    outcome: _RiskOutcome | None = None
    payment_method_details: _MethodDetails | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class _Data(BaseModel):
    object: dict[str, Any]


class _Event(BaseModel):
    id: _Id
    type: Annotated[str, Field(min_length=1, max_length=100)]
    created: Annotated[int, Field(ge=0, lt=2**33)]
    livemode: bool
    account: str | None = None
    """The connected account that it is about; None for our own."""
    data: _Data


class _About(BaseModel):
    """What every object of an event has, and what charges and refunds say of their intent."""

    id: _Id | None = None
    payment_intent: str | None = None


def parse_intent(document: dict[str, Any]) -> Intent:
    """An intent as the API answers it. Raises pydantic.ValidationError."""
    intent = _PaymentIntent.model_validate(document)
    status = _STATUS[intent.status]
    error = intent.last_payment_error
    if status is PaymentStatus.REQUIRES_PAYMENT and error is not None:
        status = PaymentStatus.FAILED
    charge = intent.latest_charge if isinstance(intent.latest_charge, _Charge) else None
    succeeded = status is PaymentStatus.SUCCEEDED
    return Intent(
        id=intent.id,
        status=status,
        amount=from_stripe(intent.amount, intent.currency),
        currency=intent.currency.upper(),
        amount_captured=from_stripe(intent.amount_received, intent.currency),
        charge_id=charge.id if charge else _id_of(intent.latest_charge),
        failure_code=(error.decline_code or error.code) if error and status is PaymentStatus.FAILED else None,
        checkout_id=_uuid(intent.metadata.get("checkout_id")),
        environment=intent.metadata.get("environment"),
        captured_at=_instant(charge.created) if charge and succeeded else None,
        method_types=tuple(intent.payment_method_types),
        client_secret=intent.client_secret,
    )


def parse_event(body: str, *, is_live: bool) -> ProviderEvent:
    """A queued event of our account in live or in test mode; one of another account or mode is about nothing of ours.

    Raises MalformedEventError.
    """
    try:
        event = _Event.model_validate_json(body)
        about = _About.model_validate(event.data.object)
        is_ours = event.account is None and event.livemode is is_live
        topic = _topic(event.type) if is_ours else Topic.OTHER
        intent = parse_intent(event.data.object) if topic is Topic.STATUS else None
        charge = parse_charge(event.data.object, event.type) if topic is Topic.CHARGE else None
    except pydantic.ValidationError as error:
        # The message of pydantic quotes the input, which may be about a person.
        fields = ", ".join(".".join(map(str, detail["loc"])) for detail in error.errors(include_input=False))
        raise MalformedEventError(f"not an event of Stripe's: {fields}") from None
    return ProviderEvent(
        id=event.id,
        type=event.type,
        topic=topic,
        occurred_at=_instant(event.created),
        object_id=about.id,
        intent_id=intent.id if intent else about.payment_intent,
        status=INTENT_EVENTS.get(event.type),
        intent=intent,
        charge=charge,
    )


def parse_charge(document: dict[str, Any], event_type: str) -> ChargeAttempt:
    """A charge as an event of this type shows it. Raises pydantic.ValidationError."""
    charge = _ChargeDetails.model_validate(document)
    card = charge.payment_method_details.card if charge.payment_method_details else None
    return ChargeAttempt(
        id=charge.id,
        took_money=charge.paid and event_type != "charge.failed",
        amount_captured=from_stripe(charge.amount_captured, charge.currency),
        currency=charge.currency.upper(),
        method=_method(charge.payment_method_details),
        balance_transaction_id=charge.balance_transaction,
        card_fingerprint=card.fingerprint if card else None,
        card_country=card.country if card else None,
        risk_level=charge.outcome.risk_level if charge.outcome else None,
        environment=charge.metadata.get("environment"),
    )


def _method(details: _MethodDetails | None) -> UsedMethod | None:
    if details is None or details.type is None:
        return None
    card = details.card or _Card()
    return UsedMethod(
        type=details.type, brand=card.brand, last4=card.last4, wallet=card.wallet.type if card.wallet else None
    )


_TOPICS: Final = {
    **dict.fromkeys(INTENT_EVENTS, Topic.STATUS),
    **dict.fromkeys(REFUND_EVENTS, Topic.REFUND),
    **dict.fromkeys(DISPUTE_EVENTS, Topic.DISPUTE),
    **dict.fromkeys(CHARGE_EVENTS, Topic.CHARGE),
}


def _topic(event_type: str) -> Topic:
    return _TOPICS.get(event_type, Topic.OTHER)


def _id_of(charge: str | _Charge | None) -> str | None:
    return charge if isinstance(charge, str) else None


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
