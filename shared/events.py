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
    """What the public sees of a product (page, price, stock, reviews) is not what it was; drives wishes and purges."""

    source = "sharestack.catalog"

    product_id: UUID
    deleted: bool = False


class CategoryChanged(DomainEvent):
    """A category was made, renamed, moved or deleted; it stands in the tree, in lists and on its products' pages."""

    source = "sharestack.catalog"

    category_id: UUID
    deleted: bool = False


class ProductExportRequested(DomainEvent):
    """Somebody waits for the files of an export."""

    source = "sharestack.catalog"

    export_id: UUID


class MediaReady(DomainEvent):
    """An uploaded picture can be shown."""

    source = "sharestack.media"

    media_id: UUID
    purpose: str
    url: str
    width: int
    height: int


class MediaRejected(DomainEvent):
    """What was uploaded is no picture that can be shown; `reason` is a code."""

    source = "sharestack.media"

    media_id: UUID
    purpose: str
    reason: str


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
    """Carries what a confirmation needs, so that its reader asks nobody. Amounts are in minor units.

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
    source = "sharestack.ordering"

    order_id: UUID
    number: str
    before: str
    after: str


class OrderDelivery(BaseModel):
    """Units of a line in one shipment."""

    model_config = ConfigDict(frozen=True)

    name: str
    quantity: int


class OrderShipped(DomainEvent):
    """A shipment left; there may be several of an order. Carries what the mail tells."""

    source = "sharestack.ordering"

    order_id: UUID
    shipment_id: UUID
    number: str
    email: str
    language: str = "en"
    carrier: str
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
    """Units of an order's line for which money goes back; `amount` is what was paid for them, tax included."""

    model_config = ConfigDict(frozen=True)

    order_item_id: UUID
    quantity: int
    amount: int


class RefundRequested(DomainEvent):
    """Ordering asks payments to give money back: a cancelled order, an accepted return. Acted on once per request."""

    source = "sharestack.ordering"

    request_id: UUID
    order_id: UUID
    amount: int
    """Minor units, shipping included where it goes back as well."""
    currency: str
    reason: str
    """`cancelled` or `returned`."""
    lines: list[RefundLine]


class OrderRefunded(DomainEvent):
    """The provider gave money back for an order. Carries what the mail tells."""

    source = "sharestack.payments"

    order_id: UUID
    refund_id: UUID
    number: str
    email: str
    language: str = "en"
    amount: int
    currency: str
    in_full: bool
    """Whether with this all that was paid has gone back."""


class ReturnDecided(DomainEvent):
    """A return was approved or refused."""

    source = "sharestack.ordering"

    return_id: UUID
    order_id: UUID
    number: str
    email: str
    language: str = "en"
    approved: bool
    note: str | None
    """What the shop tells the customer."""


class CartAbandoned(DomainEvent):
    """A customer who agreed to such mails left a cart. Told once per cart and content."""

    source = "sharestack.ordering"

    cart_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    currency: str
    total_amount: int
    lines: list[OrderLine]


class BackInStock(DomainEvent):
    """Something that a customer wished for can be bought again. One event for each customer."""

    source = "sharestack.catalog"

    user_id: UUID
    email: str
    language: str = "en"
    product_id: UUID
    slug: str
    name: str


class PriceDropped(DomainEvent):
    """Something that a customer wished for costs less. One event for each customer."""

    source = "sharestack.catalog"

    user_id: UUID
    email: str
    language: str = "en"
    product_id: UUID
    slug: str
    name: str
    currency: str
    before_amount: int
    after_amount: int


class StockLow(DomainEvent):
    """A variant's stock fell to its threshold or below; told once until it is above again."""

    source = "sharestack.catalog"

    variant_id: UUID
    product_id: UUID
    name: str
    sku: str | None
    available: int
    threshold: int


class EmailVerificationRequested(DomainEvent):
    """An address wants to be proven. The mail's link is made by its sender: no secret is put on the bus."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class PasswordResetRequested(DomainEvent):
    """Somebody who says that they own the account cannot sign in. The mail's link is made by its sender."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class PasswordResetUnmatched(DomainEvent):
    """Somebody asked for a new password for an address without an active account. Nobody is told: it is there so that
    asking takes the same work whether or not there is an account.
    """

    source = "sharestack.identity"

    request_id: UUID


class PersonalDataExportRequested(DomainEvent):
    """Somebody waits for a copy of everything about them."""

    source = "sharestack.identity"

    export_id: UUID
    user_id: UUID


class PersonalDataExported(DomainEvent):
    """The copy is there. Carries what the mail tells, which leads to a page of the shop and not to the file."""

    source = "sharestack.identity"

    export_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class AccountErasureRequested(DomainEvent):
    """An account ends on a date, unless the link of the mail is used. The mail's link is made by its sender."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    due_at: datetime


class AccountErasurePostponed(DomainEvent):
    """An account was due to end, and something of it is not settled."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"
    waits_for: str
    """`payment`, `delivery`, `return`, `refund` or `dispute`."""
    due_at: datetime
    """When it is tried next."""


class AccountErased(DomainEvent):
    """Nothing here tells any more who the user was; outside systems shall forget them as well."""

    source = "sharestack.identity"

    user_id: UUID


class DisputeOpened(DomainEvent):
    """A customer's bank asks for its money back; evidence is due by a date."""

    source = "sharestack.payments"

    dispute_id: UUID
    payment_id: UUID
    order_id: UUID | None
    amount: int
    currency: str
    reason: str
    evidence_due_at: datetime | None


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
