"""Tables of ordering after the sale: shipments, returns, invoices, notices of abandoned carts."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Amount, Base, Id, Instant, Now, reference
from shared.models.ordering import Cart, Order, OrderItem


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
    """What the shop tells the customer."""
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[Instant | None]
    received_by: Mapped[str | None] = mapped_column(String(60))
    received_at: Mapped[Instant | None]
    refund_request_id: Mapped[UUID | None]
    """Under which payments was asked to give the money back; null where nothing was paid for the units."""
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
    """What goes back for them, tax included; null until they are here."""


class Invoice(Base):
    """The number under which an order was invoiced, given once, without gaps within its year."""

    __tablename__ = "invoices"
    __table_args__ = (UniqueConstraint("year", "sequence"),)

    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"), primary_key=True)
    year: Mapped[int]
    sequence: Mapped[int]
    issued_at: Mapped[Now]


class InvoiceSeries(Base):
    """The last number of a year. Its row is locked by who takes the next one, so that none is lost."""

    __tablename__ = "invoice_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_sequence: Mapped[int]


class CartNotice(Base):
    """That a customer was reminded of a cart, once for what was in it."""

    __tablename__ = "cart_notices"

    cart_id: Mapped[UUID] = mapped_column(reference(Cart.id, on_delete="CASCADE"), primary_key=True)
    content: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A hash of variants and quantities."""
    created_at: Mapped[Now]
