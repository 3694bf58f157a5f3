"""Shipments of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.ordering.domain.carriers import Carrier


@dataclass(frozen=True, slots=True)
class Tracking:
    """Who carries a shipment, and under which number."""

    carrier: Carrier
    tracking_number: str | None


@dataclass(frozen=True, slots=True)
class ShipmentUpdate:
    """New values of a shipment; None leaves a value unchanged."""

    carrier: Carrier | None
    tracking_number: str | None
    delivered: bool


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A shipment; `lines` hold `order_item_id` and `quantity`."""

    id: UUID
    order_id: UUID
    carrier: str
    tracking_number: str | None
    status: str
    version: int
    shipped_at: datetime
    delivered_at: datetime | None
    lines: list[dict[str, Any]]
