"""An order with its lines, its shipments and its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from functions.ordering.domain.shipments import ShipmentRow
from functions.ordering.domain.timeline import TimelineEntryRow
from shared.contexts.ordering import order_links
from shared.contexts.ordering.order_status import (
    FulfilmentStatus,
    OrderPaymentStatus,
    OrderState,
    OrderStates,
    OrderStatus,
    moves,
)


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order, beside what its checkout and its coupons say of it."""

    id: UUID
    number: str
    user_id: UUID | None
    email: str
    language: str
    status: str
    state: str
    payment_status: str
    fulfilment_status: str
    requires_shipping: bool
    currency: str
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    prices_include_tax: bool
    shipping_tax_amount: int
    shipping_tax_rate_basis_points: int | None
    shipping_method: str | None
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    payment_intent_id: str | None
    version: int
    created_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None
    checkout_id: UUID
    payable_until: datetime
    has_shipments: bool
    has_downloads: bool
    coupons: list[dict[str, Any]]
    """The redemptions of its checkout."""
    payment: dict[str, Any] | None
    """`id`, `status` and `method` of the payment of its checkout; None until one is opened."""

    @property
    def invoice_address(self) -> dict[str, Any] | None:
        """Whom to invoice: who it is delivered to, unless the buyer said otherwise."""
        return self.billing_address or self.shipping_address


@dataclass(frozen=True, slots=True)
class OrderItemRow:
    id: UUID
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: int
    total_amount: int
    requires_shipping: bool
    refunded: int
    """Units that are refunded or about to be."""
    handed_over: int
    """Units that were shipped, or whose files were downloaded."""
    remaining: int
    """Units that are still to be handed over."""
    product_slug: str | None
    """None where it is no longer sold."""
    image_url: str | None


class OrderSort(StrEnum):
    """Orders of lists of orders; the id decides between equals. Totals are compared within one currency."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TOTAL = "total"
    TOTAL_DESCENDING = "-total"

    @property
    def is_by_total(self) -> bool:
        return self in (OrderSort.TOTAL, OrderSort.TOTAL_DESCENDING)

    @property
    def is_ascending(self) -> bool:
        return self in (OrderSort.OLDEST, OrderSort.TOTAL)


@dataclass(frozen=True, slots=True)
class OrderFilters:
    """Conditions of a list of orders; None is no condition."""

    user_id: UUID | None = None
    status: str | None = None
    email: str | None = None
    number: str | None = None
    """Its beginning, in upper case."""
    product_id: UUID | None = None
    currency: str | None = None
    total_from: int | None = None
    """Minor units of `currency`, as the next, which is included as well."""
    total_to: int | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderPosition:
    """Where a page begins: behind this order, as its list is sorted. `total_amount` is that of a list by total."""

    id: UUID
    total_amount: int | None = None


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """An order with its lines, its shipments and its timeline."""

    row: OrderDetail
    items: list[OrderItemRow]
    shipments: list[ShipmentRow]
    timeline: list[TimelineEntryRow]

    @property
    def moves(self) -> list[OrderStatus]:
        """The statuses that it can be set to by hand."""
        states = OrderStates(
            OrderState(self.row.state),
            OrderPaymentStatus(self.row.payment_status),
            FulfilmentStatus(self.row.fulfilment_status),
        )
        return moves(
            states,
            left_to_ship=any(item.remaining for item in self.items if item.requires_shipping),
            is_handed_over=self.row.has_shipments or self.row.has_downloads,
        )

    @property
    def link_token(self) -> str | None:
        """The token that opens a guest's order without an account; None for a customer's."""
        if self.row.user_id is not None:
            return None
        return order_links.encode(self.row.id, self.row.created_at)
