"""Tables of ordering after the sale: shipments, returns, invoices, credit notes, notices of abandoned carts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.ordering.models.orders import Cart, Order, OrderItem
from shared.tables.base import Amount, Base, Id, Instant, Now, reference


class Shipment(Base):
    """A parcel that left. The units of all shipments of a line never exceed what was ordered."""

    __tablename__ = "shipments"
    __table_args__ = (
        Index("ix_shipments_order", "order_id", "id"),
        CheckConstraint("status IN ('shipped', 'delivered')", name="status"),
        CheckConstraint("(status = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_at"),
    )

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"))
    carrier: Mapped[str] = mapped_column(String(20))
    tracking_number: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20), server_default=text("'shipped'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    actor: Mapped[str] = mapped_column(String(60))
    """Who sent it: `admin:<user id>`."""
    delivered_at: Mapped[Instant | None]
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class ShipmentLine(Base):
    """Units of an order's line in a shipment."""

    __tablename__ = "shipment_lines"
    __table_args__ = (
        Index("ix_shipment_lines_order_item", "order_item_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    shipment_id: Mapped[UUID] = mapped_column(reference(Shipment.id, on_delete="CASCADE"), primary_key=True)
    order_item_id: Mapped[UUID] = mapped_column(reference(OrderItem.id, on_delete="CASCADE"), primary_key=True)
    quantity: Mapped[int]


class Return(Base):
    """Units that a customer sends back. Those of all returns that were not refused never exceed what was delivered."""

    __tablename__ = "returns"
    __table_args__ = (
        Index("ix_returns_order", "order_id", "id"),
        Index("ix_returns_status", "status", "id"),
        UniqueConstraint("refund_request_id"),
        CheckConstraint("status IN ('requested', 'approved', 'rejected', 'received', 'refunded')", name="status"),
    )

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"))
    status: Mapped[str] = mapped_column(String(20), server_default=text("'requested'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    note: Mapped[str | None] = mapped_column(String(1000))
    """What the customer says."""
    decision_note: Mapped[str | None] = mapped_column(String(1000))
    """The shop's note to the customer."""
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[Instant | None]
    received_by: Mapped[str | None] = mapped_column(String(60))
    received_at: Mapped[Instant | None]
    refund_request_id: Mapped[UUID | None]
    """The refund request sent to payments; null where nothing was paid for the units."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class ReturnLine(Base):
    """Units of an order's line in a return."""

    __tablename__ = "return_lines"
    __table_args__ = (
        Index("ix_return_lines_order_item", "order_item_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("refund_amount >= 0", name="refund_amount"),
    )

    return_id: Mapped[UUID] = mapped_column(reference(Return.id, on_delete="CASCADE"), primary_key=True)
    order_item_id: Mapped[UUID] = mapped_column(reference(OrderItem.id, on_delete="CASCADE"), primary_key=True)
    quantity: Mapped[int]
    reason: Mapped[str] = mapped_column(String(30))
    restocked: Mapped[bool | None]
    """Whether the units went back on the shelf; null until they are here."""
    refund_amount: Mapped[Amount | None]
    """Refunded for them, tax included; null until they are received."""


class Invoice(Base):
    """The invoice of an order, numbered without gaps within its year. A trigger refuses every change of what was
    issued, but for the erasure of the buyer.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("year", "sequence"),
        CheckConstraint("(contents IS NULL) = (buyer IS NULL)", name="contents"),
    )

    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"), primary_key=True)
    year: Mapped[int]
    sequence: Mapped[int]
    issued_at: Mapped[Now]
    issued_on: Mapped[date] = mapped_column(server_default=text("(now() AT TIME ZONE 'UTC')::date"))
    """The day of the shop's time zone. The default is for the version before, which knows UTC only."""
    contents: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """All that stands on it, but for number, day and buyer (`shared.contexts.ordering.tax_documents`). Null for one
    from before this was written down, until it is read."""
    buyer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Address and e-mail of the buyer; its credit notes name the same."""


class InvoiceSeries(Base):
    """The last number of a year. Its row is locked by who takes the next one, so that none is lost."""

    __tablename__ = "invoice_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_sequence: Mapped[int]


class CreditNote(Base):
    """What a refund takes off an invoice; issued once, as an invoice is, and never changed."""

    __tablename__ = "credit_notes"
    __table_args__ = (
        UniqueConstraint("refund_id"),
        UniqueConstraint("year", "sequence"),
        Index("ix_credit_notes_order", "order_id", "id"),
    )

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Invoice.order_id))
    refund_id: Mapped[UUID]
    """Not a foreign key: refunds are payments', which stands above ordering."""
    year: Mapped[int]
    sequence: Mapped[int]
    issued_on: Mapped[date]
    issued_at: Mapped[Now]
    contents: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CreditNoteSeries(Base):
    """As `InvoiceSeries`, of credit notes."""

    __tablename__ = "credit_note_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_sequence: Mapped[int]


class CartNotice(Base):
    """That a customer was reminded of a cart, once for what was in it."""

    __tablename__ = "cart_notices"

    cart_id: Mapped[UUID] = mapped_column(reference(Cart.id, on_delete="CASCADE"), primary_key=True)
    content: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A hash of variants and quantities."""
    created_at: Mapped[Now]
