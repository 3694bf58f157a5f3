"""Staff reads and changes stock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.catalog.errors import VariantNotFoundError
from functions.catalog.repository import inventory
from functions.catalog.repository.inventory import LevelFilters, LevelRow, MovementRow, StockSettings
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import StockReservedError
from shared.pages import split_by_id, split_page


def levels(
    connection: Connection, filters: LevelFilters, *, limit: int, after: UUID | None
) -> tuple[Sequence[LevelRow], UUID | None]:
    """A page, and the variant that the next one starts after (None on the last page)."""
    rows = inventory.list_levels(connection, filters, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: row.variant_id)


def level(connection: Connection, variant_id: UUID) -> LevelRow:
    """Raises VariantNotFoundError."""
    row = inventory.level(connection, variant_id)
    if row is None:
        raise VariantNotFoundError
    return row


def movements(
    connection: Connection, variant_id: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[MovementRow], UUID | None]:
    """A page, newest first, and where the next one starts. Raises VariantNotFoundError."""
    rows = inventory.movements(connection, variant_id, limit=limit + 1, before=before)
    if not rows:
        level(connection, variant_id)
    return split_by_id(rows, limit)


def adjust(
    connection: Connection, variant_id: UUID, quantity: int, *, reason: str, note: str | None, actor: UUID
) -> tuple[MovementRow, LevelRow]:
    """Count units in or out; returns the movement and the level after it.

    Raises VariantNotFoundError, StockReservedError and StockOutOfRangeError.
    """
    before = level(connection, variant_id)
    inventory.ensure_level(connection, variant_id)
    movement_id = stock.adjust(connection, variant_id, quantity, reason=reason, actor=f"admin:{actor}", note=note)
    outbox.record(connection, ProductChanged(product_id=before.product_id))
    movement, after = inventory.movement(connection, movement_id), level(connection, variant_id)
    audit.record(
        connection,
        "stock.adjusted",
        Subject("variant", variant_id),
        changes=_counted(after, movement.quantity),
        reason=": ".join(part for part in (movement.reason, movement.note) if part),
    )
    return movement, after


def change(connection: Connection, variant_id: UUID, values: dict[str, Any]) -> LevelRow:
    """Change those of `low_stock_threshold` and `allow_backorder` that `values` names.

    Raises VariantNotFoundError, and StockReservedError where backorders are promised already.
    """
    level(connection, variant_id)
    inventory.ensure_level(connection, variant_id)
    before = inventory.change_settings(
        connection,
        variant_id,
        sets_threshold="low_stock_threshold" in values,
        threshold=values.get("low_stock_threshold"),
        allow_backorder=values.get("allow_backorder"),
    )
    if before is None:
        raise StockReservedError("More units are reserved than there are; backorders cannot be ended now")
    after = level(connection, variant_id)
    current = StockSettings(after.low_stock_threshold, after.allow_backorder)
    changes = audit.differences(before._asdict(), current._asdict())
    audit.record(connection, "stock.settings_changed", Subject("variant", variant_id), changes=changes)
    if current.allow_backorder != before.allow_backorder:
        outbox.record(connection, ProductChanged(product_id=after.product_id))
    return after


def _counted(after: LevelRow, quantity: int) -> dict[str, tuple[int, int]]:
    """What a movement of so many units changed, by the level that it led to: sales go on beside it."""
    before = after.on_hand - after.owed - quantity
    changes = {"on_hand": (max(before, 0), after.on_hand), "owed": (max(-before, 0), after.owed)}
    return {name: change for name, change in changes.items() if change[0] != change[1]}
