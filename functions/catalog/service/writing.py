"""Writing a product whole: what differs is written, what does not is left alone. The admin's API and imports use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from functions.catalog.documents import ProductDraft, VariantDraft
from functions.catalog.errors import SkuTakenError, SlugTakenError
from functions.catalog.repository import levels, stored
from functions.catalog.repository.levels import Level
from functions.catalog.repository.stored import StoredDocument
from shared.clients.database import Connection
from shared.errors import FieldError
from shared.transactions import stock


@dataclass(frozen=True, slots=True)
class Written:
    """A product that was written, or found to be so already. `variant_ids` follow the draft's variants."""

    product_id: UUID
    changed: bool
    variant_ids: list[UUID]


@dataclass(frozen=True, slots=True)
class StockTarget:
    """What a variant's stock shall be; None leaves that part as it is."""

    variant_id: UUID
    on_hand: int | None
    allow_backorder: bool | None


@dataclass(slots=True)
class StockOutcome:
    """Variants whose stock was changed, and those where more is reserved than there would be, with the reason."""

    changed: set[UUID] = field(default_factory=set)
    refused: dict[UUID, str] = field(default_factory=dict)


def create(connection: Connection, draft: ProductDraft) -> Written | None:
    """A new product without stock; None where its slug is taken. Raises SkuTakenError."""
    product_id = stored.insert(connection, draft)
    if product_id is None:
        return None
    with _conflicts():
        ids = stored.write_variants(connection, product_id, draft.fields.vendor, draft.variants)
    if draft.images:
        stored.insert_images(connection, product_id, draft.images)
    return Written(product_id, True, [ids[index] for index in range(len(draft.variants))])


def change(connection: Connection, current: StoredDocument, draft: ProductDraft) -> Written:
    """Make the locked product what the draft says, stock aside. Variants that the draft lacks are deleted.

    Raises SlugTakenError and SkuTakenError.
    """
    before, product = current.draft(), current.product
    ids = {index: variant.id for index, variant in enumerate(draft.variants) if variant.id is not None}
    if draft == before:
        return Written(product.id, False, list(ids.values()))
    removed = {variant.id for variant in current.variants} - set(ids.values())
    if removed:
        stored.delete_variants(connection, removed)
    with _conflicts():
        if draft.variants != before.variants or draft.fields.vendor != before.fields.vendor:
            ids |= stored.write_variants(connection, product.id, draft.fields.vendor, draft.variants)
        stored.update(connection, product.id, draft)
    if draft.images != before.images:
        stored.delete_images(connection, product.id)
        stored.insert_images(connection, product.id, draft.images)
    return Written(product.id, True, [ids[index] for index in range(len(draft.variants))])


def stock_targets(written: Written, variants: Sequence[VariantDraft]) -> list[StockTarget]:
    """What the drafts say about the stock of the variants that were written."""
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
    for variant_id, wanted in sorted(_differing(connection, targets).items()):
        try:
            stock.set_level(
                connection,
                variant_id,
                wanted.on_hand,
                allow_backorder=wanted.allow_backorder,
                reason=reason,
                reference=reference,
                actor=actor,
            )
            outcome.changed.add(variant_id)
        except stock.StockReservedError as error:
            outcome.refused[variant_id] = error.detail
    return outcome


def _differing(connection: Connection, targets: Sequence[StockTarget]) -> dict[UUID, Level]:
    """The levels that are to be written."""
    current = levels.levels(connection, [target.variant_id for target in targets])
    wanted: dict[UUID, Level] = {}
    for target in targets:
        level = current.get(target.variant_id)
        before = level or Level(target.variant_id, 0, False)
        after = Level(
            target.variant_id,
            before.on_hand if target.on_hand is None else target.on_hand,
            before.allow_backorder if target.allow_backorder is None else target.allow_backorder,
        )
        if after != level:
            wanted[target.variant_id] = after
    return wanted


@contextmanager
def _conflicts() -> Iterator[None]:
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
    return {"field": f"body.{name}", "message": message}
