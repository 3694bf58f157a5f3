"""SQL of carts. Every change of a cart locks its row first: the changes of one cart come one after the other."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.ordering.domain.carts import CartRow, LineRow, OfferRow
from shared.clients.database import Connection
from shared.contexts.ordering import cart_tokens

_CART: Final = "id, user_id, currency, expires_at"

_OF_CUSTOMER: Final = f"SELECT {_CART} FROM carts WHERE user_id = %s"

_OF_GUEST: Final = f"""
SELECT {_CART} FROM carts WHERE id = %s AND user_id IS NULL AND expires_at > now()
"""

_LOCK_CUSTOMERS: Final = f"""
INSERT INTO carts (user_id) SELECT id FROM identity_contacts WHERE id = %s
ON CONFLICT (user_id) DO UPDATE SET updated_at = now(), abandoned_at = NULL RETURNING {_CART}
"""

_RENEW_GUESTS: Final = f"""
UPDATE carts SET expires_at = now() + %s WHERE id = %s AND user_id IS NULL AND expires_at > now() RETURNING {_CART}
"""

_CREATE_GUESTS: Final = f"INSERT INTO carts (expires_at) VALUES (now() + %s) RETURNING {_CART}"

_LOCK_FOR_MERGE: Final = f"""
SELECT {_CART} FROM carts WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""

# What the cart's own open checkout has reserved is available to this cart: another checkout would replace that one.
AVAILABLE: Final = "o.available + coalesce(r.quantity, 0) AS available"
STOCK_FOR_CART: Final = """
LEFT JOIN checkouts k ON k.cart_id = %(cart_id)s AND k.status = 'open'
LEFT JOIN catalog_reservations r ON r.checkout_id = k.id AND r.variant_id = o.variant_id
"""

_LINES: Final = f"""
SELECT i.id, i.variant_id, o.product_id, o.slug, o.name, o.variant_title, o.sku, o.image_url, o.category_id,
    o.weight_grams, o.requires_shipping, o.taxable, i.quantity, i.price_at_time, o.price_amount, o.currency,
    o.is_sellable AS sellable, {AVAILABLE}
FROM cart_items i JOIN catalog_offers o ON o.variant_id = i.variant_id
{STOCK_FOR_CART}
WHERE i.cart_id = %(cart_id)s ORDER BY i.id
"""

_OFFER: Final = f"""
SELECT o.variant_id, o.price_amount, o.currency, o.is_sellable AS sellable, {AVAILABLE},
    coalesce(i.quantity, 0) AS in_cart, (SELECT count(*) FROM cart_items WHERE cart_id = %(cart_id)s) AS lines
FROM catalog_offers o LEFT JOIN cart_items i ON i.cart_id = %(cart_id)s AND i.variant_id = o.variant_id
{STOCK_FOR_CART}
WHERE o.variant_id = %(variant_id)s
"""

_ADD: Final = """
INSERT INTO cart_items AS i (cart_id, variant_id, quantity, price_at_time)
VALUES (%(cart_id)s, %(variant_id)s, %(quantity)s, %(price)s)
ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = i.quantity + excluded.quantity
RETURNING i.id
"""

_RESET_CURRENCY_OF_EMPTY: Final = """
UPDATE carts c SET currency = NULL
WHERE c.id = %(cart_id)s AND NOT EXISTS (SELECT FROM cart_items i WHERE i.cart_id = c.id)
"""


def of_customer(connection: Connection, user_id: UUID) -> CartRow | None:
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_OF_CUSTOMER, (user_id,)).fetchone()


def of_guest(connection: Connection, cart_id: UUID) -> CartRow | None:
    """The guest's cart, unless it has expired."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_OF_GUEST, (cart_id,)).fetchone()


def lock_customers(connection: Connection, user_id: UUID) -> CartRow | None:
    """The customer's cart, created if it does not exist, locked. None for a deleted account."""
    with connection.cursor(row_factory=class_row(CartRow)) as cursor:
        return cursor.execute(_LOCK_CUSTOMERS, (user_id,)).fetchone()


def renew_guests(connection: Connection, cart_id: UUID) -> CartRow | None:
    """The guest's cart with its expiry renewed; a transaction locks it by this. None where it has expired."""
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
    """Add units to the variant's line, or insert the line; a line keeps the price that it was inserted with."""
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
    """Delete an item; returns whether there was such an item."""
    deleted = connection.execute("DELETE FROM cart_items WHERE id = %s AND cart_id = %s", (item_id, cart_id)).rowcount
    connection.execute(_RESET_CURRENCY_OF_EMPTY, {"cart_id": cart_id})
    return deleted > 0


def empty(connection: Connection, cart_id: UUID) -> None:
    """Delete all items and coupons of the cart."""
    connection.execute("DELETE FROM cart_items WHERE cart_id = %s", (cart_id,))
    connection.execute("DELETE FROM cart_coupons WHERE cart_id = %s", (cart_id,))
    connection.execute(_RESET_CURRENCY_OF_EMPTY, {"cart_id": cart_id})


def delete(connection: Connection, cart_id: UUID) -> None:
    """The cart with its items."""
    connection.execute("DELETE FROM carts WHERE id = %s", (cart_id,))


def touch(connection: Connection, cart_id: UUID) -> None:
    """Record activity: the cart is not abandoned."""
    connection.execute("UPDATE carts SET updated_at = now(), abandoned_at = NULL WHERE id = %s", (cart_id,))


def delete_expired(connection: Connection, batch: int) -> int:
    """Delete expired guests' carts; returns how many."""
    return connection.execute(
        "DELETE FROM carts WHERE id = ANY(ARRAY(SELECT id FROM carts WHERE user_id IS NULL AND expires_at <= now()"
        " ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED))",
        (batch,),
    ).rowcount
