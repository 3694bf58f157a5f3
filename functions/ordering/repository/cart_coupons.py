"""SQL of the coupons that a cart holds; its row is locked by the caller."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_USABLE: Final = """
SELECT id FROM coupons
WHERE code = upper(%s) AND deleted_at IS NULL AND is_active
  AND (starts_at IS NULL OR starts_at <= now()) AND (ends_at IS NULL OR ends_at > now())
"""


def usable(connection: Connection, code: str) -> UUID | None:
    """The coupon with this code, in any case, if it is valid now."""
    row = connection.execute(_USABLE, (code,)).fetchone()
    return row["id"] if row else None


def coupon_ids(connection: Connection, cart_id: UUID) -> set[UUID]:
    """The coupons of the cart."""
    rows = connection.execute("SELECT coupon_id FROM cart_coupons WHERE cart_id = %s", (cart_id,))
    return {row["coupon_id"] for row in rows}


def add(connection: Connection, cart_id: UUID, coupon_id: UUID) -> None:
    connection.execute("INSERT INTO cart_coupons (cart_id, coupon_id) VALUES (%s, %s)", (cart_id, coupon_id))


def remove(connection: Connection, cart_id: UUID, code: str) -> bool:
    """Whether the cart held such a coupon."""
    return (
        connection.execute(
            "DELETE FROM cart_coupons e USING coupons c"
            " WHERE e.cart_id = %s AND c.id = e.coupon_id AND c.code = upper(%s)",
            (cart_id, code),
        ).rowcount
        > 0
    )


def move(connection: Connection, *, from_cart: UUID, to_cart: UUID, most: int) -> None:
    """Add a cart's coupons to another's, as far as it can have more of them."""
    connection.execute(
        "INSERT INTO cart_coupons (cart_id, coupon_id) SELECT %(to)s, e.coupon_id FROM cart_coupons e"
        " WHERE e.cart_id = %(from)s AND e.coupon_id NOT IN (SELECT coupon_id FROM cart_coupons WHERE cart_id = %(to)s)"
        " ORDER BY e.id LIMIT greatest(%(most)s - (SELECT count(*) FROM cart_coupons WHERE cart_id = %(to)s), 0)",
        {"from": from_cart, "to": to_cart, "most": most},
    )
