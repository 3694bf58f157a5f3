"""Payments. Amounts are integers in minor units of the currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.web import RequestModel, ResponseModel

EXAMPLE_ID = "0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d0"
AmountField = Annotated[int, Field(description="Minor units of the currency", examples=[2497])]
CurrencyField = Annotated[str, Field(description="ISO 4217", examples=["USD"])]
StatusField = Annotated[
    str,
    Field(
        description="requires_payment, requires_action, processing, failed (the last attempt; another one is possible),"
        " succeeded, canceled, partially_refunded or refunded",
        examples=["requires_payment"],
    ),
]


class UsedPaymentMethod(ResponseModel):
    """What a payment was made with."""

    type: Annotated[
        str, Field(description="The provider's word: card, alipay, wechat_pay, ...", examples=["wechat_pay"])
    ]
    brand: Annotated[str | None, Field(description="Of a card", examples=["visa"])]
    last4: Annotated[str | None, Field(description="Of a card's number", examples=["4242"])]
    wallet: Annotated[
        str | None, Field(description="The phone's wallet that a card is in", examples=["apple_pay", "google_pay"])
    ]


class NewPaymentIntent(RequestModel):
    """Which checkout is to be paid; what it costs is known to the server."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"checkout_id": EXAMPLE_ID}]})

    checkout_id: UUID


class StoredPaymentIntent(ResponseModel):
    """The part of an intent's answer that is kept for repeated requests."""

    id: UUID
    checkout_id: UUID
    provider: Annotated[str, Field(examples=["stripe"])]
    publishable_key: Annotated[str, Field(description="For the provider's library in the browser")]
    amount: AmountField
    currency: CurrencyField
    status: StatusField
    methods: Annotated[
        list[str],
        Field(
            description="What it can be paid with, by the provider's words. The provider decides, by amount, currency"
            " and what the shop's account has",
            examples=[["card", "alipay", "wechat_pay"]],
        ),
    ]
    payable_until: Annotated[
        datetime, Field(description="Until then its stock is reserved: opening a payment extends that once")
    ]


class PaymentIntent(StoredPaymentIntent):
    """A payment that waits for the payer."""

    client_secret: Annotated[str, Field(description="The payer's browser confirms the payment with it; keep it there")]


class PaymentStatusChange(ResponseModel):
    """One step of a payment's history."""

    before: str | None
    after: str
    created_at: datetime


class Payment(ResponseModel):
    """A payment as it stands."""

    id: UUID
    checkout_id: UUID
    order_id: Annotated[UUID | None, Field(description="The order that it paid; null until it has")]
    provider: Annotated[str, Field(examples=["stripe"])]
    amount: AmountField
    currency: CurrencyField
    status: StatusField
    amount_captured: AmountField
    amount_refunded: AmountField
    failure_code: Annotated[
        str | None, Field(description="Why the last attempt was declined", examples=["insufficient_funds"])
    ]
    method: Annotated[
        UsedPaymentMethod | None,
        Field(description="What took the money; null until the provider has told, a moment after `succeeded`"),
    ]
    created_at: datetime
    updated_at: datetime


class PaymentDetail(Payment):
    """A payment with its history, oldest change first."""

    history: list[PaymentStatusChange]


class AdminPayment(Payment):
    """Anybody's payment, for administrators."""

    user_id: Annotated[UUID | None, Field(description="The customer; null for a guest")]
    provider_payment_id: Annotated[str, Field(examples=["pi_3Q8mXb2eZvKYlo2C0QkSg7rT"])]


class AdminPaymentDetail(AdminPayment):
    """Anybody's payment with its history, oldest change first."""

    history: list[PaymentStatusChange]
    refundable_amount: Annotated[int, Field(description="What can still be given back", examples=[1497])]
