"""Writes a product as a whole, of which only what differs is written. The admin's API and imports use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

import psycopg

from functions.catalog.domain.product_aggregate import ProductAggregate, ProductHead
from functions.catalog.domain.product_draft import ImageDraft, ProductDraft, ProductFields, VariantDraft
from functions.catalog.errors import SkuTakenError, SlugTakenError
from functions.catalog.repository import product_aggregate, stock_levels, variants
from functions.catalog.repository.stock_levels import Level
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import WantedLevel
from shared.errors import FieldError


@dataclass(frozen=True, slots=True)
class WriteResult:
    """A product that was written, or was as the draft already. `variant_ids` follow the draft's variants."""

    product_id: UUID
    changed: bool
    variant_ids: list[UUID]


@dataclass(frozen=True, slots=True)
class StockTarget:
    """The stock that a variant is to have; None leaves that part as it is."""

    variant_id: UUID
    on_hand: int | None
    allow_backorder: bool | None


@dataclass(slots=True)
class StockOutcome:
    """Variants whose stock was changed, and those where more is reserved than there would be, with the reason."""

    changed: set[UUID] = field(default_factory=set)
    refused: dict[UUID, str] = field(default_factory=dict)


def create(connection: Connection, draft: ProductDraft) -> WriteResult | None:
    """A new product without stock; None where its slug is taken. Raises SkuTakenError."""
    inserted = product_aggregate.insert(connection, draft)
    if inserted is None:
        return None
    product_id = inserted.id
    _purge_displaced(connection, inserted.displaced)
    with conflicts():
        ids = product_aggregate.write_variants(connection, product_id, draft.fields.vendor, draft.variants)
    if draft.images:
        product_aggregate.insert_images(connection, product_id, draft.images)
    return WriteResult(product_id, True, [ids[index] for index in range(len(draft.variants))])


def change(connection: Connection, current: ProductAggregate, draft: ProductDraft) -> WriteResult:
    """Write the draft to the locked product, without its stock. Variants that the draft lacks are deleted.

    Raises SlugTakenError and SkuTakenError.
    """
    before, product = current.draft(), current.product
    ids = {index: variant.id for index, variant in enumerate(draft.variants) if variant.id is not None}
    if draft == before:
        return WriteResult(product.id, False, list(ids.values()))
    removed = {variant.id for variant in current.variants} - set(ids.values())
    if removed:
        product_aggregate.delete_variants(connection, removed)
    with conflicts():
        if draft.variants != before.variants or draft.fields.vendor != before.fields.vendor:
            ids |= product_aggregate.write_variants(connection, product.id, draft.fields.vendor, draft.variants)
        displaced = product_aggregate.update(connection, product.id, draft.fields, draft.variants)
    _purge_displaced(connection, displaced)
    if draft.images != before.images:
        product_aggregate.delete_images(connection, product.id)
        product_aggregate.insert_images(connection, product.id, draft.images)
    return WriteResult(product.id, True, [ids[index] for index in range(len(draft.variants))])


def change_fields(
    connection: Connection, current: ProductHead, fields: ProductFields, images: Sequence[ImageDraft]
) -> bool:
    """Write the locked product's own fields and its images; its variants stay. Returns whether anything is another now.

    Raises SlugTakenError and SkuTakenError.
    """
    product = current.product
    before = product.fields()
    if fields == before and list(images) == current.images:
        return False
    with conflicts():
        if fields.vendor != before.vendor:
            variants.set_vendor(connection, product.id, fields.vendor)
        displaced = product_aggregate.update(connection, product.id, fields, None)
    _purge_displaced(connection, displaced)
    if list(images) != current.images:
        product_aggregate.delete_images(connection, product.id)
        product_aggregate.insert_images(connection, product.id, images)
    return True


def stock_targets(written: WriteResult, variants: Sequence[VariantDraft]) -> list[StockTarget]:
    """The drafts' stock of the variants that were written."""
    return [
        StockTarget(variant_id, draft.stock, draft.allow_backorder)
        for variant_id, draft in zip(written.variant_ids, variants, strict=True)
    ]


def set_stock(
    connection: Connection,
    targets: Sequence[StockTarget],
    *,
    reason: str,
    reference: str | None = None,
    actor: str | None = None,
) -> StockOutcome:
    """Bring stock to its targets, locking in variant order. Every variant gets a stock level, if only of 0.

    Nothing is locked where nothing is to be changed: checkouts need not wait for an import that repeats another.
    """
    outcome = StockOutcome()
    differing = _differing(connection, targets)
    if not differing:
        return outcome
    stock.lock(connection, differing)
    differing = _differing(connection, targets)
    first = [change.level for change in differing.values() if change.is_first]
    if first:
        outcome.changed |= stock_levels.make(connection, first, reason=reason, reference=reference, actor=actor)
    others = [
        WantedLevel(variant_id, level.on_hand, level.allow_backorder)
        for variant_id, (level, _) in differing.items()
        if variant_id not in outcome.changed
    ]
    if others:
        changed, outcome.refused = stock.set_levels(connection, others, reason=reason, reference=reference, actor=actor)
        outcome.changed |= changed
    return outcome


class _Change(NamedTuple):
    """A level that is to be written; `is_first`: the variant has none."""

    level: Level
    is_first: bool


def _differing(connection: Connection, targets: Sequence[StockTarget]) -> dict[UUID, _Change]:
    """The levels that are to be written."""
    current = stock_levels.levels(connection, [target.variant_id for target in targets])
    changed: dict[UUID, _Change] = {}
    for target in targets:
        level = current.get(target.variant_id)
        before = level or Level(target.variant_id, 0, False)
        after = Level(
            target.variant_id,
            before.on_hand if target.on_hand is None else target.on_hand,
            before.allow_backorder if target.allow_backorder is None else target.allow_backorder,
        )
        if after != level:
            changed[target.variant_id] = _Change(after, level is None)
    return changed


def _purge_displaced(connection: Connection, product_id: UUID | None) -> None:
    """The product has one address less: pages at it are another's now."""
    if product_id is not None:
        outbox.record(connection, ProductChanged(product_id=product_id))


@contextmanager
def conflicts() -> Iterator[None]:
    """What the database refuses because another product has it already."""
    try:
        yield
    except psycopg.errors.ExclusionViolation as error:
        if error.diag.constraint_name != "ex_variants_sku":
            raise
        raise SkuTakenError(errors=[_field("variants", "a SKU is taken by another variant of this vendor")]) from error
    except psycopg.errors.UniqueViolation as error:
        if error.diag.constraint_name != "uq_products_slug":
            raise
        raise SlugTakenError(errors=[_field("slug", "taken by another product")]) from error


def _field(name: str, message: str) -> FieldError:
    return FieldError((name,), message)
