"""The same change to several variants of one product: judged one by one, written together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from functions.catalog.domain.product_aggregate import ProductHead, StoredVariant
from functions.catalog.domain.product_draft import VariantDraft
from functions.catalog.errors import LastVariantError, VariantNotFoundError
from functions.catalog.repository import product_aggregate, search_index, stock_levels, variants
from functions.catalog.repository.stock_levels import Level
from functions.catalog.service import product_fields, product_writer
from shared import audit, money, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import StockReservedError
from shared.errors import FieldError, ValidationError

_SETTINGS: Final = ("low_stock_threshold", "allow_backorder")
"""Of stock levels; the others are fields of variants."""


@dataclass(slots=True)
class VariantBatch:
    """A locked product and those of its variants that are to be changed. However many they are, as many statements are
    sent.
    """

    connection: Connection
    head: ProductHead
    known: Mapping[UUID, StoredVariant]
    total: int
    changes: Mapping[str, Any]
    deletes: bool
    changed: dict[UUID, VariantDraft] = field(default_factory=dict)
    settings: set[UUID] = field(default_factory=set)
    deleted: set[UUID] = field(default_factory=set)

    def judge(self, variant_id: UUID) -> bool:
        """Take the change of one of them; returns whether it makes it another.

        Raises VariantNotFoundError, LastVariantError, ValidationError and StockReservedError.
        """
        before = self.known.get(variant_id)
        if before is None:
            raise VariantNotFoundError
        if self.deletes:
            if len(self.deleted) + 1 >= self.total:
                raise LastVariantError
            self.deleted.add(variant_id)
            return True
        fields = {name: value for name, value in self.changes.items() if name not in _SETTINGS}
        draft = replace(before.draft(), **fields)
        for name in ("price_amount", "compare_at_amount"):
            amount = getattr(draft, name)
            if amount != getattr(before, name) and (problem := money.price_problem(amount, self.head.product.currency)):
                raise ValidationError(field=FieldError((name,), problem))
        settings = {name: self.changes[name] for name in _SETTINGS if name in self.changes}
        if settings.get("allow_backorder") is False and before.reserved > before.on_hand:
            raise StockReservedError("More units are reserved than there are; backorders cannot be ended now")
        if draft != before.draft():
            self.changed[variant_id] = draft
        if any(getattr(before, name) != value for name, value in settings.items()):
            self.settings.add(variant_id)
        return variant_id in self.changed or variant_id in self.settings

    def write(self) -> None:
        """All that was taken."""
        touched = {*self.changed, *self.settings, *self.deleted}
        product = self.head.product
        changes: audit.Changes = {}
        if touched:
            if self.deleted:
                product_aggregate.delete_variants(self.connection, self.deleted)
                search_index.index(self.connection, [product.id])
            if self.changed:
                positions = [self.known[key].position for key in self.changed]
                with product_writer.conflicts():
                    product_aggregate.write_variants(
                        self.connection, product.id, product.vendor, list(self.changed.values()), positions
                    )
            if self.settings:
                self._write_settings()
            variants.count_up(self.connection, product.id)
            outbox.record(self.connection, ProductChanged(product_id=product.id))
            after = variants.by_ids(self.connection, product.id, touched)
            changes = audit.differences(_flat(self.known, touched), _flat(after, touched))
        audit.record(self.connection, "product.changed", Subject("product", product.id), changes=changes)

    def _write_settings(self) -> None:
        variants.change_stock_settings(
            self.connection,
            self.settings,
            sets_threshold="low_stock_threshold" in self.changes,
            threshold=self.changes.get("low_stock_threshold"),
            allow_backorder=self.changes.get("allow_backorder"),
        )


def begin(
    connection: Connection, product_id: UUID, ids: Collection[UUID], changes: Mapping[str, Any], *, deletes: bool
) -> VariantBatch:
    """Lock the product and, where stock levels are to be changed, these. Raises ProductNotFoundError."""
    head = product_fields.locked(connection, product_id)
    if any(name in changes for name in _SETTINGS):
        own = variants.by_ids(connection, product_id, ids)
        levels = [Level(key, 0, False) for key in own]
        stock_levels.make(connection, levels, reason="adjustment", reference=None, actor=None)
        stock.lock(connection, own)
    known = variants.by_ids(connection, product_id, ids)
    total = variants.count(connection, product_id).variants if deletes else 0
    return VariantBatch(connection, head, known, total, changes, deletes)


def _flat(rows: Mapping[UUID, StoredVariant], ids: Collection[UUID]) -> dict[str, Any]:
    return {
        f"variants.{key}": {**rows[key].flat(rows[key].position), "low_stock_threshold": rows[key].low_stock_threshold}
        for key in ids
        if key in rows
    }
