"""Staff reads and changes stock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.catalog.errors import VariantNotFoundError
from functions.catalog.inventory_schemas import Adjustment
from functions.catalog.repository import inventory
from functions.catalog.repository.inventory import LevelFilters, LevelRow, MovementRow, StockSettings
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.events import ProductChanged
from shared.transactions import stock
from shared.transactions.stock import StockReservedError


def levels(
    connection: Connection, filters: LevelFilters, *, limit: int, after: UUID | None
) -> tuple[Sequence[LevelRow], UUID | None]:
    """A page, and the variant that the next one starts after (None on the last page)."""
    rows = inventory.list_levels(connection, filters, limit=limit + 1, after=after)
    return rows[:limit], rows[limit - 1].variant_id if len(rows) > limit else None


def level(connection: Connection, variant_id: UUID) -> LevelRow:
    """Raises VariantNotFoundError."""
    found = inventory.level(connection, variant_id)
    if found is None:
        raise VariantNotFoundError
    return found


def movements(
    connection: Connection, variant_id: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[MovementRow], UUID | None]:
    """A page, newest first, and where the next one starts. Raises VariantNotFoundError."""
    rows = inventory.movements(connection, variant_id, limit=limit + 1, before=before)
    if not rows:
        level(connection, variant_id)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def adjust(connection: Connection, variant_id: UUID, body: Adjustment, *, actor: UUID) -> tuple[MovementRow, LevelRow]:
    """Count units in or out; returns the movement and the level after it.

    Raises VariantNotFoundError, StockReservedError and StockOutOfRangeError.
    """
    before = level(connection, variant_id)
    inventory.ensure_level(connection, variant_id)
    movement_id = stock.adjust(
        connection, variant_id, body.quantity, reason=body.reason, actor=f"admin:{actor}", note=body.note or None
    )
    outbox.record(connection, ProductChanged(product_id=before.product_id))
    movement, after = inventory.movement(connection, movement_id), level(connection, variant_id)
    audit.record(
        connection,
        "stock.adjusted",
        Subject("variant", variant_id),
        # What was counted at the movement: sales go on beside it.
        changes={"on_hand": (after.on_hand - movement.quantity, after.on_hand)},
        reason=": ".join(part for part in (movement.reason, movement.note) if part),
    )
    return movement, after


def change(connection: Connection, variant_id: UUID, values: dict[str, Any]) -> LevelRow:
    """Set what is given of `low_stock_threshold` and `allow_backorder`.

    Raises VariantNotFoundError, and StockReservedError where backorders are promised already.
    """
    level(connection, variant_id)
    inventory.ensure_level(connection, variant_id)
    before = inventory.change_settings(
        connection,
        variant_id,
        threshold_given="low_stock_threshold" in values,
        threshold=values.get("low_stock_threshold"),
        allow_backorder=values.get("allow_backorder"),
    )
    if before is None:
        raise StockReservedError("More units are reserved than there are; backorders cannot be ended now")
    after = level(connection, variant_id)
    now = StockSettings(after.low_stock_threshold, after.allow_backorder)
    changes = audit.differences(before._asdict(), now._asdict())
    audit.record(connection, "stock.settings_changed", Subject("variant", variant_id), changes=changes)
    if now.allow_backorder != before.allow_backorder:
        outbox.record(connection, ProductChanged(product_id=after.product_id))
    return after
