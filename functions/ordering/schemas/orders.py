"""What orders look like from outside. Amounts are integer minor units of the order's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.ordering.schemas.checkouts import ShippingAddress
from functions.ordering.service.order_changes import moves_by_hand
from functions.ordering.service.orders import OrderDocument
from shared.transactions.order_status import OrderStatus
from shared.web import AnswerModel, RequestModel, Version


class NewOrder(RequestModel):
    """Which checkout becomes an order."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"checkout_id": "01990000-0000-7000-8000-000000000002"}]})

    checkout_id: UUID


class OrderChange(RequestModel):
    """Where an order shall go. A reason is kept in its timeline, for administrators."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "shipped", "version": 2, "reason": "handed to the carrier"}]}
    )

    status: OrderStatus
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class OrderItem(AnswerModel):
    id: UUID
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    amount: int


class TimelineEntry(AnswerModel):
    """A status that the order has taken on."""

    status: OrderStatus
    before: OrderStatus | None
    actor: Annotated[str, Field(description="`customer`, `payment`, `system` or `admin`")]
    created_at: datetime


class AdminTimelineEntry(TimelineEntry):
    """With who did it (`admin:<user id>`), and why."""

    reason: str | None


class OrderSummary(AnswerModel):
    """An order in a list."""

    id: UUID
    number: str
    status: OrderStatus
    currency: str
    total_amount: int
    item_count: int
    created_at: datetime


class AdminOrderSummary(OrderSummary):
    user_id: UUID | None
    email: str


class _OrderBase(AnswerModel):
    id: UUID
    number: str
    status: OrderStatus
    version: int
    email: str
    currency: str
    items: list[OrderItem]
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    shipping_address: ShippingAddress
    checkout_id: UUID
    payable_until: Annotated[datetime | None, Field(description="Until when its stock is reserved; null once settled")]
    created_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None


class Order(_OrderBase):
    """One order as its customer sees it."""

    timeline: list[TimelineEntry]

    @classmethod
    def of(cls, document: OrderDocument) -> Order:
        return cls(**_base(document), timeline=_timeline(document))


class PlacedOrder(Order):
    """The new order; a guest comes back to it with `GET /api/v1/orders/{id}?token=...`."""

    token: Annotated[str | None, Field(description="A guest's key to the order, good for 180 days; null for customers")]

    @classmethod
    def of(cls, document: OrderDocument) -> PlacedOrder:
        return cls(**_base(document), timeline=_timeline(document), token=document.link_token)


class AdminOrder(_OrderBase):
    """One order as the administrator sees it."""

    user_id: UUID | None
    payment_intent_id: str | None
    timeline: list[AdminTimelineEntry]
    moves: Annotated[list[OrderStatus], Field(description="The statuses that it can be given by hand")]

    @classmethod
    def of(cls, document: OrderDocument) -> AdminOrder:
        timeline = [
            AdminTimelineEntry(
                status=OrderStatus(change.after),
                before=OrderStatus(change.before) if change.before else None,
                actor=change.actor,
                created_at=change.created_at,
                reason=change.reason,
            )
            for change in document.timeline
        ]
        return cls(
            **_base(document),
            user_id=document.row.user_id,
            payment_intent_id=document.row.payment_intent_id,
            timeline=timeline,
            moves=[OrderStatus(move) for move in moves_by_hand(document.row.status)],
        )


def _base(document: OrderDocument) -> dict[str, object]:
    row = document.row
    names = (name for name in _OrderBase.model_fields if name not in ("items", "payable_until", "shipping_address"))
    return {
        **{name: getattr(row, name) for name in names},
        "items": [
            OrderItem(
                id=item.id,
                variant_id=item.variant_id,
                product_id=item.product_id,
                name=item.name,
                variant_title=item.variant_title,
                sku=item.sku,
                quantity=item.quantity,
                unit_amount=item.unit_amount,
                amount=item.quantity * item.unit_amount,
            )
            for item in document.items
        ],
        "payable_until": row.payable_until if row.status == OrderStatus.PENDING else None,
        "shipping_address": ShippingAddress(**row.shipping_address),
    }


def _timeline(document: OrderDocument) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            status=OrderStatus(change.after),
            before=OrderStatus(change.before) if change.before else None,
            actor=change.actor.partition(":")[0],
            created_at=change.created_at,
        )
        for change in document.timeline
    ]
