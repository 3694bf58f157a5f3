"""Whether rows made or changed something, by comparing what was written with what there was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.product_draft import ProductDraft
from functions.catalog.domain.shopify_product import ParsedProduct
from functions.catalog.service.product_writer import WriteResult


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """A product that was written; `before` is None for a new one."""

    written: WriteResult
    before: ProductAggregate | None
    draft: ProductDraft
    parsed: ParsedProduct


def judge(product: ImportedProduct, *, stock_changed: Collection[UUID]) -> None:
    """Note in the rows' outcomes what they made or changed. `stock_changed` are variants."""
    rows = [row for row in (*product.parsed.variant_rows, *product.parsed.image_rows) if row is not None]
    if product.before is None:
        for row in (product.parsed.lead, *rows):
            row.outcome.is_created = True
        return
    if not product.written.changed and not stock_changed:
        return
    before = product.before.draft()
    for place, (draft, source) in enumerate(zip(product.draft.variants, product.parsed.variant_rows, strict=True)):
        if source is not None:
            source.outcome.is_created |= draft.id is None
            is_same = place < len(before.variants) and draft == before.variants[place]
            source.outcome.is_updated |= not is_same or product.written.variant_ids[place] in stock_changed
    for place, (image, source) in enumerate(zip(product.draft.images, product.parsed.image_rows, strict=True)):
        if source is not None:
            source.outcome.is_updated |= place >= len(before.images) or image != before.images[place]
    is_told = any(row.outcome.is_updated or row.outcome.is_created for row in rows)
    if product.draft.fields != before.fields or (product.written.changed and not is_told):
        product.parsed.lead.outcome.is_updated = True
