"""Saved payment methods: the provider's tokens, and what may be shown of them. No number, no CVC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.web import ResponseModel


class SavedPaymentMethod(ResponseModel):
    """A payment method that the customer keeps at the provider."""

    id: Annotated[str, Field(description="The provider's token", examples=["pm_1Q0PsIJvEtkwdCNYMSaVuRz6"])]
    kind: Annotated[str, Field(examples=["card"])]
    brand: Annotated[str | None, Field(examples=["visa"])]
    last4: Annotated[str | None, Field(examples=["4242"])]
    wallet: Annotated[str | None, Field(description="The phone's wallet that a card is in", examples=["apple_pay"])]
    expires_month: Annotated[int | None, Field(examples=[12])]
    expires_year: Annotated[int | None, Field(examples=[2034])]
    created_at: datetime


class SavedPaymentMethodList(ResponseModel):
    """Newest first; the provider keeps few for a customer, so there are no pages."""

    items: list[SavedPaymentMethod]


class PaymentMethodSetup(ResponseModel):
    """A payment method that waits to be saved by the customer's browser."""

    provider: Annotated[str, Field(examples=["stripe"])]
    publishable_key: Annotated[str, Field(description="For the provider's library in the browser")]
    client_secret: Annotated[str, Field(description="The browser saves the method with it; keep it there")]
