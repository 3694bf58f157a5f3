"""Admins create, change and delete products."""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from functions.catalog.domain.html import sanitise
from functions.catalog.domain.limits import MAX_DESCRIPTION
from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.product_draft import (
    NO_OPTIONS,
    PRODUCT_FIELDS,
    ProductDraft,
    ProductFields,
    VariantDraft,
)
from functions.catalog.domain.slugs import slug_problem, slugify
from functions.catalog.errors import ProductNotFoundError, SlugTakenError
from functions.catalog.repository import categories, product_aggregate, search_index
from functions.catalog.service import pictures, product_writer
from functions.catalog.service.product_writer import WriteResult
from shared import audit, money, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.stock import StockReservedError
from shared.contexts.media import media_urls
from shared.errors import FieldError, ValidationError, VersionConflictError

_SLUG_ATTEMPTS = 3

Content = Mapping[str, Any]
"""Of a product, by the names of `ProductFields`, and its `variants` and `images`, by those of `VariantDraft`, and of an
image's `url` or `media_id` and its `alt`.
"""


def read(connection: Connection, product_id: UUID) -> ProductAggregate:
    """The product, active or not. Raises ProductNotFoundError."""
    aggregate = product_aggregate.by_id(connection, product_id, locked=False)
    if aggregate is None:
        raise ProductNotFoundError
    return aggregate


def create(connection: Connection, content: Content, *, actor: UUID) -> ProductAggregate:
    """A new product; without a slug (None), with one made of its name.

    Raises ValidationError, SlugTakenError and SkuTakenError.
    """
    draft = _draft(connection, {**content, "slug": content["slug"] or ""})
    _check(connection, draft, before=None)
    written = _insert(connection, draft, slug=content["slug"])
    _set_stock(connection, written, draft, actor=actor)
    search_index.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    product = read(connection, written.product_id)
    audit.record(connection, "product.created", _subject(product), changes=audit.created(product.flat()))
    return product


def replace(
    connection: Connection, product_id: UUID, content: Content, *, version: int, actor: UUID
) -> ProductAggregate:
    """Replace the product as a whole; a slug of None stays as it is.

    Raises ProductNotFoundError, VersionConflictError, ValidationError, SlugTakenError, SkuTakenError and
    StockReservedError.
    """
    current = _locked(connection, product_id, version)
    draft = _draft(connection, {**content, "slug": content["slug"] or current.product.slug})
    return _write(connection, current, draft, actor=actor)


def change(
    connection: Connection, product_id: UUID, changes: Content, *, version: int, actor: UUID
) -> ProductAggregate:
    """Replace only what `changes` names; raises as `replace`."""
    current = _locked(connection, product_id, version)
    return _write(connection, current, _draft(connection, changes, before=current.draft()), actor=actor)


def delete(connection: Connection, product_id: UUID, *, version: int | None) -> None:
    """Delete the product; its slug is free again. Raises ProductNotFoundError and VersionConflictError."""
    before = _locked(connection, product_id, version)
    product_aggregate.delete(connection, product_id)
    audit.record(connection, "product.deleted", _subject(before), changes=audit.deleted(before.flat()))
    search_index.index(connection, [product_id])
    outbox.record(connection, ProductChanged(product_id=product_id, deleted=True))


def _locked(connection: Connection, product_id: UUID, version: int | None) -> ProductAggregate:
    aggregate = product_aggregate.by_id(connection, product_id, locked=True)
    if aggregate is None:
        raise ProductNotFoundError
    if version is not None and version != aggregate.product.version:
        raise VersionConflictError(current_version=aggregate.product.version)
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


def _write(connection: Connection, current: ProductAggregate, draft: ProductDraft, *, actor: UUID) -> ProductAggregate:
    after = _write_differences(connection, current, draft, actor=actor)
    changes = audit.differences(current.flat(), after.flat())
    audit.record(connection, "product.changed", _subject(after), changes=changes)
    return after


def _subject(aggregate: ProductAggregate) -> Subject:
    return Subject("product", aggregate.product.id)


def _write_differences(
    connection: Connection, current: ProductAggregate, draft: ProductDraft, *, actor: UUID
) -> ProductAggregate:
    _check(connection, draft, before=current.draft())
    written = product_writer.change(connection, current, draft)
    stock_changed = _set_stock(connection, written, draft, actor=actor)
    if not written.changed and not stock_changed:
        return current
    if written.changed:
        search_index.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    return read(connection, written.product_id)


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
    unchanged = dataclasses.asdict(before.fields) if before else {}
    fields = {name: content[name] if name in content else unchanged[name] for name in PRODUCT_FIELDS}
    fields["description"] = sanitise(fields["description"])
    fields["tags"] = list(dict.fromkeys(fields["tags"]))
    for name in ("seo_title", "seo_description"):
        fields[name] = fields[name] or None
    parts: dict[str, Any] = {"fields": ProductFields(**fields)}
    if "variants" in content:
        parts["variants"] = [VariantDraft(**variant) for variant in content["variants"]]
    if "images" in content:
        parts["images"] = pictures.product_images(connection, content["images"])
    return dataclasses.replace(before, **parts) if before else ProductDraft(**parts)


def _check(connection: Connection, draft: ProductDraft, *, before: ProductDraft | None) -> None:
    known = {variant.id for variant in before.variants if variant.id} if before else set()
    errors = [
        *_text_errors(draft),
        *_price_errors(draft, before),
        *_option_errors(draft),
        *_variant_errors(draft.variants, known),
    ]
    category_id = draft.fields.category_id
    if category_id is not None and not categories.exists(connection, category_id):
        errors.append(FieldError(("category_id",), "there is no such category"))
    if errors:
        raise ValidationError.about(errors)


def _text_errors(draft: ProductDraft) -> list[FieldError]:
    """Those that a product file cannot have."""
    errors: list[FieldError] = []
    if len(draft.fields.description) > MAX_DESCRIPTION:
        message = f"more than {MAX_DESCRIPTION} characters of HTML, once all that needs it is escaped"
        errors.append(FieldError(("description",), message))
    urls = Counter(image.url for image in draft.images)
    errors += [
        FieldError(("images", index, "url"), "another image has the same address")
        for index, image in enumerate(draft.images)
        if urls[image.url] > 1
    ]
    # A picture that was uploaded here cannot be deleted as long as one of the images shows it.
    errors += [
        FieldError(("variants", index, "image_url"), "not among the product's images")
        for index, variant in enumerate(draft.variants)
        if variant.image_url is not None and variant.image_url not in urls and media_urls.media_id(variant.image_url)
    ]
    return errors


def _price_errors(draft: ProductDraft, before: ProductDraft | None) -> list[FieldError]:
    """Prices that nobody could pay; one that stands already hinders no other change."""
    currency = draft.fields.currency
    known = before.variants if before is not None and before.fields.currency == currency else []
    old = {(each.id, each.price_amount, each.compare_at_amount) for each in known}
    return [
        FieldError(("variants", index, name), problem)
        for index, variant in enumerate(draft.variants)
        if (variant.id, variant.price_amount, variant.compare_at_amount) not in old
        for name, amount in (("price_amount", variant.price_amount), ("compare_at_amount", variant.compare_at_amount))
        if (problem := money.price_problem(amount, currency))
    ]


def _option_errors(draft: ProductDraft) -> list[FieldError]:
    names = draft.fields.option_names
    errors: list[FieldError] = []
    if len(set(names)) < len(names):
        errors.append(FieldError(("option_names",), "an option is named twice"))
    if (*names, *draft.variants[0].option_values) == NO_OPTIONS:
        message = "this is how product files say that there are no options"
        errors.append(FieldError(("option_names",), message))
    seen: set[tuple[str, ...]] = set()
    for index, variant in enumerate(draft.variants):
        values = tuple(variant.option_values)
        if len(values) != len(names):
            message = f"{len(names)} values are needed, one for each option"
            errors.append(FieldError(("variants", index, "option_values"), message))
        elif values in seen:
            message = (
                "another variant has the same options" if names else "only one variant is possible without options"
            )
            errors.append(FieldError(("variants", index, "option_values"), message))
        seen.add(values)
    return errors


def _variant_errors(variants: Sequence[VariantDraft], known: set[UUID]) -> list[FieldError]:
    ids = Counter(variant.id for variant in variants)
    skus = Counter(variant.sku for variant in variants)
    errors: list[FieldError] = []
    for index, variant in enumerate(variants):
        if variant.id is not None and variant.id not in known:
            errors.append(FieldError(("variants", index, "id"), "the product has no such variant"))
        elif variant.id is not None and ids[variant.id] > 1:
            errors.append(FieldError(("variants", index, "id"), "named twice"))
        if variant.sku is not None and skus[variant.sku] > 1:
            errors.append(FieldError(("variants", index, "sku"), "another variant has the same SKU"))
    return errors
