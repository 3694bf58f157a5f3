"""SQL of carts. Every change of a cart locks its row first: the changes of one cart come one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared import cart_tokens
from shared.clients.database import Connection

_CART: Final = "id, user_id, currency, expires_at"

_OF_CUSTOMER: Final = f"SELECT {_CART} FROM carts WHERE user_id = %s"  # noqa: S608 - our own constant

_OF_GUEST: Final = f"""
SELECT {_CART} FROM carts WHERE id = %s AND user_id IS NULL AND expires_at > now()
"""  # noqa: S608 - our own constant

_LOCK_CUSTOMERS: Final = f"""
INSERT INTO carts (user_id) SELECT id FROM users WHERE id = %s
ON CONFLICT (user_id) DO UPDATE SET updated_at = now(), abandoned_at = NULL RETURNING {_CART}
"""  # noqa: S608 - our own constant

_RENEW_GUESTS: Final = f"""
UPDATE carts SET expires_at = now() + %s WHERE id = %s AND user_id IS NULL AND expires_at > now() RETURNING {_CART}
"""  # noqa: S608 - our own constant

_CREATE_GUESTS: Final = f"INSERT INTO carts (expires_at) VALUES (now() + %s) RETURNING {_CART}"  # noqa: S608 - our own

_LOCK_FOR_MERGE: Final = f"""
SELECT {_CART} FROM carts WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""  # noqa: S608 - our own constant

# What the cart's own open checkout has reserved is available to this cart: another checkout would replace that one.
AVAILABLE: Final = """
CASE WHEN s.allow_backorder THEN NULL
     ELSE greatest(coalesce(s.on_hand - s.reserved, 0), 0) + coalesce(r.quantity, 0) END AS available
"""
SELLABLE: Final = "p.is_active AND p.deleted_at IS NULL AND v.deleted_at IS NULL AS sellable"
STOCK_FOR_CART: Final = """
LEFT JOIN stock_levels s ON s.variant_id = v.id
LEFT JOIN checkouts k ON k.cart_id = %(cart_id)s AND k.status = 'open'
LEFT JOIN stock_reservations r ON r.checkout_id = k.id AND r.variant_id = v.id
"""

_LINES: Final = f"""
SELECT i.id, i.variant_id, v.product_id, p.slug, p.name, array_to_string(v.option_values, ' / ') AS variant_title,
    v.sku, coalesce(v.image_url, (
        SELECT m.url FROM product_images m WHERE m.product_id = p.id ORDER BY m.position LIMIT 1
    )) AS image_url,
    p.category_id, v.weight_grams, v.requires_shipping, v.taxable, i.quantity, i.price_at_time, v.price_amount,
    p.currency, {SELLABLE}, {AVAILABLE}
FROM cart_items i JOIN variants v ON v.id = i.variant_id JOIN products p ON p.id = v.product_id
{STOCK_FOR_CART}
WHERE i.cart_id = %(cart_id)s ORDER BY i.id
"""  # noqa: S608 - our own constants

_OFFER: Final = f"""
SELECT v.id AS variant_id, v.price_amount, p.currency, {SELLABLE}, {AVAILABLE},
    coalesce(i.quantity, 0) AS in_cart, (SELECT count(*) FROM cart_items WHERE cart_id = %(cart_id)s) AS lines
FROM variants v JOIN products p ON p.id = v.product_id
LEFT JOIN cart_items i ON i.cart_id = %(cart_id)s AND i.variant_id = v.id
{STOCK_FOR_CART}
WHERE v.id = %(variant_id)s
"""  # noqa: S608 - our own constants

_ADD: Final = """
INSERT INTO cart_items AS i (cart_id, variant_id, quantity, price_at_time)
VALUES (%(cart_id)s, %(variant_id)s, %(quantity)s, %(price)s)
ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = i.quantity + excluded.quantity
RETURNING i.id
"""

_FORGET_CURRENCY: Final = """
UPDATE carts c SET currency = NULL
WHERE c.id = %(cart_id)s AND NOT EXISTS (SELECT FROM cart_items i WHERE i.cart_id = c.id)
"""


@dataclass(frozen=True, slots=True)
class CartRow:
    id: UUID
    user_id: UUID | None
    currency: str | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line beside what the catalogue says now; `available` is None where backorders are taken."""

    id: UUID
    variant_id: UUID
    product_id: UUID
    slug: str
    name: str
    variant_title: str
    sku: str | None
    image_url: str | None
    category_id: UUID | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    quantity: int
    price_at_time: int
    price_amount: int
    currency: str
    sellable: bool
    available: int | None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A variant as one cart can have it, and how the cart stands to it."""

    variant_id: UUID
    price_amount: int
    currency: str
    sellable: bool
    available: int | None
    in_cart: int
    lines: int


def of_customer(connection: Connection, user_id: UUID) -> CartRow | None:
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_OF_CUSTOMER, (user_id,)).fetchone()


def of_guest(connection: Connection, cart_id: UUID) -> CartRow | None:
    """The guest's cart, unless it has ended."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_OF_GUEST, (cart_id,)).fetchone()


def lock_customers(connection: Connection, user_id: UUID) -> CartRow | None:
    """The customer's cart, made if need be, locked. None for an account that is gone."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_LOCK_CUSTOMERS, (user_id,)).fetchone()


def renew_guests(connection: Connection, cart_id: UUID) -> CartRow | None:
    """The guest's cart with its end moved on; in a transaction it is locked by this. None where it has ended."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_RENEW_GUESTS, (cart_tokens.LIFETIME, cart_id)).fetchone()


def create_guests(connection: Connection) -> CartRow:
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        cart = cursor.execute(_CREATE_GUESTS, (cart_tokens.LIFETIME,)).fetchone()
    assert cart is not None
    return cart


def lock_for_merge(connection: Connection, cart_ids: list[UUID]) -> dict[UUID, CartRow]:
    """Those of the carts that exist, locked in the order of their ids."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return {cart.id: cart for cart in cursor.execute(_LOCK_FOR_MERGE, (cart_ids,))}


def lines(connection: Connection, cart_id: UUID) -> list[LineRow]:
    """The cart's lines, oldest first."""
    with connection.cursor(row_factory=class_row(LineRow)) as cursor:
        return cursor.execute(_LINES, {"cart_id": cart_id}).fetchall()


def offer(connection: Connection, cart_id: UUID, variant_id: UUID) -> OfferRow | None:
    with connection.cursor(row_factory=class_row(OfferRow)) as cursor:
        return cursor.execute(_OFFER, {"cart_id": cart_id, "variant_id": variant_id}).fetchone()


def variant_of_item(connection: Connection, cart_id: UUID, item_id: UUID) -> UUID | None:
    """Which variant the item of this cart is."""
    row = connection.execute(
        "SELECT variant_id FROM cart_items WHERE id = %s AND cart_id = %s", (item_id, cart_id)
    ).fetchone()
    return row["variant_id"] if row else None


def add(connection: Connection, cart_id: UUID, variant_id: UUID, *, quantity: int, price: int) -> UUID:
    """Add units to the variant's line, or make the line; the line keeps the price that it was made with."""
    parameters = {"cart_id": cart_id, "variant_id": variant_id, "quantity": quantity, "price": price}
    row = connection.execute(_ADD, parameters).fetchone()
    assert row is not None
    item_id: UUID = row["id"]
    return item_id


def set_quantity(connection: Connection, item_id: UUID, quantity: int) -> None:
    connection.execute("UPDATE cart_items SET quantity = %s WHERE id = %s", (quantity, item_id))


def set_currency(connection: Connection, cart_id: UUID, currency: str) -> None:
    connection.execute("UPDATE carts SET currency = %s WHERE id = %s", (currency, cart_id))


def remove(connection: Connection, cart_id: UUID, item_id: UUID) -> bool:
    """Whether there was such an item."""
    found = connection.execute("DELETE FROM cart_items WHERE id = %s AND cart_id = %s", (item_id, cart_id)).rowcount
    connection.execute(_FORGET_CURRENCY, {"cart_id": cart_id})
    return found > 0


def empty(connection: Connection, cart_id: UUID) -> None:
    """Everything that was put into it, coupons as well."""
    connection.execute("DELETE FROM cart_items WHERE cart_id = %s", (cart_id,))
    connection.execute("DELETE FROM cart_coupons WHERE cart_id = %s", (cart_id,))
    connection.execute(_FORGET_CURRENCY, {"cart_id": cart_id})


def delete(connection: Connection, cart_id: UUID) -> None:
    """The cart with its items."""
    connection.execute("DELETE FROM carts WHERE id = %s", (cart_id,))


def touch(connection: Connection, cart_id: UUID) -> None:
    """Somebody is at the cart: it is not left alone."""
    connection.execute("UPDATE carts SET updated_at = now(), abandoned_at = NULL WHERE id = %s", (cart_id,))


def delete_ended(connection: Connection, *, batch: int) -> int:
    """Delete guests' carts whose time is over; returns how many."""
    return connection.execute(
        "DELETE FROM carts WHERE id = ANY(ARRAY(SELECT id FROM carts WHERE user_id IS NULL AND expires_at <= now()"
        " ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED))",
        (batch,),
    ).rowcount
