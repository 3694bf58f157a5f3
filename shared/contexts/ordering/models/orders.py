"""Tables of ordering: carts, priced checkouts, orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.catalog.models.products import Product, Variant
from shared.contexts.identity.models.accounts import User
from shared.tables.base import Amount, Base, Currency, Id, Instant, Now, reference

_TOTAL = (
    "total_amount = subtotal_amount + shipping_amount - discount_amount"
    " + CASE WHEN prices_include_tax THEN 0 ELSE tax_amount END"
)
_LINE_TOTAL = (
    "total_amount IN (quantity * unit_amount - discount_amount, quantity * unit_amount - discount_amount + tax_amount)"
    " AND discount_amount BETWEEN 0 AND quantity * unit_amount AND tax_amount >= 0"
)


class Cart(Base):
    """A customer has one; a guest's is known by a signed token that names it."""

    __tablename__ = "carts"
    __table_args__ = (
        UniqueConstraint("user_id"),
        Index("ix_carts_expires_at", "expires_at", postgresql_where=text("user_id IS NULL")),
        Index("ix_carts_idle", "updated_at", postgresql_where=text("user_id IS NOT NULL AND abandoned_at IS NULL")),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="CASCADE"))
    currency: Mapped[str | None] = mapped_column(String(3))
    """That of its first item; null while it is empty."""
    expires_at: Mapped[Instant | None]
    abandoned_at: Mapped[Instant | None]
    """When a customer's cart was marked as abandoned; null again as soon as it changes."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class CartItem(Base):
    __tablename__ = "cart_items"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity"),
    )

    id: Mapped[Id]
    cart_id: Mapped[UUID] = mapped_column(reference(Cart.id, on_delete="CASCADE"))
    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id, on_delete="CASCADE"))
    quantity: Mapped[int]
    price_at_time: Mapped[Amount]
    """Unit price when it was added; a change since is reported on the cart."""
    created_at: Mapped[Now]


class Checkout(Base):
    """A cart, priced, with its stock reserved for a while. Becomes at most one order."""

    __tablename__ = "checkouts"
    __table_args__ = (
        Index("uq_checkouts_open_cart", "cart_id", unique=True, postgresql_where=text("status = 'open'")),
        Index("ix_checkouts_cart", "cart_id"),
        Index("ix_checkouts_user", "user_id", postgresql_where=text("user_id IS NOT NULL")),
        # Of who did not buy (`shared.contexts.ordering.personal_data`).
        Index(
            "ix_checkouts_unbought",
            "id",
            postgresql_where=text("status IN ('expired', 'abandoned') AND email NOT LIKE '%@erased.invalid'"),
        ),
        Index("ix_checkouts_guest_email", text("lower(email)"), postgresql_where=text("user_id IS NULL")),
        Index("ix_checkouts_expires_at", "expires_at", postgresql_where=text("status IN ('open', 'ordered')")),
        CheckConstraint("status IN ('open', 'ordered', 'paid', 'expired', 'abandoned')", name="status"),
        CheckConstraint(_TOTAL, name="total"),
        CheckConstraint("total_amount >= 0", name="total_amount"),
    )

    id: Mapped[Id]
    cart_id: Mapped[UUID]
    """Not a foreign key: carts are deleted, checkouts are retained."""
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    email: Mapped[str] = mapped_column(String(254))
    currency: Mapped[Currency]
    subtotal_amount: Mapped[Amount]
    shipping_amount: Mapped[Amount]
    tax_amount: Mapped[Amount]
    discount_amount: Mapped[Amount]
    total_amount: Mapped[Amount]
    prices_include_tax: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether `tax_amount` is part of the other amounts, or comes on top of them."""
    shipping_tax_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    """The part of `tax_amount` that is for shipping; the rest stands on the lines."""
    shipping_tax_rate_basis_points: Mapped[int | None]
    """Null in rows from before it was recorded."""
    shipping_rate_id: Mapped[UUID | None]
    shipping_method: Mapped[str | None] = mapped_column(String(100))
    """The name of the rate, as it was; null where nothing is shipped, or where there are no rates."""
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Null where there is nothing to ship."""
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Whom to invoice; null where it is the shipping address."""
    language: Mapped[str] = mapped_column(String(35), server_default=text("'en'"))
    """What the buyer wants to be written to in (BCP 47)."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'open'"))
    """open: stock reserved; ordered: an order waits for its payment; paid: stock sold; expired, abandoned: released."""
    reserved_at: Mapped[Now]
    """Since when the stock is reserved: that of the checkout which this one replaced in time, whose time it has."""
    extended_at: Mapped[Instant | None]
    """When a payment was opened, which extends the time once; that of the replaced checkout, as `reserved_at`."""
    expires_at: Mapped[Instant]
    created_at: Mapped[Now]


class CheckoutLine(Base):
    """What was priced, as it was: later changes of the product do not reach it."""

    __tablename__ = "checkout_lines"
    __table_args__ = (UniqueConstraint("checkout_id", "variant_id"), CheckConstraint(_LINE_TOTAL, name="total"))

    id: Mapped[Id]
    checkout_id: Mapped[UUID] = mapped_column(reference(Checkout.id, on_delete="CASCADE"))
    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id))
    product_id: Mapped[UUID] = mapped_column(reference(Product.id))
    name: Mapped[str] = mapped_column(String(255))
    variant_title: Mapped[str] = mapped_column(String(800))
    sku: Mapped[str | None] = mapped_column(String(255))
    quantity: Mapped[int]
    unit_amount: Mapped[Amount]
    discount_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    tax_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    tax_rate_basis_points: Mapped[int] = mapped_column(server_default=text("0"))
    total_amount: Mapped[Amount]
    """What is paid for the whole line: its discount taken off, its tax included."""


class Order(Base):
    """Its number is for people: unique, not guessable.

    Partitioned by the months of the ids, which are UUIDv7 (`extend_order_partitions` makes them), so that only what is
    unique with the id can be unique here. What orders are looked up by is in `OrderKey`, too. Lists go by id.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_status", "status", "id"),
        Index("ix_orders_total", "currency", "total_amount", "id"),
        Index(
            "ix_orders_unfulfilled",
            "id",
            postgresql_where=text(
                "state = 'open' AND fulfilment_status = 'unfulfilled' AND payment_status IN ('paid',"
                " 'partially_refunded')"
            ),
        ),
        Index(
            "ix_orders_in_progress",
            "id",
            postgresql_where=text(
                "state = 'open' AND fulfilment_status IN ('processing', 'partially_shipped')"
                " AND payment_status IN ('paid', 'partially_refunded')"
            ),
        ),
        Index(
            "ix_orders_partially_refunded",
            "id",
            postgresql_where=text("payment_status = 'partially_refunded' AND state <> 'cancelled'"),
        ),
        CheckConstraint(
            "status IN ('pending', 'paid', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded',"
            " 'partially_refunded')",
            name="status",
        ),
        CheckConstraint("state IN ('open', 'completed', 'cancelled')", name="state"),
        CheckConstraint(
            "payment_status IN ('unpaid', 'paid', 'partially_refunded', 'refunded')", name="payment_status"
        ),
        CheckConstraint(
            "fulfilment_status IN ('unfulfilled', 'processing', 'partially_shipped', 'shipped', 'delivered')",
            name="fulfilment_status",
        ),
        CheckConstraint(_TOTAL, name="total"),
        {"postgresql_partition_by": "RANGE (id)"},
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(20))
    checkout_id: Mapped[UUID] = mapped_column(reference(Checkout.id))
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    """One word for the three states; a trigger of the table writes it whenever one of them changes."""
    state: Mapped[str] = mapped_column(String(20), server_default=text("'open'"))
    payment_status: Mapped[str] = mapped_column(String(20), server_default=text("'unpaid'"))
    fulfilment_status: Mapped[str] = mapped_column(String(20), server_default=text("'unfulfilled'"))
    requires_shipping: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether any of its lines was to be shipped when it was placed."""
    currency: Mapped[Currency]
    subtotal_amount: Mapped[Amount]
    shipping_amount: Mapped[Amount]
    tax_amount: Mapped[Amount]
    discount_amount: Mapped[Amount]
    total_amount: Mapped[Amount]
    prices_include_tax: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether `tax_amount` is part of the other amounts, or comes on top of them."""
    shipping_tax_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    """The part of `tax_amount` that is for shipping; the rest stands on the lines."""
    shipping_tax_rate_basis_points: Mapped[int | None]
    """Null in rows from before it was recorded."""
    shipping_method: Mapped[str | None] = mapped_column(String(100))
    """The name of the rate, as it was; null where nothing is shipped, or where there are no rates."""
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Null where there is nothing to ship."""
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Whom to invoice; null where it is the shipping address."""
    language: Mapped[str] = mapped_column(String(35), server_default=text("'en'"))
    """What the buyer wants to be written to in (BCP 47)."""
    payment_intent_id: Mapped[str | None] = mapped_column(String(255))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    paid_at: Mapped[Instant | None]
    cancelled_at: Mapped[Instant | None]
    created_at: Mapped[Instant] = mapped_column(Computed("uuid_extract_timestamp(id)", persisted=True))
    updated_at: Mapped[Now]


class OrderKey(Base):
    """What is unique over all months of orders, and by whom they are found; written by the statement that makes the
    order. A statement that names ids reads their months only; one that does not is planned for every month.
    """

    __tablename__ = "order_keys"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("checkout_id"),
        # Numbers that begin so: in the order of bytes, whatever the database's own is.
        Index("ix_order_keys_number", "number", postgresql_ops={"number": "varchar_pattern_ops"}),
        Index("ix_order_keys_user", "user_id", "order_id"),
        Index("ix_order_keys_email", text("lower(email)"), "order_id"),
    )

    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    checkout_id: Mapped[UUID]
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    email: Mapped[str] = mapped_column(String(254))


class OrderItem(Base):
    __tablename__ = "order_items"
    __table_args__ = (
        Index("ix_order_items_order", "order_id"),
        Index("ix_order_items_product", "product_id", "order_id"),
        CheckConstraint(_LINE_TOTAL, name="total"),
    )

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"))
    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id))
    product_id: Mapped[UUID] = mapped_column(reference(Product.id))
    name: Mapped[str] = mapped_column(String(255))
    variant_title: Mapped[str] = mapped_column(String(800))
    sku: Mapped[str | None] = mapped_column(String(255))
    quantity: Mapped[int]
    unit_amount: Mapped[Amount]
    discount_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    tax_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    tax_rate_basis_points: Mapped[int] = mapped_column(server_default=text("0"))
    total_amount: Mapped[Amount]
    """What is paid for the whole line: its discount taken off, its tax included."""
    requires_shipping: Mapped[bool] = mapped_column(server_default=text("true"))
    """As the variant said when the order was placed."""
    refunded_quantity: Mapped[int] = mapped_column(server_default=text("0"))
    """Units whose refund arrived, and with the next what was refunded for them. Counted here, too, so that reports need
    not look at every refund."""
    refunded_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    created_at: Mapped[Now]


class OrderStatusChange(Base):
    """The order's timeline, append-only."""

    __tablename__ = "order_status_changes"
    __table_args__ = (Index("ix_order_status_changes_order", "order_id", "id"),)

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"))
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(60))
    """`customer`, `system`, `payment`, or `admin:<user id>`."""
    reason: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]
