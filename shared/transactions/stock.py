"""Stock: set, reserve, release, sell, restock. Each is one atomic statement that locks its rows in variant order.

`on_hand` counts what is there, `reserved` what of it is promised to checkouts; `on_hand` equals the sum of movements.
A transaction that does two of these on different variants calls `lock` with all of them first: locks taken in one
order by everybody cannot deadlock. The order across tables is in `shared.transactions.orders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.errors import ConflictError
from shared.events import ProductChanged

MAX_ON_HAND: Final = 1_000_000_000
"""Of one variant; sums of two such numbers still fit the column."""

_LOCK: Final = """
SELECT s.variant_id FROM stock_levels s
WHERE s.variant_id IN (
    SELECT unnest(%(variants)s::uuid[])
    UNION SELECT r.variant_id FROM stock_reservations r WHERE r.checkout_id = %(checkout_id)s
)
ORDER BY s.variant_id FOR UPDATE OF s
"""

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
    SELECT s.variant_id FROM stock_levels s
    WHERE s.variant_id IN (SELECT variant_id FROM given_up UNION SELECT unnest(%(also_lock)s::uuid[]))
    ORDER BY s.variant_id FOR UPDATE
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
    RETURNING s.variant_id, new.on_hand - old.on_hand AS difference, old.on_hand > 0 AND new.on_hand = 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference)
    SELECT variant_id, difference, 'sale', %(reference)s FROM changed WHERE difference <> 0
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
"""

_RESTOCK: Final = """
WITH owed AS (
    SELECT variant_id, -sum(quantity)::int AS quantity FROM stock_movements WHERE reference = %(reference)s
    GROUP BY variant_id HAVING sum(quantity) < 0
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN owed USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), changed AS (
    UPDATE stock_levels s SET on_hand = s.on_hand + o.quantity, updated_at = now()
    FROM owed o JOIN locked USING (variant_id) WHERE s.variant_id = o.variant_id
    RETURNING s.variant_id, o.quantity, old.on_hand = 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference)
    SELECT variant_id, quantity, %(reason)s, %(reference)s FROM changed
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
"""

_PUT_BACK: Final = """
WITH back AS (
    SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::int[]) AS b(variant_id, quantity)
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN back USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), changed AS (
    UPDATE stock_levels s SET on_hand = s.on_hand + b.quantity, updated_at = now()
    FROM back b JOIN locked USING (variant_id) WHERE s.variant_id = b.variant_id
    RETURNING s.variant_id, b.quantity, old.on_hand = 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference, actor)
    SELECT variant_id, quantity, %(reason)s, %(reference)s, %(actor)s FROM changed
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
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
    INSERT INTO stock_movements (variant_id, quantity, reason, reference, actor)
    SELECT variant_id, difference, %(reason)s, %(reference)s, %(actor)s FROM changed WHERE difference <> 0
)
SELECT FROM changed
"""

_ADJUST: Final = """
WITH changed AS (
    UPDATE stock_levels SET on_hand = on_hand + %(quantity)s, updated_at = now() WHERE variant_id = %(variant_id)s
)
INSERT INTO stock_movements (variant_id, quantity, reason, actor, note)
VALUES (%(variant_id)s, %(quantity)s, %(reason)s, %(actor)s, %(note)s) RETURNING id
"""


class InsufficientStockError(ConflictError):
    """Carries `shortages`: variant, wanted and available units."""

    code, title = "insufficient_stock", "Not enough stock"


class StockReservedError(ConflictError):
    code, title = "stock_reserved", "More units than that are reserved"


class StockOutOfRangeError(ConflictError):
    """Carries `on_hand`: there cannot be less than none, nor more than `MAX_ON_HAND`."""

    code, title = "stock_out_of_range", "There cannot be so few or so many units"


def lock(connection: Connection, variants: Iterable[UUID] = (), *, checkout_id: UUID | None = None) -> None:
    """Lock the levels of these variants, and of those that the checkout holds, in variant order."""
    connection.execute(_LOCK, {"variants": list(variants), "checkout_id": checkout_id})


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


def release(connection: Connection, checkout_id: UUID, *, also_lock: Iterable[UUID] = ()) -> int:
    """Give back what the checkout holds; returns how many variants it held (0 the second time).

    A transaction that takes others afterwards names them in `also_lock`, so that all are locked in one order.
    """
    return connection.execute(_RELEASE, {"checkout_id": checkout_id, "also_lock": list(also_lock)}).rowcount


def sell(connection: Connection, checkout_id: UUID, *, reference: UUID) -> None:
    """Turn the checkout's reservations into sales, with a movement each; `reference` is the order's id."""
    _tell(connection, connection.execute(_SELL, {"checkout_id": checkout_id, "reference": str(reference)}))


def restock(connection: Connection, *, reference: UUID, reason: str) -> None:
    """Put back what was taken under this reference (an order's id), as its movements tell; does nothing again.

    What a backorder sold without having it was no movement, so it does not come back either. The caller holds the
    lock on the reference's own row: two at once would both find the units owed.
    """
    _tell(connection, connection.execute(_RESTOCK, {"reference": str(reference), "reason": reason}))


def put_back(
    connection: Connection, quantities: Mapping[UUID, int], *, reference: UUID, reason: str, actor: str
) -> None:
    """Put units on the shelf that came back; `reference` is the return's id. The caller sees to it that it is once."""
    parameters = {
        "variants": list(quantities),
        "quantities": list(quantities.values()),
        "reference": str(reference),
        "reason": reason,
        "actor": actor,
    }
    _tell(connection, connection.execute(_PUT_BACK, parameters))


def set_level(
    connection: Connection,
    variant_id: UUID,
    on_hand: int,
    *,
    allow_backorder: bool,
    reason: str,
    reference: str | None,
    actor: str | None = None,
) -> bool:
    """Say how many units there are; returns whether that changed anything.

    Raises StockReservedError when more are reserved than there would be.
    """
    changed = connection.execute(
        _SET,
        {
            "variant_id": variant_id,
            "on_hand": on_hand,
            "allow_backorder": allow_backorder,
            "reason": reason,
            "reference": reference,
            "actor": actor,
        },
    ).rowcount
    if changed:
        return True
    # The upsert has locked the row; a statement of its own sees it as it was judged, not as it was before the wait.
    row = connection.execute("SELECT reserved FROM stock_levels WHERE variant_id = %s", (variant_id,)).fetchone()
    assert row is not None
    if row["reserved"] > on_hand and not allow_backorder:
        raise StockReservedError(f"{row['reserved']} units are reserved by checkouts; stock cannot be set to {on_hand}")
    return False


def adjust(
    connection: Connection, variant_id: UUID, quantity: int, *, reason: str, actor: str, note: str | None
) -> UUID:
    """Count so many units in (out, where negative) at a variant that has a level; returns the movement's id.

    Raises StockReservedError and StockOutOfRangeError.
    """
    level = connection.execute(
        "SELECT on_hand, reserved, allow_backorder FROM stock_levels WHERE variant_id = %s FOR UPDATE", (variant_id,)
    ).fetchone()
    assert level is not None
    after = level["on_hand"] + quantity
    if not 0 <= after <= MAX_ON_HAND:
        raise StockOutOfRangeError(f"There are {level['on_hand']} units", on_hand=level["on_hand"])
    if after < level["reserved"] and not level["allow_backorder"]:
        raise StockReservedError(f"{level['reserved']} units are reserved by checkouts; {after} would be left")
    row = connection.execute(
        _ADJUST,
        {"variant_id": variant_id, "quantity": quantity, "reason": reason, "actor": actor, "note": note},
    ).fetchone()
    assert row is not None
    movement_id: UUID = row["id"]
    return movement_id


def _tell(connection: Connection, turned: Iterable[Mapping[str, UUID]]) -> None:
    """Products of which a variant is sold out now, or is no longer: those who show or wish for them want to know."""
    for row in turned:
        outbox.record(connection, ProductChanged(product_id=row["product_id"]))


def _shortage(connection: Connection, wanted: Mapping[UUID, int]) -> InsufficientStockError:
    rows = connection.execute(
        "SELECT variant_id, on_hand - reserved AS available FROM stock_levels WHERE variant_id = ANY(%s)",
        (list(wanted),),
    ).fetchall()
    available = {row["variant_id"]: max(0, row["available"]) for row in rows}
    return insufficient({variant: (quantity, available.get(variant, 0)) for variant, quantity in wanted.items()})


def insufficient(shortages: Mapping[UUID, tuple[int, int]]) -> InsufficientStockError:
    """The error for variants of which so many are wanted and so many available."""
    return InsufficientStockError(
        "Some items are not available in the wanted quantity",
        shortages=[
            {"variant_id": str(variant_id), "wanted": wanted, "available": available}
            for variant_id, (wanted, available) in shortages.items()
        ],
    )
