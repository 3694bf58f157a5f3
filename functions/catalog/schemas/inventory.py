"""Stock as the shop's staff reads and changes it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from functions.catalog.domain.limits import MAX_STOCK
from shared.web import ChangeModel, RequestModel, ResponseModel


class StockAdjustmentReason(StrEnum):
    """Why somebody changes the number of units by hand."""

    RECEIVED = "received"
    COUNTED = "counted"
    DAMAGED = "damaged"
    LOST = "lost"
    RETURNED = "returned"
    CORRECTION = "correction"


_ADDS: Final = frozenset({StockAdjustmentReason.RECEIVED, StockAdjustmentReason.RETURNED})
_TAKES: Final = frozenset({StockAdjustmentReason.DAMAGED, StockAdjustmentReason.LOST})


class InventoryLevel(ResponseModel):
    """`on_hand` is what is there, `reserved` what of it is promised to checkouts, `owed` what backorders sold beyond
    it: units that arrive serve these first. `available` is `on_hand` without the two.
    """

    variant_id: UUID
    product_id: UUID
    product_name: Annotated[str, Field(examples=["Clay Plant Pot"])]
    product_slug: Annotated[str, Field(examples=["clay-plant-pot"])]
    option_values: Annotated[list[str], Field(examples=[["Large"]])]
    sku: Annotated[str | None, Field(examples=["POT-L"])]
    on_hand: Annotated[int, Field(examples=[12])]
    reserved: Annotated[int, Field(examples=[2])]
    owed: Annotated[int, Field(description="More than 0 only while nothing is on hand", examples=[0])]
    available: Annotated[int, Field(description="Below zero where backorders are promised or owed", examples=[10])]
    allow_backorder: bool
    low_stock_threshold: Annotated[int | None, Field(description="Null: the shop does not want to be told")]
    is_low: Annotated[bool, Field(description="Available units are at the threshold or below")]
    updated_at: datetime | None


class StockMovement(ResponseModel):
    """A change of `on_hand`, or of `owed`. Movements are never changed; their sum is `on_hand` less `owed`."""

    id: UUID
    quantity: Annotated[int, Field(description="Signed", examples=[-3])]
    reason: Annotated[str, Field(examples=["damaged"])]
    reference: Annotated[str | None, Field(description="The order or the import that it was for")]
    actor: Annotated[str | None, Field(description="Who did it by hand", examples=["admin:0199c0de-0000-7000-8000-1"])]
    note: str | None
    created_at: datetime


class NewStockAdjustment(RequestModel):
    """Units that came or went. Received and returned units are counted in, damaged and lost ones out."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"quantity": -3, "reason": "damaged", "note": "Broken in the warehouse"}]}
    )

    quantity: Annotated[int, Field(ge=-MAX_STOCK, le=MAX_STOCK, description="Signed, not 0")]
    reason: StockAdjustmentReason
    note: Annotated[str, Field(max_length=500)] | None = None

    @model_validator(mode="after")
    def _sign_fits_reason(self) -> Self:
        if self.quantity == 0:
            raise ValueError("quantity: 0 changes nothing")
        if self.quantity < 0 and self.reason in _ADDS:
            raise ValueError(f"quantity: {self.reason.value} units are counted in, not out")
        if self.quantity > 0 and self.reason in _TAKES:
            raise ValueError(f"quantity: {self.reason.value} units are counted out, not in")
        return self


class StockAdjustment(ResponseModel):
    """The movement, and the level that it led to."""

    movement: StockMovement
    level: InventoryLevel


class InventoryLevelChange(ChangeModel):
    """Only what is sent changes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"low_stock_threshold": 10}]})

    low_stock_threshold: Annotated[int, Field(ge=0, le=MAX_STOCK, description="Null: do not tell")] | None = None
    allow_backorder: bool = False

    def values(self) -> dict[str, Any]:
        """What was sent."""
        return self.model_dump(include=self.model_fields_set)
