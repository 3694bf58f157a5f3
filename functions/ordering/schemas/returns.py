"""What returns look like from outside. Amounts are integer minor units of the order's currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from functions.ordering.domain.returns import RequestedLine, ReturnReason, ReturnRow, ReturnStatus, ReturnUnits
from functions.ordering.schemas.shipments import MAX_LINES, OrderItemUnits, check_each_once
from shared.web import RequestModel, ResponseModel, Version

_LINE: Final[JsonDict] = {"order_item_id": "01990000-0000-7000-8000-000000000021"}

Note = Annotated[str, Field(min_length=1, max_length=1000)]


class UnitsToReturn(OrderItemUnits):
    """Units of one of the order's lines, and why they are returned."""

    reason: ReturnReason


class NewReturn(RequestModel):
    """Units that the customer wants to return."""

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

    def requested_lines(self) -> list[RequestedLine]:
        return [RequestedLine(line.order_item_id, line.quantity, line.reason.value) for line in self.lines]


class ReturnDecision(RequestModel):
    """Whether the units may be returned; the note is for the customer."""

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


class ReturnReceipt(RequestModel):
    """The received units. Omitted lines are sold again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"lines": [{**_LINE, "restock": False}]}]})

    lines: Annotated[list[ReceivedUnits], Field(max_length=MAX_LINES, default_factory=list)]

    @model_validator(mode="after")
    def _each_line_once(self) -> ReturnReceipt:
        check_each_once([line.order_item_id for line in self.lines])
        return self

    def restock(self) -> dict[UUID, bool]:
        return {line.order_item_id: line.restock for line in self.lines}


class ReturnLine(ResponseModel):
    order_item_id: UUID
    quantity: int
    reason: ReturnReason
    restocked: Annotated[bool | None, Field(description="Null until the units are received")]
    refund_amount: Annotated[
        int | None, Field(description="Refunded for them; null until they are received and the refund is under way")
    ]


class Return(ResponseModel):
    """Units of an order that are returned."""

    id: UUID
    order_id: UUID
    order_number: str
    status: ReturnStatus
    version: int
    lines: list[ReturnLine]
    refund_amount: Annotated[int | None, Field(description="Of all lines; null until their refund is under way")]
    note: str | None
    decision_note: str | None
    created_at: datetime
    decided_at: datetime | None
    received_at: datetime | None


class ReturnableUnits(ResponseModel):
    """Units of one of the order's lines that can be returned now."""

    order_item_id: UUID
    quantity: int
    until: Annotated[datetime, Field(description="When the first of them no longer can")]


class OrderReturnList(ResponseModel):
    """All returns of one order, oldest first, and what else of it can be returned."""

    items: list[Return]
    returnable: list[ReturnableUnits]

    @classmethod
    def of(cls, rows: Iterable[ReturnRow], units: Iterable[ReturnUnits]) -> OrderReturnList:
        returnable = [
            ReturnableUnits(order_item_id=unit.id, quantity=unit.returnable, until=unit.until)
            for unit in units
            if unit.until is not None
        ]
        return cls(items=[Return.model_validate(row) for row in rows], returnable=returnable)
