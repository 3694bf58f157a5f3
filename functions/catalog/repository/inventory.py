"""Stock as the shop's staff sees it: levels of variants, and the movements that led to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from shared.clients.database import Connection


class LevelRow(NamedTuple):
    """A variant with its stock; one that never had any has no level of its own, and counts as none."""

    variant_id: UUID
    product_id: UUID
    product_name: str
    product_slug: str
    option_values: list[str]
    sku: str | None
    on_hand: int
    reserved: int
    owed: int
    allow_backorder: bool
    low_stock_threshold: int | None
    is_low: bool
    updated_at: datetime | None


class StockSettings(NamedTuple):
    """The settings of a variant's stock."""

    low_stock_threshold: int | None
    allow_backorder: bool


class MovementRow(NamedTuple):
    id: UUID
    quantity: int
    reason: str
    reference: str | None
    actor: str | None
    note: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LevelFilters:
    """None filters nothing."""

    low: bool | None = None
    sku: str | None = None
    product_id: UUID | None = None


_LEVELS: Final = sql.SQL("""
SELECT v.id AS variant_id, v.product_id, p.name, p.slug, v.option_values, v.sku, coalesce(s.on_hand, 0),
       coalesce(s.reserved, 0), coalesce(s.owed, 0), coalesce(s.allow_backorder, false), s.low_stock_threshold,
       coalesce(s.is_low, false), s.updated_at
FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN stock_levels s ON s.variant_id = v.id
WHERE v.deleted_at IS NULL AND {conditions} ORDER BY v.id LIMIT %(limit)s
""")
_CONDITIONS: Final[dict[str, sql.Composable]] = {
    "low": sql.SQL("s.is_low"),
    "not low": sql.SQL("s.is_low IS NOT TRUE"),
    "sku": sql.SQL("v.sku = %(sku)s"),
    "product": sql.SQL("v.product_id = %(product_id)s"),
    "after": sql.SQL("v.id > %(after)s"),
    "one": sql.SQL("v.id = %(variant_id)s"),
}
_MOVEMENT: Final = """
SELECT id, quantity, reason, reference, actor, note, created_at FROM stock_movements WHERE id = %s
"""
_MOVEMENTS: Final = """
SELECT id, quantity, reason, reference, actor, note, created_at FROM stock_movements
WHERE variant_id = %(variant_id)s AND (%(before)s::uuid IS NULL OR id < %(before)s::uuid)
ORDER BY id DESC LIMIT %(limit)s
"""
_CHANGE_SETTINGS: Final = """
UPDATE stock_levels
SET low_stock_threshold = CASE WHEN %(sets_threshold)s THEN %(threshold)s::int ELSE low_stock_threshold END,
    allow_backorder = coalesce(%(allow_backorder)s::boolean, allow_backorder), updated_at = now()
WHERE variant_id = %(variant_id)s
  AND (reserved <= on_hand OR coalesce(%(allow_backorder)s::boolean, allow_backorder))
RETURNING old.low_stock_threshold, old.allow_backorder
"""


def list_levels(connection: Connection, filters: LevelFilters, *, limit: int, after: UUID | None) -> Sequence[LevelRow]:
    """Oldest variants first, beginning after this one."""
    names = [
        name
        for name, wanted in (
            ("low", filters.low is True),
            ("not low", filters.low is False),
            ("sku", filters.sku is not None),
            ("product", filters.product_id is not None),
            ("after", after is not None),
        )
        if wanted
    ]
    parameters: dict[str, Any] = {
        "sku": filters.sku,
        "product_id": filters.product_id,
        "after": after,
        "limit": limit,
    }
    with connection.cursor(row_factory=args_row(LevelRow)) as cursor:
        return cursor.execute(_levels_text(tuple(names)), parameters).fetchall()


def level(connection: Connection, variant_id: UUID) -> LevelRow | None:
    """The variant with its stock, unless it is deleted."""
    with connection.cursor(row_factory=args_row(LevelRow)) as cursor:
        return cursor.execute(_levels_text(("one",)), {"variant_id": variant_id, "limit": 1}).fetchone()


def movements(connection: Connection, variant_id: UUID, *, limit: int, before: UUID | None) -> Sequence[MovementRow]:
    """Newest first, beginning before this one."""
    parameters = {"variant_id": variant_id, "before": before, "limit": limit}
    with connection.cursor(row_factory=args_row(MovementRow)) as cursor:
        return cursor.execute(_MOVEMENTS, parameters).fetchall()


def movement(connection: Connection, movement_id: UUID) -> MovementRow:
    """One that exists."""
    with connection.cursor(row_factory=args_row(MovementRow)) as cursor:
        row = cursor.execute(_MOVEMENT, (movement_id,)).fetchone()
    assert row is not None
    return row


def ensure_level(connection: Connection, variant_id: UUID) -> None:
    """Create a level without units for the variant, unless it has one."""
    connection.execute(
        "INSERT INTO stock_levels (variant_id) VALUES (%s) ON CONFLICT (variant_id) DO NOTHING", (variant_id,)
    )


def change_settings(
    connection: Connection,
    variant_id: UUID,
    *,
    sets_threshold: bool,
    threshold: int | None,
    allow_backorder: bool | None,
) -> StockSettings | None:
    """The settings before; None where units are promised that only a backorder can give."""
    parameters = {
        "variant_id": variant_id,
        "sets_threshold": sets_threshold,
        "threshold": threshold,
        "allow_backorder": allow_backorder,
    }
    with connection.cursor(row_factory=args_row(StockSettings)) as cursor:
        return cursor.execute(_CHANGE_SETTINGS, parameters).fetchone()


@lru_cache(maxsize=64)
def _levels_text(names: tuple[str, ...]) -> bytes:
    parts = [_CONDITIONS[name] for name in names] or [sql.SQL("true")]
    return _LEVELS.format(conditions=sql.SQL(" AND ").join(parts)).as_bytes()
