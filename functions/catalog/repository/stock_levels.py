"""Stock levels: read, and made for variants that have none; `shared.contexts.catalog.stock` changes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Level:
    variant_id: UUID
    on_hand: int
    allow_backorder: bool


_MAKE: Final = """
WITH made AS (
    INSERT INTO stock_levels (variant_id, on_hand, allow_backorder)
    SELECT new.variant_id, new.on_hand, new.allow_backorder
    FROM unnest(%(variants)s::uuid[], %(on_hand)s::int[], %(allow_backorder)s::boolean[])
        AS new(variant_id, on_hand, allow_backorder)
    ORDER BY new.variant_id ON CONFLICT DO NOTHING RETURNING variant_id, on_hand
), moved AS (
    INSERT INTO stock_movements (variant_id, quantity, reason, reference, actor)
    SELECT variant_id, on_hand, %(reason)s, %(reference)s, %(actor)s FROM made WHERE on_hand <> 0
)
SELECT variant_id FROM made
"""


def make(
    connection: Connection, levels: Collection[Level], *, reason: str, reference: str | None, actor: str | None
) -> set[UUID]:
    """Make these levels, all by one statement; returns the variants that had none until now."""
    parameters = {
        "variants": [level.variant_id for level in levels],
        "on_hand": [level.on_hand for level in levels],
        "allow_backorder": [level.allow_backorder for level in levels],
        "reason": reason,
        "reference": reference,
        "actor": actor,
    }
    return {row["variant_id"] for row in connection.execute(_MAKE, parameters)}


def levels(connection: Connection, variant_ids: Sequence[UUID]) -> dict[UUID, Level]:
    """By variant; a variant without a row has never had stock."""
    with connection.cursor(row_factory=class_row(Level)) as cursor:
        rows = cursor.execute(
            "SELECT variant_id, on_hand, allow_backorder FROM stock_levels WHERE variant_id = ANY(%s)",
            (list(variant_ids),),
        )
        return {row.variant_id: row for row in rows}
