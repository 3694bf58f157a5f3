"""Domain events: typed documents, recorded in the outbox by the transaction that causes them.

Every event of the system stands here, because producer and consumers agree on it; `events/` holds a sample of each.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class DomainEvent(BaseModel):
    """Something that happened, told in the past tense. New fields need a default: old events are still queued."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: ClassVar[str]

    @classmethod
    def detail_type(cls) -> str:
        """The EventBridge detail type: the class's name."""
        return cls.__name__


class UserRegistered(DomainEvent):
    source = "sharestack.identity"

    user_id: UUID


class ProductChanged(DomainEvent):
    """A product, or its price, variants, images or visibility, is not what it was; drives search and caches."""

    source = "sharestack.catalog"

    product_id: UUID
    deleted: bool = False


class OrderPlaced(DomainEvent):
    source = "sharestack.ordering"

    order_id: UUID
    number: str


class OrderLine(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    quantity: int
    unit_amount: int
    """Minor units of the order's currency."""


class OrderPaid(DomainEvent):
    """Carries what a confirmation needs, so that its reader asks nobody. Amounts are in minor units."""

    source = "sharestack.ordering"

    order_id: UUID
    number: str
    email: str
    currency: str
    total_amount: int
    lines: list[OrderLine]
    paid_at: datetime
    language: str = "en"
    """The customer's, as a BCP 47 tag."""


class OrderStatusChanged(DomainEvent):
    source = "sharestack.ordering"

    order_id: UUID
    number: str
    before: str
    after: str


class EventEnvelope(BaseModel):
    """What stands under `detail` on the bus."""

    id: UUID
    type: str
    occurred_at: datetime
    correlation_id: str
    data: dict[str, Any]


class BusMessage(BaseModel):
    """What EventBridge hands to a target (EventBridge user guide, "Event structure"), as far as we read it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str
    detail_type: str = Field(alias="detail-type")
    detail: EventEnvelope
