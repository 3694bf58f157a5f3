"""Reservations of stock: units promised to a checkout, and how many of them one holder may have (`reservation_limits`).

Each is one atomic statement that locks its stock levels in variant order, as those of `stock` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.catalog.reservation_limits import (
    COUNT_DOWN,
    IS_OVER,
    RENEWALS,
    SHARE,
    Holder,
    ReservationRenewalsError,
    ReservationShareError,
)
from shared.contexts.catalog.stock import insufficient, shown_units

# Without a limit: its money has arrived.
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

# A network's count changes under the lock on the level only, so no two transactions change several in opposite orders.
_RESERVE_LIMITED: Final = f"""
WITH wanted AS (
    SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::int[], %(of_cart)s::int[])
        AS w(variant_id, quantity, of_cart)
), locked AS MATERIALIZED (
    SELECT s.variant_id, s.allow_backorder, {SHARE} AS share FROM stock_levels s JOIN wanted USING (variant_id)
    ORDER BY s.variant_id FOR UPDATE OF s
), counted AS (
    INSERT INTO network_reservations AS n (network, variant_id, held, taken)
    SELECT %(network)s::bytea, w.variant_id, w.quantity, w.quantity FROM wanted w JOIN locked l USING (variant_id)
    WHERE NOT l.allow_backorder AND w.of_cart <= l.share
    ON CONFLICT (network, variant_id) DO UPDATE SET held = n.held + excluded.held,
        taken = CASE WHEN {IS_OVER} THEN 0 ELSE n.taken END + excluded.taken,
        since = CASE WHEN {IS_OVER} THEN now() ELSE n.since END
    WHERE EXISTS (
        SELECT FROM locked l WHERE l.variant_id = n.variant_id AND n.held + excluded.held <= l.share
        AND ({IS_OVER} OR n.taken + excluded.taken <= {1 + RENEWALS} * l.share)
    )
    RETURNING n.variant_id
), taken AS (
    UPDATE stock_levels s SET reserved = s.reserved + w.quantity, updated_at = now()
    FROM wanted w JOIN locked l USING (variant_id) LEFT JOIN counted c ON c.variant_id = w.variant_id
    WHERE s.variant_id = w.variant_id
        AND (s.on_hand - s.reserved >= w.quantity AND c.variant_id IS NOT NULL OR s.allow_backorder)
    RETURNING s.variant_id, w.quantity, CASE WHEN c.variant_id IS NOT NULL THEN %(network)s::bytea END AS network
)
INSERT INTO stock_reservations (checkout_id, variant_id, quantity, network)
SELECT %(checkout_id)s, variant_id, quantity, network FROM taken RETURNING variant_id
"""

_RELEASE: Final = f"""
WITH gone AS (
    DELETE FROM stock_reservations WHERE checkout_id = %(checkout_id)s
    RETURNING variant_id, quantity, network, created_at
), locked AS MATERIALIZED (
    SELECT s.variant_id FROM stock_levels s
    WHERE s.variant_id IN (SELECT variant_id FROM gone UNION SELECT unnest(%(also_lock)s::uuid[]))
    ORDER BY s.variant_id FOR UPDATE
), counted AS ({COUNT_DOWN.format(uncounts="%(is_carried_on)s")})
UPDATE stock_levels s SET reserved = s.reserved - g.quantity, updated_at = now()
FROM gone g JOIN locked USING (variant_id) WHERE s.variant_id = g.variant_id
RETURNING s.variant_id
"""

_EXCEEDED: Final = f"""
SELECT w.variant_id, w.quantity AS wanted, share.units AS share, greatest(share.units - greatest(
        coalesce(n.held, 0), w.of_cart - w.quantity), 0) AS reservable,
    greatest(ceil(extract(epoch FROM n.since + interval '1 hour' - now())), 1)::int AS window_seconds
FROM unnest(%(variants)s::uuid[], %(quantities)s::int[], %(of_cart)s::int[]) AS w(variant_id, quantity, of_cart)
JOIN stock_levels s USING (variant_id)
CROSS JOIN LATERAL (SELECT {SHARE} AS units) share
LEFT JOIN network_reservations n ON n.network = %(network)s::bytea AND n.variant_id = w.variant_id
"""


def reserve(
    connection: Connection,
    checkout_id: UUID,
    quantities: Mapping[UUID, int],
    *,
    holder: Holder | None = None,
    lasting: timedelta = timedelta(),
) -> None:
    """Promise units to a checkout for so long: all of them, or none. Without a `holder` nobody is limited.

    Raises InsufficientStockError, ReservationShareError and ReservationRenewalsError; the caller's transaction must
    then roll back.
    """
    parameters = {
        "variants": list(quantities),
        "quantities": list(quantities.values()),
        "checkout_id": checkout_id,
        **(holder.parameters(quantities) if holder is not None else {}),
    }
    statement = _RESERVE if holder is None else _RESERVE_LIMITED
    taken = {row["variant_id"] for row in connection.execute(statement, parameters)}
    missing = {variant: quantity for variant, quantity in quantities.items() if variant not in taken}
    if not missing:
        return
    shortages = _shortages(connection, missing)
    if not shortages and holder is not None:
        _check(connection, missing, holder, seconds_held=int(lasting.total_seconds()))
    raise insufficient(shortages or {variant: (quantity, 0) for variant, quantity in missing.items()})


def release(
    connection: Connection, checkout_id: UUID, *, also_lock: Iterable[UUID] = (), is_carried_on: bool = False
) -> int:
    """Release the units that are reserved for the checkout; returns the number of variants (0 the second time).

    A transaction that takes others afterwards names them in `also_lock`, so that all are locked in one order.
    `is_carried_on`: the next reservation lasts as long as this one would have, and is none more of its network's.
    """
    parameters = {"checkout_id": checkout_id, "also_lock": list(also_lock), "is_carried_on": is_carried_on}
    return connection.execute(_RELEASE, parameters).rowcount


def _shortages(connection: Connection, wanted: Mapping[UUID, int]) -> dict[UUID, tuple[int, int]]:
    """Those of the variants of which there are not as many units: how many are wanted, and available."""
    rows = connection.execute(
        "SELECT variant_id, on_hand - reserved AS available FROM stock_levels WHERE variant_id = ANY(%s)",
        (list(wanted),),
    ).fetchall()
    available = {row["variant_id"]: max(0, row["available"]) for row in rows}
    left = {variant: (quantity, available.get(variant, 0)) for variant, quantity in wanted.items()}
    return {variant: units for variant, units in left.items() if units[0] > units[1]}


def _check(connection: Connection, wanted: Mapping[UUID, int], holder: Holder, *, seconds_held: int) -> None:
    """Raise the error of variants that the holder could not reserve although there was enough; their levels are locked.
    `seconds_held` is how long a reservation lasts.
    """
    parameters = {**holder.parameters(wanted), "variants": list(wanted), "quantities": list(wanted.values())}
    rows = connection.execute(_EXCEEDED, parameters).fetchall()
    exceeding = [row for row in rows if row["wanted"] > row["reservable"]]
    if not exceeding:
        wait = max((row["window_seconds"] or 1 for row in rows), default=1)
        raise ReservationRenewalsError("What one network may hold of an item", wait)
    waiting_helps = all(row["wanted"] <= row["share"] for row in exceeding)
    raise ReservationShareError(
        f"Without paying, one cart or network can hold {holder.share_percent} % of the units of an item that are in"
        f" stock, and {holder.least_units} in any case; take fewer, pay for what is reserved, or try again later",
        headers={"Retry-After": str(seconds_held)} if waiting_helps else None,
        items=[
            {
                "variant_id": str(row["variant_id"]),
                "wanted": row["wanted"],
                "reservable": shown_units(row["reservable"]),
            }
            for row in exceeding
        ],
    )
