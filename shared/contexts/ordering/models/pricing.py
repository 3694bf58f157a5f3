"""Tables of ordering that make prices: coupons, shipping rates, tax rates, and who changed them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.ordering.models.orders import Cart, Checkout
from shared.tables.base import Amount, Base, Currency, Id, Instant, Now, reference


class Coupon(Base):
    """What a code takes off. A deleted one keeps its row, for the checkouts that redeemed it, and frees its code."""

    __tablename__ = "coupons"
    __table_args__ = (
        Index("uq_coupons_code", "code", unique=True, postgresql_where=text("deleted_at IS NULL")),
        CheckConstraint("code = upper(code)", name="code"),
        CheckConstraint(
            "CASE kind WHEN 'percentage' THEN percent_basis_points BETWEEN 1 AND 10000"
            " WHEN 'fixed' THEN amount > 0 AND currency IS NOT NULL"
            " WHEN 'buy_x_get_y' THEN buy_quantity > 0 AND get_quantity > 0"
            " ELSE kind = 'free_shipping' END",
            name="kind",
        ),
        CheckConstraint("minimum_subtotal_amount IS NULL OR currency IS NOT NULL", name="minimum_subtotal"),
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("total_limit > 0 AND per_customer_limit > 0", name="limits"),
        CheckConstraint("redeemed_count >= 0", name="redeemed_count"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40))
    """In upper case: a code is the same in any case."""
    description: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    kind: Mapped[str] = mapped_column(String(20))
    percent_basis_points: Mapped[int | None]
    amount: Mapped[Amount | None]
    buy_quantity: Mapped[int | None]
    get_quantity: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    """Of `amount` and of `minimum_subtotal_amount`; the coupon applies to carts of this currency only."""
    minimum_subtotal_amount: Mapped[Amount | None]
    starts_at: Mapped[Instant | None]
    ends_at: Mapped[Instant | None]
    total_limit: Mapped[int | None]
    per_customer_limit: Mapped[int | None]
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(UuidType), server_default=text("'{}'"))
    """With all that is below them. Without categories and products a coupon is for everything."""
    product_ids: Mapped[list[UUID]] = mapped_column(ARRAY(UuidType), server_default=text("'{}'"))
    is_combinable: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    redeemed_count: Mapped[int] = mapped_column(server_default=text("0"))
    """The redemptions that are not released: what `total_limit` limits."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    """Of the terms; a redemption does not move it."""
    deleted_at: Mapped[Instant | None]


class CartCoupon(Base):
    """A coupon that the customer entered; whether it applies is checked whenever the cart is priced."""

    __tablename__ = "cart_coupons"
    __table_args__ = (UniqueConstraint("cart_id", "coupon_id"),)

    id: Mapped[Id]
    cart_id: Mapped[UUID] = mapped_column(reference(Cart.id, on_delete="CASCADE"))
    coupon_id: Mapped[UUID] = mapped_column(reference(Coupon.id))


class CouponRedemption(Base):
    """A coupon's use by a checkout. Counts until it is released: the checkout ended, or its order was cancelled."""

    __tablename__ = "coupon_redemptions"
    __table_args__ = (UniqueConstraint("checkout_id", "coupon_id"),)

    id: Mapped[Id]
    checkout_id: Mapped[UUID] = mapped_column(reference(Checkout.id, on_delete="CASCADE"))
    coupon_id: Mapped[UUID] = mapped_column(reference(Coupon.id))
    code: Mapped[str] = mapped_column(String(40))
    customer: Mapped[str] = mapped_column(String(254))
    """The buyer's e-mail address, normalised: guests and accounts count together."""
    discount_amount: Mapped[Amount]
    shipping_discount_amount: Mapped[Amount]
    released_at: Mapped[Instant | None]
    created_at: Mapped[Now]


class CouponCustomer(Base):
    """How many redemptions of one customer are not released: what `per_customer_limit` limits."""

    __tablename__ = "coupon_customers"
    __table_args__ = (CheckConstraint("redeemed_count >= 0", name="redeemed_count"),)

    coupon_id: Mapped[UUID] = mapped_column(reference(Coupon.id), primary_key=True)
    customer: Mapped[str] = mapped_column(String(254), primary_key=True)
    redeemed_count: Mapped[int]


class ShippingZone(Base):
    """Where the same shipping rates hold. `*` among the countries is every country that no other zone names."""

    __tablename__ = "shipping_zones"
    __table_args__ = (
        Index("ix_shipping_zones_countries", "countries", postgresql_using="gin"),
        CheckConstraint("cardinality(countries) > 0", name="countries"),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(100))
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text))
    regions: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """In upper case; empty is all of them."""
    postal_prefixes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """In upper case, without spaces; empty is all of them."""
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class ShippingRate(Base):
    """What delivery to a zone costs in one currency: flat, or by bands of the parcel's weight or the goods' price."""

    __tablename__ = "shipping_rates"
    __table_args__ = (
        Index("ix_shipping_rates_zone", "zone_id", "id"),
        CheckConstraint(
            "CASE kind WHEN 'flat' THEN amount >= 0"
            " ELSE kind IN ('by_weight', 'by_subtotal') AND jsonb_array_length(bands) > 0 END",
            name="kind",
        ),
        CheckConstraint("min_days >= 0 AND max_days >= min_days", name="days"),
    )

    id: Mapped[Id]
    zone_id: Mapped[UUID] = mapped_column(reference(ShippingZone.id, on_delete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    currency: Mapped[Currency]
    amount: Mapped[Amount | None]
    bands: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """In order: `{"up_to": grams or minor units, null for no end, "amount": minor units}`."""
    free_from_amount: Mapped[Amount | None]
    """From this price of the goods on, after discounts, delivery costs nothing."""
    min_days: Mapped[int | None]
    max_days: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class TaxRate(Base):
    """The tax of one place: a country, or a region of it, which then stands for itself alone."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("country", "region"),
        CheckConstraint("rate_basis_points BETWEEN 0 AND 10000", name="rate_basis_points"),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(100), server_default=text("''"))
    """In upper case; empty is the whole country."""
    rate_basis_points: Mapped[int]
    prices_include_tax: Mapped[bool]
    shipping_taxable: Mapped[bool] = mapped_column(server_default=text("true"))
    category_rates: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """`{"category_id": ..., "rate_basis_points": ...}`: other rates for these categories and all below them."""
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
