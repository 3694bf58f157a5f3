"""Stock levels, read; `shared.transactions.stock` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Level:
    variant_id: UUID
    on_hand: int
    allow_backorder: bool


def levels(connection: Connection, variant_ids: Sequence[UUID]) -> dict[UUID, Level]:
    """By variant; a variant without a row has never had stock."""
    with connection.cursor(row_factory=class_row(Level)) as cursor:
        rows = cursor.execute(
            "SELECT variant_id, on_hand, allow_backorder FROM stock_levels WHERE variant_id = ANY(%s)",
            (list(variant_ids),),
        )
        return {row.variant_id: row for row in rows}
