"""Refunds, for administrators."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from functions.payments.domain.refund_shares import UnitsToRefund
from functions.payments.schemas.payments import EXAMPLE_ID, AmountField, CurrencyField
from shared.money import MAX_AMOUNT
from shared.web import RequestModel, ResponseModel

_MAX_LINES = 100


class RefundReason(StrEnum):
    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    DAMAGED = "damaged"
    NOT_RECEIVED = "not_received"
    GOODWILL = "goodwill"
    OTHER = "other"


class RefundUnits(RequestModel):
    """Units of one line of the order. Those that are not shipped yet come first, and are not shipped any more."""

    order_item_id: UUID
    quantity: Annotated[int, Field(ge=1, le=999, examples=[1])]
    restock: Annotated[
        bool | None,
        Field(strict=True, description="Whether they go back to stock; by default those that were not handed over do"),
    ] = None
    handed_over: Annotated[
        bool,
        Field(strict=True, description="True for units that the customer has, while others are still to be shipped"),
    ] = False

    def to_refund(self) -> UnitsToRefund:
        return UnitsToRefund(self.order_item_id, self.quantity, self.restock, self.handed_over)


class NewRefund(RequestModel):
    """How much goes back: an amount, units of lines, or (neither) all that is left."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"lines": [{"order_item_id": EXAMPLE_ID, "quantity": 1}], "reason": "damaged"},
                {"amount": 500, "reason": "goodwill", "note": "Late by a week"},
                {"reason": "requested_by_customer"},
            ]
        }
    )

    amount: Annotated[int | None, Field(ge=1, le=MAX_AMOUNT, description="Minor units", examples=[500])] = None
    lines: Annotated[list[RefundUnits], Field(max_length=_MAX_LINES)] = Field(default_factory=list)
    restock: Annotated[
        bool | None,
        Field(
            strict=True,
            description="With neither amount nor lines: whether what was not handed over goes back to stock; by default"
            " it does",
        ),
    ] = None
    reason: RefundReason
    note: Annotated[str | None, Field(max_length=500, description="For colleagues; no customer sees it")] = None

    @model_validator(mode="after")
    def _one_way_to_say_how_much(self) -> NewRefund:
        if self.amount is not None and self.lines:
            raise ValueError("give either an amount or lines")
        if self.restock is not None and (self.amount is not None or self.lines):
            raise ValueError("restock: of an amount nothing goes back to stock, and lines have one each")
        if len({line.order_item_id for line in self.lines}) < len(self.lines):
            raise ValueError("a line is named twice")
        return self


class RefundLine(ResponseModel):
    """Units of a line that the refund pays back."""

    order_item_id: UUID
    quantity: int
    amount: AmountField
    restock_quantity: Annotated[int, Field(description="Units that go back to stock", examples=[1])]


class Refund(ResponseModel):
    """A refund as it stands."""

    id: UUID
    payment_id: UUID
    order_id: UUID | None
    amount: AmountField
    tax_amount: Annotated[int, Field(description="The part of the amount that is tax given back", examples=[80])]
    currency: CurrencyField
    status: Annotated[
        str,
        Field(description="pending (asked for), succeeded or failed (the money is ours again)", examples=["pending"]),
    ]
    provider_refund_id: Annotated[str | None, Field(description="Null until the provider has taken it on")]
    reason: Annotated[
        str,
        Field(
            description="As it was given; cancelled or returned where ordering asked for it, unfulfillable where the"
            " money bought nothing, provider where it was made at the provider's dashboard",
            examples=["damaged"],
        ),
    ]
    note: str | None
    actor: Annotated[
        str, Field(description="admin:<user id>, ordering, system or provider", examples=[f"admin:{EXAMPLE_ID}"])
    ]
    failure_code: str | None
    created_at: datetime
    updated_at: datetime
    lines: list[RefundLine]
