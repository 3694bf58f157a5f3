"""Stock: set, reserve, release, sell. Each is one atomic statement that locks its rows in variant order (no deadlock).

`on_hand` counts what is there, `reserved` what of it is promised to checkouts; `on_hand` equals the sum of movements.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import ConflictError

_RESERVE: Final = """
WITH wanted AS (
    SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::int[]) AS w(variant_id, quantity)
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN wanted USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), taken AS (
    UPDATE stock_levels s SET reserved = s.reserved + w.quantity, updated_at = now()
    FROM wanted w JOIN locked USING (variant_id)
    WHERE s.variant_id = w.variant_id AND (s.on_hand - s.reserved >= w.quantity OR s.allow_backorder)
    RETURNING s.variant_id, w.quantity
)
INSERT INTO stock_reservations (checkout_id, variant_id, quantity)
SELECT %(checkout_id)s, variant_id, quantity FROM taken RETURNING variant_id
"""

_RELEASE: Final = """
WITH given_up AS (
    DELETE FROM stock_reservations WHERE checkout_id = %(checkout_id)s RETURNING variant_id, quantity
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN given_up USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
)
UPDATE stock_levels s SET reserved = s.reserved - g.quantity, updated_at = now()
FROM given_up g JOIN locked USING (variant_id) WHERE s.variant_id = g.variant_id
RETURNING s.variant_id
"""

_SELL: Final = """
WITH sold AS (
    DELETE FROM stock_reservations WHERE checkout_id = %(checkout_id)s RETURNING variant_id, quantity
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN sold USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), changed AS (
    UPDATE stock_levels s
    SET reserved = s.reserved - q.quantity, on_hand = greatest(s.on_hand - q.quantity, 0), updated_at = now()
    FROM sold q JOIN locked USING (variant_id) WHERE s.variant_id = q.variant_id
    RETURNING s.variant_id, new.on_hand - old.on_hand AS difference
)
INSERT INTO stock_movements (variant_id, quantity, reason, reference)
SELECT variant_id, difference, 'sale', %(reference)s FROM changed WHERE difference <> 0
"""

_SET: Final = """
WITH changed AS (
    INSERT INTO stock_levels AS s (variant_id, on_hand, allow_backorder)
    VALUES (%(variant_id)s, %(on_hand)s, %(allow_backorder)s)
    ON CONFLICT (variant_id) DO UPDATE
    SET on_hand = excluded.on_hand, allow_backorder = excluded.allow_backorder, updated_at = now()
    WHERE (s.on_hand, s.allow_backorder) IS DISTINCT FROM (excluded.on_hand, excluded.allow_backorder)
      AND (s.reserved <= excluded.on_hand OR excluded.allow_backorder)
    RETURNING s.variant_id, new.on_hand - coalesce(old.on_hand, 0) AS difference
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference)
    SELECT variant_id, difference, %(reason)s, %(reference)s FROM changed WHERE difference <> 0
)
SELECT EXISTS (SELECT FROM changed) AS changed,
       (SELECT reserved FROM stock_levels WHERE variant_id = %(variant_id)s) AS reserved
"""


class InsufficientStockError(ConflictError):
    """Carries `shortages`: variant, wanted and available units."""

    code, title = "insufficient_stock", "Not enough stock"


class StockReservedError(ConflictError):
    code, title = "stock_reserved", "More units than that are reserved"


def reserve(connection: Connection, checkout_id: UUID, quantities: Mapping[UUID, int]) -> None:
    """Promise units to a checkout: all of them, or none.

    Raises InsufficientStockError; the caller's transaction must then roll back.
    """
    parameters = {
        "variants": list(quantities),
        "quantities": list(quantities.values()),
        "checkout_id": checkout_id,
    }
    taken = {row["variant_id"] for row in connection.execute(_RESERVE, parameters)}
    if len(taken) < len(quantities):
        raise _shortage(connection, {v: q for v, q in quantities.items() if v not in taken})


def release(connection: Connection, checkout_id: UUID) -> int:
    """Give back what the checkout holds; returns how many variants it held (0 the second time)."""
    return connection.execute(_RELEASE, {"checkout_id": checkout_id}).rowcount


def sell(connection: Connection, checkout_id: UUID, *, reference: UUID) -> None:
    """Turn the checkout's reservations into sales, with a movement each; `reference` is the order's id."""
    connection.execute(_SELL, {"checkout_id": checkout_id, "reference": str(reference)})


def set_level(
    connection: Connection, variant_id: UUID, on_hand: int, *, allow_backorder: bool, reason: str, reference: str | None
) -> bool:
    """Say how many units there are; returns whether that changed anything.

    Raises StockReservedError when more are reserved than there would be.
    """
    row = connection.execute(
        _SET,
        {
            "variant_id": variant_id,
            "on_hand": on_hand,
            "allow_backorder": allow_backorder,
            "reason": reason,
            "reference": reference,
        },
    ).fetchone()
    assert row is not None
    reserved = row["reserved"] or 0
    if not row["changed"] and reserved > on_hand and not allow_backorder:
        raise StockReservedError(f"{reserved} units are reserved by checkouts; stock cannot be set to {on_hand}")
    return bool(row["changed"])


def _shortage(connection: Connection, wanted: Mapping[UUID, int]) -> InsufficientStockError:
    rows = connection.execute(
        "SELECT variant_id, on_hand - reserved AS available FROM stock_levels WHERE variant_id = ANY(%s)",
        (list(wanted),),
    ).fetchall()
    available = {row["variant_id"]: max(0, row["available"]) for row in rows}
    shortages = [
        {"variant_id": str(variant_id), "wanted": quantity, "available": available.get(variant_id, 0)}
        for variant_id, quantity in wanted.items()
    ]
    return InsufficientStockError("Some items are no longer available in the wanted quantity", shortages=shortages)
