"""Stripe's objects and events, read into our words. Only the fields that we need; no `stripe` library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import pydantic
from pydantic import BaseModel, Field

from functions.payments.errors import MalformedEventError
from functions.payments.payment_status import PaymentStatus
from functions.payments.providers import Intent, UsedMethod

NAME: Final = "stripe"

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


class Topic(Enum):
    """What an event is about, as far as we are concerned."""

    STATUS = "status"
    REFUND = "refund"
    DISPUTE = "dispute"
    CHARGE = "charge"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One attempt to take money, as far as fees and fraud rules are concerned."""

    id: str
    took_money: bool
    amount_captured: int
    currency: str
    method: UsedMethod | None
    balance_transaction_id: str | None
    card_fingerprint: str | None
    card_country: str | None
    risk_level: str | None
    environment: str | None
    """Of ours, that the intent was made in; None where somebody else made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of Stripe's. `intent` is its snapshot for STATUS, `charge` for CHARGE; `intent_id` None: about no
    payment intent."""

    id: str
    type: str
    topic: Topic
    occurred_at: datetime
    object_id: str | None
    intent_id: str | None
    intent: Intent | None
    charge: Charge | None = None


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
    data: _Data


class _About(BaseModel):
    """What every object of an event has, and what charges and refunds say of their intent."""

    id: _Id | None = None
    payment_intent: str | None = None


def parse_intent(document: dict[str, Any]) -> Intent:
    """An intent as the API answers it. Raises pydantic.ValidationError."""
    found = _PaymentIntent.model_validate(document)
    status = _STATUS[found.status]
    error = found.last_payment_error
    if status is PaymentStatus.REQUIRES_PAYMENT and error is not None:
        status = PaymentStatus.FAILED
    charge = found.latest_charge if isinstance(found.latest_charge, _Charge) else None
    succeeded = status is PaymentStatus.SUCCEEDED
    return Intent(
        id=found.id,
        status=status,
        amount=found.amount,
        currency=found.currency.upper(),
        amount_captured=found.amount_received,
        charge_id=charge.id if charge else _id_of(found.latest_charge),
        failure_code=(error.decline_code or error.code) if error and status is PaymentStatus.FAILED else None,
        checkout_id=_uuid(found.metadata.get("checkout_id")),
        environment=found.metadata.get("environment"),
        captured_at=_instant(charge.created) if charge and succeeded else None,
        method_types=tuple(found.payment_method_types),
        client_secret=found.client_secret,
    )


def parse_event(body: str) -> Event:
    """A queued event. Raises MalformedEventError."""
    try:
        event = _Event.model_validate_json(body)
        about = _About.model_validate(event.data.object)
        topic = _topic(event.type)
        intent = parse_intent(event.data.object) if topic is Topic.STATUS else None
        charge = parse_charge(event.data.object) if topic is Topic.CHARGE else None
    except pydantic.ValidationError as error:
        # The message of pydantic quotes the input, which may be about a person.
        fields = ", ".join(".".join(map(str, detail["loc"])) for detail in error.errors(include_input=False))
        raise MalformedEventError(f"not an event of Stripe's: {fields}") from None
    return Event(
        id=event.id,
        type=event.type,
        topic=topic,
        occurred_at=_instant(event.created),
        object_id=about.id,
        intent_id=intent.id if intent else about.payment_intent,
        intent=intent,
        charge=charge,
    )


def parse_charge(document: dict[str, Any]) -> Charge:
    """A charge as an event shows it. Raises pydantic.ValidationError."""
    found = _ChargeDetails.model_validate(document)
    card = found.payment_method_details.card if found.payment_method_details else None
    return Charge(
        id=found.id,
        took_money=found.paid,
        amount_captured=found.amount_captured,
        currency=found.currency.upper(),
        method=_method(found.payment_method_details),
        balance_transaction_id=found.balance_transaction,
        card_fingerprint=card.fingerprint if card else None,
        card_country=card.country if card else None,
        risk_level=found.outcome.risk_level if found.outcome else None,
        environment=found.metadata.get("environment"),
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
