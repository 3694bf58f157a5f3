"""Admins create, change and delete products."""

from __future__ import annotations

import dataclasses
import secrets
from typing import Any
from uuid import UUID

from functions.catalog.domain.limits import MAX_VARIANTS_TOGETHER
from functions.catalog.domain.product_aggregate import ProductAggregate, ShownProduct
from functions.catalog.domain.product_draft import ProductDraft, VariantDraft
from functions.catalog.domain.slugs import slug_problem, slugify
from functions.catalog.errors import ProductNotFoundError, SlugTakenError, TooManyVariantsError
from functions.catalog.repository import product_aggregate, search_index, variants
from functions.catalog.service import pictures, product_checks, product_fields, product_writer
from functions.catalog.service.product_fields import Content
from functions.catalog.service.product_writer import WriteResult
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import StockReservedError
from shared.errors import FieldError

_SLUG_ATTEMPTS = 3


def read(connection: Connection, product_id: UUID, *, with_variants: bool = True) -> ShownProduct:
    """The product, active or not, with the first of its variants where these are asked for. Raises
    ProductNotFoundError.
    """
    head = product_aggregate.head(connection, product_id, locked=False)
    if head is None:
        raise ProductNotFoundError
    rows, total = variants.first(connection, product_id, MAX_VARIANTS_TOGETHER) if with_variants else ([], 0)
    return ShownProduct(head.product, head.images, rows, total)


def create(connection: Connection, content: Content, *, actor: UUID) -> ShownProduct:
    """A new product; without a slug (None), with one made of its name.

    Raises ValidationError, SlugTakenError and SkuTakenError.
    """
    draft = _draft(connection, {**content, "slug": content["slug"] or ""})
    product_checks.check(connection, draft, before=None)
    written = _insert(connection, draft, slug=content["slug"])
    _set_stock(connection, written, draft, actor=actor)
    search_index.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    product = _whole(connection, written.product_id)
    audit.record(connection, "product.created", _subject(product.product.id), changes=audit.created(product.flat()))
    return ShownProduct.of(product)


def replace(connection: Connection, product_id: UUID, content: Content, *, version: int, actor: UUID) -> ShownProduct:
    """Replace the product as a whole; a slug of None stays as it is.

    Raises ProductNotFoundError, VersionConflictError, TooManyVariantsError, ValidationError, SlugTakenError,
    SkuTakenError and StockReservedError.
    """
    current = _locked(connection, product_id, version)
    draft = _draft(connection, {**content, "slug": content["slug"] or current.product.slug})
    return _write(connection, current, draft, actor=actor)


def change(connection: Connection, product_id: UUID, changes: Content, *, version: int, actor: UUID) -> ShownProduct:
    """Replace only what `changes` names; raises as `replace`. Variants are not read where it does not name them."""
    if "variants" not in changes:
        product_fields.change(connection, product_id, lambda product: changes, version=version)
        return read(connection, product_id)
    current = _locked(connection, product_id, version)
    return _write(connection, current, _draft(connection, changes, before=current.draft()), actor=actor)


def delete(connection: Connection, product_id: UUID, *, version: int | None) -> None:
    """Delete the product; its slug is free again. Raises ProductNotFoundError and VersionConflictError."""
    before = _locked(connection, product_id, version, bounded=False)
    product_aggregate.delete(connection, product_id)
    audit.record(connection, "product.deleted", _subject(product_id), changes=audit.deleted(before.flat()))
    search_index.index(connection, [product_id])
    outbox.record(connection, ProductChanged(product_id=product_id, deleted=True))


def _whole(connection: Connection, product_id: UUID) -> ProductAggregate:
    aggregate = product_aggregate.by_id(connection, product_id, locked=False)
    if aggregate is None:
        raise ProductNotFoundError
    return aggregate


def _locked(connection: Connection, product_id: UUID, version: int | None, *, bounded: bool = True) -> ProductAggregate:
    """`bounded`: only as long as an answer carries all of its variants. Who read such an answer may replace them all;
    of a larger product it would delete what nobody has seen.
    """
    aggregate = product_aggregate.by_id(connection, product_id, locked=True)
    if aggregate is None:
        raise ProductNotFoundError
    product_fields.check_version(aggregate.product, version)
    if bounded and len(aggregate.variants) > MAX_VARIANTS_TOGETHER:
        message = f"More than {MAX_VARIANTS_TOGETHER} variants are written by part"
        raise TooManyVariantsError(message, variant_count=len(aggregate.variants))
    return aggregate


def _insert(connection: Connection, draft: ProductDraft, *, slug: str | None) -> WriteResult:
    """With this slug or not at all; with one made of the name where it is None."""
    base = slug or slugify(draft.fields.name)
    if slug is None and slug_problem(base):
        base = f"product-{base}".rstrip("-")
    candidate = base
    for _ in range(_SLUG_ATTEMPTS):
        product_aggregate.lock_slugs(connection, [candidate])
        fields = dataclasses.replace(draft.fields, slug=candidate)
        written = product_writer.create(connection, dataclasses.replace(draft, fields=fields))
        if written is not None:
            return written
        if slug is not None:
            break
        candidate = f"{base}-{secrets.token_hex(3)}"
    raise SlugTakenError(errors=[FieldError(("slug",), "taken by another product")])


def _write(connection: Connection, current: ProductAggregate, draft: ProductDraft, *, actor: UUID) -> ShownProduct:
    after = _write_differences(connection, current, draft, actor=actor)
    changes = audit.differences(current.flat(), after.flat())
    audit.record(connection, "product.changed", _subject(after.product.id), changes=changes)
    return ShownProduct.of(after)


def _subject(product_id: UUID) -> Subject:
    return Subject("product", product_id)


def _write_differences(
    connection: Connection, current: ProductAggregate, draft: ProductDraft, *, actor: UUID
) -> ProductAggregate:
    product_checks.check(connection, draft, before=current.draft())
    written = product_writer.change(connection, current, draft)
    stock_changed = _set_stock(connection, written, draft, actor=actor)
    if not written.changed and not stock_changed:
        return current
    if written.changed:
        search_index.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    return _whole(connection, written.product_id)


def _set_stock(connection: Connection, written: WriteResult, draft: ProductDraft, *, actor: UUID) -> bool:
    targets = product_writer.stock_targets(written, draft.variants)
    outcome = product_writer.set_stock(connection, targets, reason="adjustment", actor=f"admin:{actor}")
    if outcome.refused:
        raise StockReservedError(
            next(iter(outcome.refused.values())),
            errors=[
                FieldError(("variants", index, "stock"), outcome.refused[variant_id])
                for index, variant_id in enumerate(written.variant_ids)
                if variant_id in outcome.refused
            ],
        )
    return bool(outcome.changed)


def _draft(connection: Connection, content: Content, *, before: ProductDraft | None = None) -> ProductDraft:
    """The product with this content; what it does not name is as it was before."""
    parts: dict[str, Any] = {"fields": product_fields.merged(content, before.fields if before else None)}
    if "variants" in content:
        parts["variants"] = [VariantDraft(**variant) for variant in content["variants"]]
    if "images" in content:
        parts["images"] = pictures.product_images(connection, content["images"])
    return dataclasses.replace(before, **parts) if before else ProductDraft(**parts)
