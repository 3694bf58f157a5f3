"""Wishes of customers, each with the price and stock that its owner was last notified of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from shared.clients.database import Connection


class WishRow(NamedTuple):
    """A wished product as it is now. Amounts are minor units; `known_amount` is the lowest price that the customer was
    told, where its currency is the present one; `variant_id` that of a product with one variant.
    """

    product_id: UUID
    slug: str
    name: str
    currency: str
    price_min_amount: int
    on_sale: bool
    created_at: datetime
    image_url: str | None
    image_alt: str | None
    image_media: dict[str, Any] | None
    in_stock: bool
    known_amount: int | None
    variant_id: UUID | None


@dataclass(frozen=True, slots=True)
class WishOutcome:
    """Whether the product is on sale, and whether it is on the wishlist now."""

    on_sale: bool
    wished: bool


@dataclass(frozen=True, slots=True)
class WishChange:
    """A change that concerns one wish, and its owner; amounts are minor units of the currency after."""

    user_id: UUID
    email: str
    language: str
    consents: bool
    slug: str
    name: str
    currency: str
    same_currency: bool
    before_amount: int
    after_amount: int
    was_in_stock: bool
    is_in_stock: bool


# Not counting reservations: units that are promised may come back, and are still there.
_IN_STOCK: Final = """EXISTS (
    SELECT FROM variants v JOIN stock_levels s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND v.deleted_at IS NULL AND (s.on_hand > 0 OR s.allow_backorder)
)"""
_LIST: Final = """
WITH page AS MATERIALIZED (
    SELECT w.product_id, w.created_at, w.currency, w.price_amount FROM wishlist_items w
    WHERE w.user_id = %(user_id)s
      AND (%(at)s::timestamptz IS NULL OR (w.created_at, w.product_id) < (%(at)s::timestamptz, %(id)s::uuid))
    ORDER BY w.created_at DESC, w.product_id DESC LIMIT %(limit)s
)
SELECT p.id, p.slug, p.name, p.currency, p.price_min, p.is_active AND p.deleted_at IS NULL, w.created_at, i.url, i.alt,
       i.media, v.in_stock, CASE WHEN w.currency = p.currency THEN w.price_amount END, v.only
FROM page w JOIN products p ON p.id = w.product_id
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(NOT s.sold_out), false) AS in_stock,
           CASE WHEN count(*) = 1 THEN (array_agg(v.id))[1] END AS only
    FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND v.deleted_at IS NULL
) v
LEFT JOIN LATERAL (
    SELECT url, alt, media FROM product_images WHERE product_id = p.id ORDER BY position LIMIT 1
) i ON true
ORDER BY w.created_at DESC, w.product_id DESC
"""
_ADD: Final = f"""
WITH product AS (
    SELECT p.id, p.currency, p.price_min, {_IN_STOCK} AS in_stock
    FROM products p WHERE p.id = %(product_id)s AND p.is_active AND p.deleted_at IS NULL
), added AS (
    INSERT INTO wishlist_items (user_id, product_id, currency, price_amount, in_stock)
    SELECT %(user_id)s, id, currency, price_min, in_stock FROM product
    WHERE (SELECT count(*) FROM wishlist_items WHERE user_id = %(user_id)s) < %(most)s
    ON CONFLICT (user_id, product_id) DO NOTHING RETURNING product_id
)
SELECT EXISTS (SELECT FROM product) AS on_sale,
       EXISTS (SELECT FROM added) OR EXISTS (
           SELECT FROM wishlist_items WHERE user_id = %(user_id)s AND product_id = %(product_id)s) AS wished
"""
# The wishes that do not know the product as it is, some at a time, and what their owners may be told. Who does not
# agree to be told is up to date as well: consent given later is not about the past.
_CATCH_UP: Final = f"""
WITH product AS (
    SELECT p.id, p.slug, p.name, p.currency, p.price_min, {_IN_STOCK} AS in_stock
    FROM products p WHERE p.id = %(product_id)s AND p.is_active AND p.deleted_at IS NULL
), behind AS MATERIALIZED (
    SELECT w.user_id FROM product p JOIN wishlist_items w ON w.product_id = p.id
    WHERE w.user_id > %(after)s
      AND (w.in_stock <> p.in_stock OR w.currency <> p.currency OR w.price_amount > p.price_min)
    ORDER BY w.user_id LIMIT %(limit)s FOR UPDATE OF w
), known AS (
    UPDATE wishlist_items w
    SET in_stock = p.in_stock, currency = p.currency,
        price_amount = CASE WHEN w.currency = p.currency THEN least(w.price_amount, p.price_min) ELSE p.price_min END
    FROM behind b, product p WHERE w.user_id = b.user_id AND w.product_id = p.id
    RETURNING w.user_id, old.currency = new.currency AS same_currency, old.price_amount AS before_amount,
              new.price_amount AS after_amount, old.in_stock AS was_in_stock, new.in_stock AS is_in_stock
)
SELECT k.user_id, u.email, u.language, u.accepts_marketing AS consents, p.slug, p.name,
       p.currency, k.same_currency, k.before_amount, k.after_amount, k.was_in_stock, k.is_in_stock
FROM known k JOIN identity_contacts u ON u.id = k.user_id CROSS JOIN product p ORDER BY k.user_id
"""


def wishes(
    connection: Connection, user_id: UUID, *, limit: int, after: tuple[datetime, UUID] | None
) -> Sequence[WishRow]:
    """The customer's, latest first, beginning after the one with these sort values."""
    at, product_id = after if after is not None else (None, None)
    parameters = {"user_id": user_id, "at": at, "id": product_id, "limit": limit}
    with connection.cursor(row_factory=args_row(WishRow)) as cursor:
        return cursor.execute(_LIST, parameters).fetchall()


def lock_customer(connection: Connection, user_id: UUID) -> bool:
    """One change of a wishlist at a time, so that its length is what it is; False where the account is gone."""
    row = connection.execute("SELECT id FROM identity_contacts WHERE id = %s FOR NO KEY UPDATE", (user_id,)).fetchone()
    return row is not None


def add(connection: Connection, user_id: UUID, product_id: UUID, *, most: int) -> WishOutcome:
    """Wish for a product on sale, unless there are so many wishes already; an existing wish stays as it is."""
    parameters = {"user_id": user_id, "product_id": product_id, "most": most}
    with connection.cursor(row_factory=class_row(WishOutcome)) as cursor:
        row = cursor.execute(_ADD, parameters).fetchone()
    assert row is not None
    return row


def remove(connection: Connection, user_id: UUID, product_id: UUID) -> None:
    """Nothing happens where there is no such wish."""
    connection.execute("DELETE FROM wishlist_items WHERE user_id = %s AND product_id = %s", (user_id, product_id))


def lock_product(connection: Connection, product_id: UUID) -> None:
    """Until the transaction ends, no other caller catches up with the product.

    The next statement sees what was committed before: what it writes is never older than what is there.
    """
    connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('catalog.wishes ' || %s::text, 0))", (product_id,)
    )


def catch_up(connection: Connection, product_id: UUID, *, limit: int, after: UUID) -> Sequence[WishChange]:
    """Let wishes for the product on sale know it as it is: so many of those that do not, of users after this one."""
    parameters: dict[str, Any] = {"product_id": product_id, "limit": limit, "after": after}
    with connection.cursor(row_factory=class_row(WishChange)) as cursor:
        return cursor.execute(_CATCH_UP, parameters).fetchall()


def delete_of_deleted_product(connection: Connection, product_id: UUID) -> None:
    """Delete the wishes for a product that was deleted."""
    connection.execute(
        "DELETE FROM wishlist_items w USING products p"
        " WHERE w.product_id = %s AND p.id = w.product_id AND p.deleted_at IS NOT NULL",
        (product_id,),
    )
