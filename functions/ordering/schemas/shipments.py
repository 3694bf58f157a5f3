"""What shipments look like from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from functions.ordering.domain.carriers import Carrier, tracking_url
from functions.ordering.domain.shipments import ShipmentRow, ShipmentUpdate
from shared.web import RequestModel, ResponseModel, Version

MAX_LINES = 100
MAX_UNITS = 999

TrackingNumber = Annotated[
    str, Field(min_length=3, max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$", examples=["1Z999AA10123456784"])
]
Quantity = Annotated[int, Field(ge=1, le=MAX_UNITS, strict=True)]


class OrderItemUnits(RequestModel):
    """Units of one of the order's lines."""

    order_item_id: UUID
    quantity: Quantity


class NewShipment(RequestModel):
    """A parcel that leaves now. Without `lines`, it holds all that is left of the order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "lines": [{"order_item_id": "01990000-0000-7000-8000-000000000021", "quantity": 1}],
                    "carrier": "ups",
                    "tracking_number": "1Z999AA10123456784",
                }
            ]
        }
    )

    lines: Annotated[list[OrderItemUnits], Field(min_length=1, max_length=MAX_LINES)] | None = None
    carrier: Carrier
    tracking_number: TrackingNumber | None = None

    @model_validator(mode="after")
    def _each_line_once(self) -> NewShipment:
        check_each_once([line.order_item_id for line in self.lines or ()])
        return self

    def quantities(self) -> dict[UUID, int] | None:
        return {line.order_item_id: line.quantity for line in self.lines} if self.lines else None


class ShipmentChange(RequestModel):
    """New values of a shipment. Omitted fields stay as they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "delivered", "version": 1}]})

    status: Annotated[Literal["delivered"] | None, Field(description="The parcel arrived")] = None
    carrier: Carrier | None = None
    tracking_number: TrackingNumber | None = None
    version: Version

    def to_update(self) -> ShipmentUpdate:
        return ShipmentUpdate(self.carrier, self.tracking_number, delivered=self.status == "delivered")


class ShipmentLine(ResponseModel):
    order_item_id: UUID
    quantity: int


class Shipment(ResponseModel):
    """A parcel; `tracking_url` is the carrier's page, where it has one."""

    id: UUID
    order_id: UUID
    status: Literal["shipped", "delivered"]
    version: int
    carrier: Carrier
    tracking_number: str | None
    tracking_url: str | None
    lines: list[ShipmentLine]
    shipped_at: datetime
    delivered_at: datetime | None

    @classmethod
    def of(cls, row: ShipmentRow) -> Shipment:
        return cls(
            id=row.id,
            order_id=row.order_id,
            status="delivered" if row.status == "delivered" else "shipped",
            version=row.version,
            carrier=Carrier(row.carrier),
            tracking_number=row.tracking_number,
            tracking_url=tracking_url(row.carrier, row.tracking_number),
            lines=[ShipmentLine(**line) for line in row.lines],
            shipped_at=row.shipped_at,
            delivered_at=row.delivered_at,
        )


def check_each_once(ids: list[UUID]) -> None:
    """Raises ValueError where a line is named twice."""
    if len(set(ids)) < len(ids):
        raise ValueError("a line is named twice")
