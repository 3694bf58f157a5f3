"""What orders look like from outside. Amounts are integer minor units of the order's currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.ordering.domain.invoices import DocumentRow
from functions.ordering.domain.orders import OrderDocument
from functions.ordering.schemas.addresses import EXAMPLE_ADDRESS, Address, PostalAddress, postal_address
from functions.ordering.schemas.invoices import IssuedDocument
from functions.ordering.schemas.shipments import Shipment
from functions.ordering.schemas.timeline import AdminTimelineEntry, TimelineEntry
from shared.contexts.ordering.order_status import FulfilmentStatus, OrderPaymentStatus, OrderState, OrderStatus
from shared.web import RequestModel, ResponseModel, Version
from shared.web.bulk import BulkIds

Status = Annotated[OrderStatus, Field(description="One word for state, payment_status and fulfilment_status")]


class NewOrder(RequestModel):
    """Which checkout becomes an order."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"checkout_id": "01990000-0000-7000-8000-000000000002"}]})

    checkout_id: UUID


class OrderCancellation(RequestModel):
    """Why the customer does not want it any more; for the shop."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Ordered by mistake"}]})

    reason: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class OrderChange(RequestModel):
    """The new status of an order. The reason is stored in its timeline, for administrators."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "shipped", "version": 2, "reason": "handed to the carrier"}]}
    )

    status: OrderStatus
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class BulkStatus(StrEnum):
    """How far several orders can be moved at once."""

    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class OrderBulkChange(RequestModel):
    """The new status of several orders. The reason is stored in the timeline of each."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "ids": ["01990000-0000-7000-8000-000000000003", "01990000-0000-7000-8000-000000000004"],
                    "status": "shipped",
                    "reason": "handed to the carrier",
                }
            ]
        }
    )

    ids: BulkIds
    status: BulkStatus
    reason: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class OrderAddressCorrection(RequestModel):
    """Where an order is to be delivered instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"address": EXAMPLE_ADDRESS, "version": 2}]})

    address: Address
    version: Version


class OrderItem(ResponseModel):
    id: UUID
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    product_slug: Annotated[str | None, Field(description="Where the product is now; null where it is not sold")]
    image_url: Annotated[str | None, Field(description="What the variant looks like now")]
    requires_shipping: bool
    quantity: int
    unit_amount: int
    amount: Annotated[int, Field(description="Quantity times unit price")]
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: Annotated[int, Field(description="1900 are 19 %")]
    total_amount: Annotated[int, Field(description="What is paid for the line: discount taken off, tax included")]
    refunded_quantity: Annotated[int, Field(description="Units that are refunded, or about to be")]
    handed_over_quantity: Annotated[int, Field(description="Units that were shipped, or whose files were downloaded")]
    remaining_quantity: Annotated[int, Field(description="Units that are still to be shipped, or downloaded")]


class OrderCoupon(ResponseModel):
    """A coupon that was redeemed, and what it took off."""

    code: str
    discount_amount: Annotated[int, Field(description="Taken off the items")]
    shipping_discount_amount: Annotated[int, Field(description="Taken off the shipping")]


class OrderPaymentMethod(ResponseModel):
    """What an order was paid with."""

    type: Annotated[str, Field(description="The provider's word: card, alipay, wechat_pay, ...", examples=["card"])]
    brand: Annotated[str | None, Field(description="Of a card", examples=["visa"])] = None
    last4: Annotated[str | None, Field(description="Of a card's number", examples=["4242"])] = None
    wallet: Annotated[str | None, Field(description="The phone's wallet that a card is in", examples=["apple_pay"])] = (
        None
    )


class OrderPayment(ResponseModel):
    """The payment of an order, as `GET /api/v1/payments/{id}` has it."""

    id: UUID
    status: Annotated[
        str,
        Field(
            description="requires_payment, requires_action, processing, failed (the last attempt), succeeded,"
            " partially_refunded or refunded",
            examples=["succeeded"],
        ),
    ]
    method: Annotated[OrderPaymentMethod | None, Field(description="Null until the provider has told")]


class OrderSummary(ResponseModel):
    """An order in a list."""

    id: UUID
    number: str
    status: Status
    state: OrderState
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    total_amount: int
    item_count: int
    created_at: datetime


class AdminOrderSummary(OrderSummary):
    user_id: UUID | None
    email: str


class _OrderBase(ResponseModel):
    id: UUID
    number: str
    status: Status
    state: OrderState
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus
    version: int
    email: str
    currency: str
    items: list[OrderItem]
    coupons: list[OrderCoupon]
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    prices_include_tax: Annotated[bool, Field(description="Whether tax is part of the other amounts, or comes on top")]
    shipping_method: str | None
    shipping_address: Annotated[PostalAddress | None, Field(description="Null where there is nothing to ship")]
    billing_address: Annotated[PostalAddress | None, Field(description="Null where it is the shipping address")]
    shipments: list[Shipment]
    checkout_id: UUID
    payment: Annotated[OrderPayment | None, Field(description="Null until one is opened, or where nothing is paid")]
    payable_until: Annotated[datetime | None, Field(description="Until when its stock is reserved; null once settled")]
    created_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None


class Order(_OrderBase):
    """One order as its customer sees it."""

    timeline: list[TimelineEntry]

    @classmethod
    def of(cls, document: OrderDocument) -> Order:
        return cls(**_base(document), timeline=[TimelineEntry.of(entry) for entry in document.timeline])


class PlacedOrder(Order):
    """The new order; a guest comes back to it with `GET /api/v1/orders/{id}?token=...`."""

    token: Annotated[str | None, Field(description="A guest's key to the order, good for 180 days; null for customers")]

    @classmethod
    def of(cls, document: OrderDocument) -> PlacedOrder:
        timeline = [TimelineEntry.of(entry) for entry in document.timeline]
        return cls(**_base(document), timeline=timeline, token=document.link_token)


class AdminOrder(_OrderBase):
    """One order as the administrator sees it."""

    user_id: UUID | None
    payment_intent_id: str | None
    timeline: list[AdminTimelineEntry]
    moves: Annotated[list[OrderStatus], Field(description="The statuses that it can be set to by hand")]
    documents: Annotated[list[IssuedDocument], Field(description="Its invoice and credit notes, as far as issued")]

    @classmethod
    def of(cls, document: OrderDocument, documents: Iterable[DocumentRow]) -> AdminOrder:
        return cls(
            **_base(document),
            user_id=document.row.user_id,
            payment_intent_id=document.row.payment_intent_id,
            timeline=[AdminTimelineEntry.of(entry) for entry in document.timeline],
            moves=document.moves,
            documents=[IssuedDocument.of(issued) for issued in documents],
        )


_COMPUTED: Final = frozenset(
    {"items", "coupons", "payable_until", "shipments", "shipping_address", "billing_address", "payment"}
)


def _base(document: OrderDocument) -> dict[str, object]:
    row = document.row
    names = (name for name in _OrderBase.model_fields if name not in _COMPUTED)
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
                product_slug=item.product_slug,
                image_url=item.image_url,
                requires_shipping=item.requires_shipping,
                quantity=item.quantity,
                unit_amount=item.unit_amount,
                amount=item.quantity * item.unit_amount,
                discount_amount=item.discount_amount,
                tax_amount=item.tax_amount,
                tax_rate_basis_points=item.tax_rate_basis_points,
                total_amount=item.total_amount,
                refunded_quantity=item.refunded,
                handed_over_quantity=item.handed_over,
                remaining_quantity=item.remaining,
            )
            for item in document.items
        ],
        "shipments": [Shipment.of(shipment) for shipment in document.shipments],
        "payable_until": row.payable_until if row.status == OrderStatus.PENDING else None,
        "payment": OrderPayment.model_validate(row.payment) if row.payment else None,
        "coupons": [OrderCoupon.model_validate(each) for each in row.coupons],
        "shipping_address": postal_address(row.shipping_address),
        "billing_address": postal_address(row.billing_address),
    }
