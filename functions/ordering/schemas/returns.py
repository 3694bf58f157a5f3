"""What returns look like from outside. Amounts are integer minor units of the order's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from functions.ordering.repository.returns import NewLine, ReturnRow
from functions.ordering.schemas.shipments import MAX_LINES, UnitsOfLine, check_each_once
from functions.ordering.service.returns import ReturnReason, ReturnStatus
from shared.web import AnswerModel, RequestModel, Version

_LINE: Final[JsonDict] = {"order_item_id": "01990000-0000-7000-8000-000000000021"}

Note = Annotated[str, Field(min_length=1, max_length=1000)]


class UnitsToReturn(UnitsOfLine):
    """Units of one of the order's lines, and why they come back."""

    reason: ReturnReason


class NewReturn(RequestModel):
    """What the customer wants to send back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"lines": [{**_LINE, "quantity": 1, "reason": "damaged"}], "note": "The lid is broken."},
            ]
        }
    )

    lines: Annotated[list[UnitsToReturn], Field(min_length=1, max_length=MAX_LINES)]
    note: Note | None = None

    @model_validator(mode="after")
    def _each_line_once(self) -> NewReturn:
        check_each_once([line.order_item_id for line in self.lines])
        return self

    def new_lines(self) -> list[NewLine]:
        return [NewLine(line.order_item_id, line.quantity, line.reason.value) for line in self.lines]


class Decision(RequestModel):
    """Whether the units may come back; the note is for the customer."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"approve": True, "note": "Please use the enclosed label.", "version": 1}]}
    )

    approve: Annotated[bool, Field(strict=True)]
    note: Note | None = None
    version: Version


class ReceivedUnits(RequestModel):
    """Whether the units of a line are sold again."""

    order_item_id: UUID
    restock: Annotated[bool, Field(strict=True)]


class Receipt(RequestModel):
    """What came back. Lines that are left out are sold again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"lines": [{**_LINE, "restock": False}]}]})

    lines: Annotated[list[ReceivedUnits], Field(max_length=MAX_LINES, default_factory=list)]

    @model_validator(mode="after")
    def _each_line_once(self) -> Receipt:
        check_each_once([line.order_item_id for line in self.lines])
        return self

    def restock(self) -> dict[UUID, bool]:
        return {line.order_item_id: line.restock for line in self.lines}


class ReturnLine(AnswerModel):
    order_item_id: UUID
    quantity: int
    reason: ReturnReason
    restocked: Annotated[bool | None, Field(description="Null until the units are back")]
    refund_amount: Annotated[int | None, Field(description="What goes back for them; null until they are back")]


class Return(AnswerModel):
    """Units of an order that come back."""

    id: UUID
    order_id: UUID
    status: ReturnStatus
    version: int
    lines: list[ReturnLine]
    refund_amount: Annotated[int | None, Field(description="Of all lines; null until the units are back")]
    note: str | None
    decision_note: str | None
    created_at: datetime
    decided_at: datetime | None
    received_at: datetime | None

    @classmethod
    def of(cls, row: ReturnRow) -> Return:
        return cls(**shown(row))


class OrderReturns(AnswerModel):
    """All returns of one order, oldest first."""

    items: list[Return]


def shown(row: ReturnRow) -> dict[str, Any]:
    """The members of a return."""
    amounts = [line["refund_amount"] for line in row.lines if line["refund_amount"] is not None]
    names = (name for name in Return.model_fields if name not in ("lines", "refund_amount"))
    return {
        **{name: getattr(row, name) for name in names},
        "lines": [ReturnLine(**line) for line in row.lines],
        "refund_amount": sum(amounts) if amounts else None,
    }
