"""Events of ordering: orders, shipments, returns, carts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.events import DomainEvent


class OrderPlaced(DomainEvent):
    source = "sharestack.ordering"

    order_id: UUID
    number: str


class SiteChanged(DomainEvent):
    """What the operator says about the shop, or a legal text, is not what it was; drives purges."""

    source = "sharestack.ordering"


class OrderLine(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    quantity: int
    unit_amount: int
    """Minor units of the order's currency."""


class OrderPaid(DomainEvent):
    """Carries what a confirmation needs, so that its consumer reads nothing else. Amounts are in minor units.

    The total is that of the lines, less the discount, with shipping, and with the tax unless prices include it.
    """

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
    discount_amount: int = 0
    shipping_amount: int = 0
    tax_amount: int = 0
    prices_include_tax: bool = False


class OrderStatusChanged(DomainEvent):
    """One of the order's three states changed; the word for them may be the same before and after."""

    source = "sharestack.ordering"

    order_id: UUID
    number: str
    before: str
    after: str
    state: str | None = None
    """`open`, `completed` or `cancelled`; null, as the two others, in events from before there were three states."""
    payment_status: str | None = None
    fulfilment_status: str | None = None


class OrderDelivery(BaseModel):
    """Units of a line in one shipment."""

    model_config = ConfigDict(frozen=True)

    name: str
    quantity: int


class OrderShipped(DomainEvent):
    """A shipment left; there may be several of an order. Carries the contents of the mail."""

    source = "sharestack.ordering"

    order_id: UUID
    shipment_id: UUID
    number: str
    email: str
    language: str = "en"
    carrier: str
    carrier_name: str = ""
    """As people know it; empty for one that the shop did not name."""
    tracking_number: str | None
    tracking_url: str | None
    lines: list[OrderDelivery]
    complete: bool
    """Whether nothing of the order is left to ship."""


class OrderDelivered(DomainEvent):
    """The last of the order's shipments arrived."""

    source = "sharestack.ordering"

    order_id: UUID
    number: str
    email: str
    language: str = "en"
    user_id: UUID | None
    delivered_at: datetime


class RefundLine(BaseModel):
    """Units of an order's line that are refunded; `amount` is what was paid for them, tax included."""

    model_config = ConfigDict(frozen=True)

    order_item_id: UUID
    quantity: int
    amount: int


class RefundRequested(DomainEvent):
    """Requests a refund from payments: for a cancelled order, or an accepted return. Handled once per request."""

    source = "sharestack.ordering"

    request_id: UUID
    order_id: UUID
    amount: int
    """Minor units, with shipping if that is refunded as well."""
    currency: str
    reason: str
    """`cancelled` or `returned`."""
    lines: list[RefundLine]


class ReturnDecided(DomainEvent):
    """A return was approved or rejected."""

    source = "sharestack.ordering"

    return_id: UUID
    order_id: UUID
    number: str
    email: str
    language: str = "en"
    approved: bool
    note: str | None
    """The shop's note to the customer."""


class CartAbandoned(DomainEvent):
    """A customer who agreed to marketing abandoned a cart. Sent once per cart and contents."""

    source = "sharestack.ordering"

    cart_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    currency: str
    total_amount: int
    lines: list[OrderLine]
