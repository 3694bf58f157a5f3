"""Variants whose stock fell to their threshold, or rose above it, since the last run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class LowRow:
    """A variant that became low. `available` is what is neither promised nor owed."""

    variant_id: UUID
    product_id: UUID
    product_name: str
    option_values: list[str]
    sku: str | None
    available: int
    threshold: int


# What is being sold at this moment is left to the next run: a sale never waits for a notice.
_MARK_FALLEN: Final = """
WITH fallen AS MATERIALIZED (
    SELECT s.variant_id
    FROM stock_levels s JOIN variants v ON v.id = s.variant_id JOIN products p ON p.id = v.product_id
    WHERE s.is_low AND s.low_noticed_at IS NULL AND v.deleted_at IS NULL AND p.is_active
    ORDER BY s.variant_id LIMIT %s FOR UPDATE OF s SKIP LOCKED
)
UPDATE stock_levels s SET low_noticed_at = now()
FROM fallen f JOIN variants v ON v.id = f.variant_id JOIN products p ON p.id = v.product_id
WHERE s.variant_id = f.variant_id
RETURNING s.variant_id, v.product_id, p.name AS product_name, v.option_values, v.sku,
          s.on_hand - s.owed - s.reserved AS available, s.low_stock_threshold AS threshold
"""
_RESET_RISEN: Final = """
UPDATE stock_levels SET low_noticed_at = NULL WHERE variant_id = ANY(ARRAY(
    SELECT variant_id FROM stock_levels WHERE NOT is_low AND low_noticed_at IS NOT NULL
    ORDER BY variant_id LIMIT %s FOR UPDATE SKIP LOCKED
))
"""


def mark_fallen(connection: Connection, *, limit: int) -> Sequence[LowRow]:
    """So many variants on sale that are low and were not noticed; now they are."""
    with connection.cursor(row_factory=class_row(LowRow)) as cursor:
        return cursor.execute(_MARK_FALLEN, (limit,)).fetchall()


def reset_risen(connection: Connection, *, limit: int) -> int:
    """So many variants that were noticed and are low no longer may be noticed again; returns how many."""
    return connection.execute(_RESET_RISEN, (limit,)).rowcount
