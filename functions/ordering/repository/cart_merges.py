"""SQL of merging a guest's cart into a customer's; both are locked by the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.ordering.domain.cart_merge import Addition, CandidateRow
from functions.ordering.repository.carts import AVAILABLE, STOCK_FOR_CART
from shared.clients.database import Connection

_CANDIDATES: Final = f"""
SELECT g.variant_id, o.name, o.variant_title, g.quantity, g.price_at_time, coalesce(mine.quantity, 0) AS in_cart,
    o.is_sellable AS sellable, {AVAILABLE}
FROM cart_items g JOIN catalog_offers o ON o.variant_id = g.variant_id
LEFT JOIN cart_items mine ON mine.cart_id = %(cart_id)s AND mine.variant_id = g.variant_id
{STOCK_FOR_CART}
WHERE g.cart_id = %(guest_cart_id)s ORDER BY g.id
"""

_ADD_ALL: Final = """
INSERT INTO cart_items AS i (cart_id, variant_id, quantity, price_at_time)
SELECT %(cart_id)s, w.variant_id, w.quantity, w.price
FROM unnest(%(variants)s::uuid[], %(quantities)s::int[], %(prices)s::bigint[])
    WITH ORDINALITY AS w(variant_id, quantity, price, position)
ORDER BY w.position
ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = i.quantity + excluded.quantity
"""


def candidates(connection: Connection, *, cart_id: UUID, guest_cart_id: UUID) -> list[CandidateRow]:
    with connection.cursor(row_factory=class_row(CandidateRow)) as cursor:
        return cursor.execute(_CANDIDATES, {"cart_id": cart_id, "guest_cart_id": guest_cart_id}).fetchall()


def count_lines(connection: Connection, cart_id: UUID) -> int:
    row = connection.execute("SELECT count(*) AS lines FROM cart_items WHERE cart_id = %s", (cart_id,)).fetchone()
    assert row is not None
    return int(row["lines"])


def add_all(connection: Connection, cart_id: UUID, additions: Sequence[Addition]) -> None:
    """Add the units to the cart's lines; a new line has the price that the guest saw."""
    connection.execute(
        _ADD_ALL,
        {
            "cart_id": cart_id,
            "variants": [addition.variant_id for addition in additions],
            "quantities": [addition.quantity for addition in additions],
            "prices": [addition.price_at_time for addition in additions],
        },
    )
