"""The cart of a checkout: what an order takes out of it, and what comes back where the order is never paid."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.ordering import cart_limits

_EMPTY: Final = """
WITH reduced AS (
    UPDATE cart_items i SET quantity = i.quantity - l.quantity
    FROM checkouts k JOIN checkout_lines l ON l.checkout_id = k.id
    WHERE k.id = %(checkout_id)s AND i.cart_id = k.cart_id AND i.variant_id = l.variant_id AND i.quantity > l.quantity
    RETURNING i.id
), removed AS (
    DELETE FROM cart_items i USING checkouts k JOIN checkout_lines l ON l.checkout_id = k.id
    WHERE k.id = %(checkout_id)s AND i.cart_id = k.cart_id AND i.variant_id = l.variant_id AND i.quantity <= l.quantity
    RETURNING i.id
), redeemed AS (
    DELETE FROM cart_coupons e USING checkouts k JOIN coupon_redemptions r ON r.checkout_id = k.id
    WHERE k.id = %(checkout_id)s AND e.cart_id = k.cart_id AND e.coupon_id = r.coupon_id
)
UPDATE carts c SET currency = NULL FROM checkouts k WHERE k.id = %(checkout_id)s AND c.id = k.cart_id AND NOT EXISTS (
    SELECT FROM cart_items i WHERE i.cart_id = c.id AND i.id NOT IN (SELECT id FROM removed)
)
"""

# What an order took out of the cart, as far as the cart is still there, of the order's currency, and has room.
_REFILL: Final = """
WITH cart AS (
    SELECT c.id, k.currency FROM checkouts k JOIN carts c ON c.id = k.cart_id
    WHERE k.id = %(checkout_id)s AND (c.currency IS NULL OR c.currency = k.currency)
), line AS (
    SELECT cart.id AS cart_id, l.variant_id, l.quantity, l.unit_amount, row_number() OVER (
            ORDER BY i.id IS NULL, l.id) <= %(most_lines)s - (
            SELECT count(*) FROM cart_items o WHERE o.cart_id = cart.id AND NOT EXISTS (
                SELECT FROM checkout_lines m WHERE m.checkout_id = l.checkout_id AND m.variant_id = o.variant_id
            )) AS has_room
    FROM cart JOIN checkout_lines l ON l.checkout_id = %(checkout_id)s
    LEFT JOIN cart_items i ON i.cart_id = cart.id AND i.variant_id = l.variant_id
), refilled AS (
    INSERT INTO cart_items AS i (cart_id, variant_id, quantity, price_at_time)
    SELECT cart_id, variant_id, quantity, unit_amount FROM line WHERE has_room
    ON CONFLICT (cart_id, variant_id)
    DO UPDATE SET quantity = least(i.quantity + excluded.quantity, %(most_units)s)
), entered AS (
    INSERT INTO cart_coupons (cart_id, coupon_id)
    SELECT cart.id, r.coupon_id FROM cart JOIN coupon_redemptions r ON r.checkout_id = %(checkout_id)s
    ORDER BY r.coupon_id
    LIMIT greatest(%(most_coupons)s - (SELECT count(*) FROM cart_coupons e JOIN cart ON e.cart_id = cart.id), 0)
    ON CONFLICT (cart_id, coupon_id) DO NOTHING
)
UPDATE carts c SET currency = cart.currency, abandoned_at = NULL FROM cart WHERE c.id = cart.id
"""


def lock_of(connection: Connection, checkout_id: UUID) -> None:
    """Lock the cart of the checkout, if it still exists."""
    connection.execute(
        "SELECT c.id FROM carts c JOIN checkouts k ON k.cart_id = c.id WHERE k.id = %s FOR NO KEY UPDATE OF c",
        (checkout_id,),
    )


def lock_if_free(connection: Connection, cart_id: UUID) -> bool:
    """Lock a cart without waiting, for who has locked its checkout before it; False while somebody else works on it.

    True, too, where there is no such cart any more.
    """
    row = connection.execute(
        "WITH locked AS (SELECT id FROM carts WHERE id = %(id)s FOR NO KEY UPDATE SKIP LOCKED)"
        " SELECT EXISTS (SELECT FROM locked) OR NOT EXISTS (SELECT FROM carts WHERE id = %(id)s) AS is_free",
        {"id": cart_id},
    ).fetchone()
    return row is not None and bool(row["is_free"])


def empty(connection: Connection, checkout_id: UUID) -> None:
    """Remove from the cart, which is locked, what was ordered with the checkout, and the coupons that it redeemed."""
    connection.execute(_EMPTY, {"checkout_id": checkout_id})


def refill(connection: Connection, checkout_id: UUID) -> None:
    """Put into the cart, which is locked, what an order removed from it that is never paid, its coupons included."""
    parameters = {
        "checkout_id": checkout_id,
        "most_lines": cart_limits.MAX_LINES,
        "most_units": cart_limits.MAX_QUANTITY,
        "most_coupons": cart_limits.MAX_COUPONS,
    }
    connection.execute(_REFILL, parameters)
