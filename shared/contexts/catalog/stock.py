"""Stock: set, sell, restock; `reservations` reserves and releases it. Each is one atomic statement that locks its rows
in variant order.

`on_hand` counts what is there, `reserved` what of it is promised to checkouts, `owed` what backorders have sold beyond
what was there. `on_hand` less `owed` is the sum of movements, and one of the two is 0: units that arrive serve what is
owed first.
A transaction that does two of these on different variants calls `lock` with all of them first: locks taken in one
order by everybody cannot deadlock. The order across tables is in `shared.contexts.ordering.orders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.reservation_limits import COUNT_DOWN
from shared.errors import ConflictError

_CHANGE: Final = """
on_hand = greatest(s.on_hand - s.owed + {change}, 0), owed = greatest(s.owed - s.on_hand - {change}, 0),
    updated_at = now()
"""
"""SQL: so many units more (fewer, where negative) on a level `s`."""

MAX_ON_HAND: Final = 1_000_000_000
"""Of one variant; sums of two such numbers still fit the column."""
FEW_UNITS: Final = 5
"""Up to so many units the number left is shown to shoppers; above, it stays the shop's own."""

_LOCK: Final = """
SELECT s.variant_id FROM stock_levels s
WHERE s.variant_id IN (
    SELECT unnest(%(variants)s::uuid[])
    UNION SELECT r.variant_id FROM stock_reservations r WHERE r.checkout_id = %(checkout_id)s
)
ORDER BY s.variant_id FOR UPDATE OF s
"""

_SELL: Final = f"""
WITH gone AS (
    DELETE FROM stock_reservations WHERE checkout_id = %(checkout_id)s
    RETURNING variant_id, quantity, network, created_at
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN gone USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), counted AS ({COUNT_DOWN.format(uncounts="true")}), changed AS (
    UPDATE stock_levels s
    SET reserved = s.reserved - q.quantity, {_CHANGE.format(change="(-q.quantity)")}
    FROM gone q JOIN locked USING (variant_id) WHERE s.variant_id = q.variant_id
    RETURNING s.variant_id, q.quantity, old.on_hand > 0 AND new.on_hand = 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference)
    SELECT variant_id, -quantity, 'sale', %(reference)s FROM changed
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
"""

_RESTOCK: Final = f"""
WITH sold AS (
    SELECT variant_id, -sum(quantity)::int AS quantity FROM stock_movements
    WHERE reference = %(reference)s GROUP BY variant_id HAVING sum(quantity) < 0
), back AS (
    SELECT b.variant_id, least(b.quantity, sold.quantity) AS quantity
    FROM unnest(%(variants)s::uuid[], %(quantities)s::int[]) AS b(variant_id, quantity) JOIN sold USING (variant_id)
    WHERE b.quantity > 0
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN back USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), changed AS (
    UPDATE stock_levels s SET {_CHANGE.format(change="b.quantity")}
    FROM back b JOIN locked USING (variant_id) WHERE s.variant_id = b.variant_id
    RETURNING s.variant_id, b.quantity, old.on_hand = 0 AND new.on_hand > 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference)
    SELECT variant_id, quantity, %(reason)s, %(reference)s FROM changed
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
"""

_RETURN: Final = f"""
WITH back AS (
    SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::int[]) AS b(variant_id, quantity)
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s JOIN back USING (variant_id) ORDER BY s.variant_id FOR UPDATE OF s
), changed AS (
    UPDATE stock_levels s SET {_CHANGE.format(change="b.quantity")}
    FROM back b JOIN locked USING (variant_id) WHERE s.variant_id = b.variant_id
    RETURNING s.variant_id, b.quantity, old.on_hand = 0 AND new.on_hand > 0 AS turned
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference, actor)
    SELECT variant_id, quantity, %(reason)s, %(reference)s, %(actor)s FROM changed
)
SELECT DISTINCT v.product_id FROM changed c JOIN variants v ON v.id = c.variant_id WHERE c.turned
"""

_SET: Final = """
WITH changed AS (
    INSERT INTO stock_levels AS s (variant_id, on_hand, allow_backorder)
    SELECT w.variant_id, w.on_hand, w.allow_backorder
    FROM unnest(%(variants)s::uuid[], %(on_hand)s::int[], %(allow_backorder)s::boolean[])
        AS w(variant_id, on_hand, allow_backorder)
    ORDER BY w.variant_id
    ON CONFLICT (variant_id) DO UPDATE
    SET on_hand = greatest(excluded.on_hand - s.owed, 0), owed = greatest(s.owed - excluded.on_hand, 0),
        allow_backorder = excluded.allow_backorder, updated_at = now()
    WHERE (s.on_hand, s.allow_backorder) IS DISTINCT FROM (excluded.on_hand, excluded.allow_backorder)
      AND (s.reserved <= greatest(excluded.on_hand - s.owed, 0) OR excluded.allow_backorder)
    RETURNING s.variant_id, new.on_hand - new.owed - coalesce(old.on_hand - old.owed, 0) AS difference
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference, actor)
    SELECT variant_id, difference, %(reason)s, %(reference)s, %(actor)s FROM changed WHERE difference <> 0
)
SELECT variant_id FROM changed
"""

_ADJUST: Final = f"""
WITH changed AS (
    UPDATE stock_levels s SET {_CHANGE.format(change="%(quantity)s::int")} WHERE variant_id = %(variant_id)s
)
INSERT INTO stock_movements (variant_id, quantity, reason, actor, note)
VALUES (%(variant_id)s, %(quantity)s, %(reason)s, %(actor)s, %(note)s) RETURNING id
"""


class InsufficientStockError(ConflictError):
    """Carries `shortages`: variant, wanted units, and those that are available, where these are few."""

    code, title = "insufficient_stock", "Not enough stock"


class StockReservedError(ConflictError):
    code, title = "stock_reserved", "More units than that are reserved"


class StockOutOfRangeError(ConflictError):
    """Carries `on_hand`: there cannot be less than none, nor more than `MAX_ON_HAND`."""

    code, title = "stock_out_of_range", "There cannot be so few or so many units"


def lock(connection: Connection, variants: Iterable[UUID] = (), *, checkout_id: UUID | None = None) -> None:
    """Lock the levels of these variants, and of those that the checkout holds, in variant order."""
    connection.execute(_LOCK, {"variants": list(variants), "checkout_id": checkout_id})


def sell(connection: Connection, checkout_id: UUID, *, reference: UUID) -> None:
    """Turn the checkout's reservations into sales, with a movement each; `reference` is the order's id."""
    _record_changes(connection, connection.execute(_SELL, {"checkout_id": checkout_id, "reference": str(reference)}))


def restock(connection: Connection, quantities: Mapping[UUID, int], *, reference: UUID, reason: str) -> None:
    """Add units that were sold under this reference (an order's id) and never left: no more than its movements say.

    The caller holds the lock on the reference's own row: two at once would both find the units sold.
    """
    if not any(quantities.values()):
        return
    parameters = {
        "variants": list(quantities),
        "quantities": list(quantities.values()),
        "reference": str(reference),
        "reason": reason,
    }
    _record_changes(connection, connection.execute(_RESTOCK, parameters))


def return_units(
    connection: Connection, quantities: Mapping[UUID, int], *, reference: UUID, reason: str, actor: str
) -> None:
    """Add returned units to the stock; `reference` is the return's id. The caller makes sure that it happens once."""
    parameters = {
        "variants": list(quantities),
        "quantities": list(quantities.values()),
        "reference": str(reference),
        "reason": reason,
        "actor": actor,
    }
    _record_changes(connection, connection.execute(_RETURN, parameters))


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
    """Set how many units there are; returns whether that changed anything. What is owed is served from them.

    Raises StockReservedError when more are reserved than there would be.
    """
    level = WantedLevel(variant_id, on_hand, allow_backorder)
    changed, refused = set_levels(connection, [level], reason=reason, reference=reference, actor=actor)
    if refused:
        raise StockReservedError(refused[variant_id])
    return bool(changed)


class WantedLevel(NamedTuple):
    """How many units of a variant there are to be, and whether it is sold beyond them."""

    variant_id: UUID
    on_hand: int
    allow_backorder: bool


def set_levels(
    connection: Connection,
    levels: Sequence[WantedLevel],
    *,
    reason: str,
    reference: str | None,
    actor: str | None = None,
) -> tuple[set[UUID], dict[UUID, str]]:
    """`set_level` of several variants by two statements, however many they are; returns those that were changed, and
    why others could not be.
    """
    parameters = {
        "variants": [level.variant_id for level in levels],
        "on_hand": [level.on_hand for level in levels],
        "allow_backorder": [level.allow_backorder for level in levels],
        "reason": reason,
        "reference": reference,
        "actor": actor,
    }
    changed = {row["variant_id"] for row in connection.execute(_SET, parameters)}
    others = {level.variant_id: level for level in levels if level.variant_id not in changed}
    if not others:
        return changed, {}
    # The upsert has locked the rows; a statement of its own sees them as they were judged, not as before the wait.
    rows = connection.execute(
        "SELECT variant_id, reserved, owed FROM stock_levels WHERE variant_id = ANY(%s)", (list(others),)
    )
    refused: dict[UUID, str] = {}
    for row in rows:
        wanted = others[row["variant_id"]]
        if row["reserved"] > max(wanted.on_hand - row["owed"], 0) and not wanted.allow_backorder:
            refused[wanted.variant_id] = (
                f"{row['reserved']} units are reserved by checkouts; stock cannot be set to {wanted.on_hand}"
            )
    return changed, refused


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
    if quantity < 0 and after < level["reserved"] and not level["allow_backorder"]:
        raise StockReservedError(f"{level['reserved']} units are reserved by checkouts; {after} would be left")
    row = connection.execute(
        _ADJUST,
        {"variant_id": variant_id, "quantity": quantity, "reason": reason, "actor": actor, "note": note},
    ).fetchone()
    assert row is not None
    movement_id: UUID = row["id"]
    return movement_id


def _record_changes(connection: Connection, turned: Iterable[Mapping[str, UUID]]) -> None:
    """Record events of products of which a variant is sold out now, or is no longer."""
    for row in turned:
        outbox.record(connection, ProductChanged(product_id=row["product_id"]))


def shown_units(available: int) -> int | None:
    """What shoppers are told of so many units: their number where few are left; None where it stays the shop's own."""
    return available if available <= FEW_UNITS else None


def insufficient(shortages: Mapping[UUID, tuple[int, int]]) -> InsufficientStockError:
    """The error for variants of which so many are wanted and so many available. How many there are of something is told
    where few are left, as the product's page does (`shown_units`).
    """
    return InsufficientStockError(
        "Some items are not available in the wanted quantity",
        shortages=[
            {"variant_id": str(variant_id), "wanted": wanted, "available": shown_units(available)}
            for variant_id, (wanted, available) in shortages.items()
        ],
    )
