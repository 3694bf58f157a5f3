"""Variants of a product by pages, for staff and for its page, and written by part.

A part counts the product's version up as well: who replaces all variants by an older version would undo it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from functions.catalog.domain.limits import MAX_VARIANTS
from functions.catalog.domain.product_aggregate import ProductHead, StoredVariant
from functions.catalog.domain.product_draft import NO_OPTIONS, VariantDraft
from functions.catalog.errors import (
    LastVariantError,
    ProductNotFoundError,
    TooManyVariantsError,
    VariantNotFoundError,
)
from functions.catalog.repository import product_aggregate, search_index, variants
from functions.catalog.repository.variants import VariantFilters
from functions.catalog.service import product_checks, product_fields, product_writer
from functions.catalog.service.product_writer import StockTarget
from shared import audit, money, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import StockReservedError
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.pages import split_page

Place = tuple[int, UUID]


def page(
    connection: Connection,
    product_id: UUID,
    options: Mapping[str, str],
    *,
    sku: str | None,
    limit: int,
    after: Place | None,
) -> tuple[Sequence[StoredVariant], Place | None]:
    """In the product's order: those with these options, of which the SKU begins so, and where the next page starts.

    Raises ProductNotFoundError.
    """
    places = _option_places(connection, product_id, options, on_sale=False)
    if places is None:
        return [], None
    filters = VariantFilters(places, sku=sku)
    rows = variants.page(connection, product_id, filters, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: (row.position, row.id))


def offered(
    connection: Connection,
    product_id: UUID,
    options: Mapping[str, str],
    *,
    variant_id: UUID | None,
    limit: int,
    after: Place | None,
) -> tuple[Sequence[dict[str, Any]], Place | None]:
    """The same as shoppers see it, of a product on sale. Raises ProductNotFoundError."""
    places = _option_places(connection, product_id, options, on_sale=True)
    if places is None:
        return [], None
    filters = VariantFilters(places, id=variant_id)
    rows = variants.public_page(connection, product_id, filters, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: (row["position"], row["id"]))


def _option_places(
    connection: Connection, product_id: UUID, options: Mapping[str, str], *, on_sale: bool
) -> dict[int, str] | None:
    """The values by the places of their options, from 1 on; None where the product has no such option. Raises
    ProductNotFoundError.
    """
    names = variants.option_names(connection, product_id, on_sale=on_sale)
    if names is None:
        raise ProductNotFoundError
    known = {name: place for place, name in enumerate(names, 1)}
    return {known[name]: value for name, value in options.items()} if options.keys() <= known.keys() else None


def read(connection: Connection, product_id: UUID, variant_id: UUID) -> StoredVariant:
    """Raises VariantNotFoundError."""
    found = variants.by_ids(connection, product_id, [variant_id]).get(variant_id)
    if found is None:
        raise VariantNotFoundError
    return found


def create(
    connection: Connection, product_id: UUID, content: Sequence[dict[str, Any]], *, actor: UUID
) -> list[StoredVariant]:
    """New variants behind the others, all or none of them.

    Raises ProductNotFoundError, TooManyVariantsError, ValidationError and SkuTakenError.
    """
    head = product_fields.locked(connection, product_id)
    known = variants.count(connection, product_id)
    if known.variants + len(content) > MAX_VARIANTS:
        message = f"A product has at most {MAX_VARIANTS} variants"
        raise TooManyVariantsError(message, variant_count=known.variants)
    drafts = [VariantDraft(id=None, **variant) for variant in content]
    _check(connection, head, drafts, path=("variants",))
    positions = range(known.last + 1, known.last + 1 + len(drafts))
    made = _write(connection, head, drafts, positions, actor=actor)
    ids = [made.variant_ids[index] for index in range(len(drafts))]
    rows = variants.by_ids(connection, product_id, ids)
    changes = audit.differences({}, {f"variants.{key}": rows[key].flat(rows[key].position) for key in ids})
    _finish(connection, product_id, changes, is_found_otherwise=True)
    return [rows[key] for key in ids]


def change(
    connection: Connection, product_id: UUID, variant_id: UUID, changes: dict[str, Any], *, version: int, actor: UUID
) -> StoredVariant:
    """Replace what `changes` names of one variant.

    Raises ProductNotFoundError, VariantNotFoundError, VersionConflictError, ValidationError, SkuTakenError and
    StockReservedError.
    """
    head = product_fields.locked(connection, product_id)
    before = read(connection, product_id, variant_id)
    if before.version != version:
        raise VersionConflictError(current_version=before.version)
    draft = dataclasses.replace(before.draft(), **changes)
    _check(connection, head, [draft], path=(), before=before)
    is_changed = draft != before.draft()
    written = _write(connection, head, [draft], [before.position], actor=actor, is_changed=is_changed)
    after = read(connection, product_id, variant_id)
    differences = audit.differences(_flat(before), _flat(after))
    if not is_changed and not written.stock_changed:
        audit.record(connection, "product.changed", Subject("product", product_id), changes=differences)
        return after
    is_found_otherwise = (before.sku, before.barcode) != (after.sku, after.barcode)
    _finish(connection, product_id, differences, is_found_otherwise=is_found_otherwise)
    return after


def delete(connection: Connection, product_id: UUID, variant_id: UUID, *, version: int | None) -> None:
    """Orders keep their lines. Raises ProductNotFoundError, VariantNotFoundError, VersionConflictError and
    LastVariantError.
    """
    product_fields.locked(connection, product_id)
    before = read(connection, product_id, variant_id)
    if version is not None and before.version != version:
        raise VersionConflictError(current_version=before.version)
    if variants.count(connection, product_id).variants == 1:
        raise LastVariantError
    product_aggregate.delete_variants(connection, [variant_id])
    _finish(connection, product_id, audit.differences(_flat(before), {}), is_found_otherwise=True)


@dataclasses.dataclass(frozen=True, slots=True)
class _Written:
    variant_ids: dict[int, UUID]
    stock_changed: bool


def _write(
    connection: Connection,
    head: ProductHead,
    drafts: Sequence[VariantDraft],
    positions: Sequence[int],
    *,
    actor: UUID,
    is_changed: bool = True,
) -> _Written:
    product = head.product
    ids = {index: draft.id for index, draft in enumerate(drafts) if draft.id is not None}
    if is_changed:
        with product_writer.conflicts():
            ids |= product_aggregate.write_variants(connection, product.id, product.vendor, drafts, positions)
    targets = [
        StockTarget(ids[index], draft.stock, draft.allow_backorder)
        for index, draft in enumerate(drafts)
        if draft.id is None or draft.stock is not None or draft.allow_backorder is not None
    ]
    if not targets:
        return _Written(ids, False)
    outcome = product_writer.set_stock(connection, targets, reason="adjustment", actor=f"admin:{actor}")
    if outcome.refused:
        reason = next(iter(outcome.refused.values()))
        raise StockReservedError(reason, errors=[FieldError(("stock",), reason)])
    return _Written(ids, bool(outcome.changed))


def _finish(connection: Connection, product_id: UUID, changes: audit.Changes, *, is_found_otherwise: bool) -> None:
    """What follows a change of variants, however many."""
    variants.count_up(connection, product_id)
    if is_found_otherwise:
        search_index.index(connection, [product_id])
    outbox.record(connection, ProductChanged(product_id=product_id))
    audit.record(connection, "product.changed", Subject("product", product_id), changes=changes)


def _flat(variant: StoredVariant) -> dict[str, Any]:
    return {f"variants.{variant.id}": variant.flat(variant.position)}


def _check(
    connection: Connection,
    head: ProductHead,
    drafts: Sequence[VariantDraft],
    *,
    path: tuple[str, ...],
    before: StoredVariant | None = None,
) -> None:
    """Against each other, the product and its other variants. `path`: of the list; none where there is one draft.

    Raises ValidationError.
    """
    names = head.product.option_names
    taken = variants.with_options(connection, head.product.id, [draft.option_values for draft in drafts])
    images = {image.url for image in head.images}
    errors: list[FieldError] = []
    seen: set[tuple[str, ...]] = set()
    skus: set[str] = set()
    for index, draft in enumerate(drafts):
        place: tuple[str | int, ...] = (*path, index) if path else ()
        values = tuple(draft.option_values)
        other = taken.get(values)
        if len(values) != len(names):
            message = f"{len(names)} values are needed, one for each option"
            errors.append(FieldError((*place, "option_values"), message))
        elif (other is not None and other != draft.id) or values in seen:
            message = (
                "another variant has the same options" if names else "only one variant is possible without options"
            )
            errors.append(FieldError((*place, "option_values"), message))
        elif (*names, *values) == NO_OPTIONS:
            message = "this is how product files say that there are no options"
            errors.append(FieldError((*place, "option_values"), message))
        if draft.sku in skus:
            errors.append(FieldError((*place, "sku"), "another variant has the same SKU"))
        if draft.sku is not None:
            skus.add(draft.sku)
        seen.add(values)
        errors += _price_errors(draft, before, head.product.currency, place)
        if draft.image_url is not None and product_checks.unshown([draft.image_url], images):
            errors.append(FieldError((*place, "image_url"), "not among the product's images"))
    if errors:
        raise ValidationError.about(errors)


def _price_errors(
    draft: VariantDraft, before: StoredVariant | None, currency: str, place: tuple[str | int, ...]
) -> list[FieldError]:
    """Prices that nobody could pay; one that stands already hinders no other change."""
    amounts = ("price_amount", "compare_at_amount")
    return [
        FieldError((*place, name), problem)
        for name in amounts
        if before is None or getattr(draft, name) != getattr(before, name)
        if (problem := money.price_problem(getattr(draft, name), currency))
    ]
