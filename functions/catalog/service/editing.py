"""Admins create, change and delete products."""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.catalog.admin_schemas import NewProduct, ProductChange, ProductReplacement
from functions.catalog.documents import (
    MAX_DESCRIPTION,
    NO_OPTIONS,
    ImageDraft,
    ProductDraft,
    ProductFields,
    VariantDraft,
)
from functions.catalog.errors import ProductNotFoundError, SlugTakenError
from functions.catalog.html import sanitise
from functions.catalog.repository import categories, stored
from functions.catalog.repository.stored import StoredDocument
from functions.catalog.service import pictures, writing
from functions.catalog.service.writing import Written
from functions.catalog.slugs import slug_problem, slugify
from shared import audit, media_urls, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.events import ProductChanged
from shared.transactions import product_search
from shared.transactions.stock import StockReservedError

_SLUG_ATTEMPTS = 3


def read(connection: Connection, product_id: UUID) -> StoredDocument:
    """The product, active or not. Raises ProductNotFoundError."""
    document = stored.by_id(connection, product_id, locked=False)
    if document is None:
        raise ProductNotFoundError
    return document


def create(connection: Connection, body: NewProduct, *, actor: UUID) -> StoredDocument:
    """A new product. Raises ValidationError, SlugTakenError and SkuTakenError."""
    draft = _draft(connection, body.model_dump(), slug=body.slug or "")
    _check(connection, draft, known=set())
    written = _insert(connection, draft, wanted=body.slug)
    _set_stock(connection, written, draft, actor=actor)
    product_search.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    made = read(connection, written.product_id)
    audit.record(connection, "product.created", _subject(made), changes=audit.created(made.flat()))
    return made


def replace(connection: Connection, product_id: UUID, body: ProductReplacement, *, actor: UUID) -> StoredDocument:
    """Make the product what `body` says.

    Raises ProductNotFoundError, VersionConflictError, ValidationError, SlugTakenError, SkuTakenError and
    StockReservedError.
    """
    current = _locked(connection, product_id, body.version)
    draft = _draft(connection, body.model_dump(exclude={"version"}), slug=body.slug or current.product.slug)
    return _change(connection, current, draft, actor=actor)


def patch(connection: Connection, product_id: UUID, body: ProductChange, *, actor: UUID) -> StoredDocument:
    """Change what `body` names; raises as `replace`."""
    current = _locked(connection, product_id, body.version)
    before = current.draft()
    sent = body.model_dump(include=body.model_fields_set - {"version"})
    document = {
        **dataclasses.asdict(before.fields),
        "variants": [dataclasses.asdict(variant) for variant in before.variants],
        "images": [dataclasses.asdict(image) for image in before.images],
        **sent,
    }
    return _change(connection, current, _draft(connection, document, slug=document["slug"]), actor=actor)


def delete(connection: Connection, product_id: UUID, *, version: int | None) -> None:
    """Take the product off for good; its slug is free again. Raises ProductNotFoundError and VersionConflictError."""
    before = _locked(connection, product_id, version)
    stored.delete(connection, product_id)
    audit.record(connection, "product.deleted", _subject(before), changes=audit.deleted(before.flat()))
    product_search.index(connection, [product_id])
    outbox.record(connection, ProductChanged(product_id=product_id, deleted=True))


def _locked(connection: Connection, product_id: UUID, version: int | None) -> StoredDocument:
    document = stored.by_id(connection, product_id, locked=True)
    if document is None:
        raise ProductNotFoundError
    if version is not None and version != document.product.version:
        raise VersionConflictError(current_version=document.product.version)
    return document


def _insert(connection: Connection, draft: ProductDraft, *, wanted: str | None) -> Written:
    """With the wanted slug or not at all; without a wish, with one made of the name."""
    base = wanted or slugify(draft.fields.name)
    if wanted is None and slug_problem(base):
        base = f"product-{base}".rstrip("-")
    slug = base
    for _ in range(_SLUG_ATTEMPTS):
        stored.lock_slugs(connection, [slug])
        fields = dataclasses.replace(draft.fields, slug=slug)
        written = writing.create(connection, dataclasses.replace(draft, fields=fields))
        if written is not None:
            return written
        if wanted is not None:
            break
        slug = f"{base}-{secrets.token_hex(3)}"
    raise SlugTakenError(errors=[{"field": "body.slug", "message": "taken by another product"}])


def _change(connection: Connection, current: StoredDocument, draft: ProductDraft, *, actor: UUID) -> StoredDocument:
    after = _write(connection, current, draft, actor=actor)
    changes = audit.differences(current.flat(), after.flat())
    audit.record(connection, "product.changed", _subject(after), changes=changes)
    return after


def _subject(document: StoredDocument) -> Subject:
    return Subject("product", document.product.id)


def _write(connection: Connection, current: StoredDocument, draft: ProductDraft, *, actor: UUID) -> StoredDocument:
    _check(connection, draft, known={variant.id for variant in current.variants})
    written = writing.change(connection, current, draft)
    stock_changed = _set_stock(connection, written, draft, actor=actor)
    if not written.changed and not stock_changed:
        return current
    if written.changed:
        product_search.index(connection, [written.product_id])
    outbox.record(connection, ProductChanged(product_id=written.product_id))
    return read(connection, written.product_id)


def _set_stock(connection: Connection, written: Written, draft: ProductDraft, *, actor: UUID) -> bool:
    targets = writing.stock_targets(written, draft.variants)
    outcome = writing.set_stock(connection, targets, reason="adjustment", actor=f"admin:{actor}")
    if outcome.refused:
        raise StockReservedError(
            next(iter(outcome.refused.values())),
            errors=[
                {"field": f"body.variants.{index}.stock", "message": outcome.refused[variant_id]}
                for index, variant_id in enumerate(written.variant_ids)
                if variant_id in outcome.refused
            ],
        )
    return bool(outcome.changed)


def _draft(connection: Connection, document: dict[str, Any], *, slug: str) -> ProductDraft:
    fields = {field.name: document[field.name] for field in dataclasses.fields(ProductFields) if field.name != "slug"}
    fields["description"] = sanitise(fields["description"])
    fields["tags"] = list(dict.fromkeys(fields["tags"]))
    for name in ("seo_title", "seo_description"):
        fields[name] = fields[name] or None
    return ProductDraft(
        fields=ProductFields(slug=slug, **fields),
        variants=[VariantDraft(**variant) for variant in document["variants"]],
        images=[ImageDraft(**image) for image in pictures.addressed(connection, document["images"])],
    )


def _check(connection: Connection, draft: ProductDraft, *, known: set[UUID]) -> None:
    errors = [*_text_errors(draft), *_option_errors(draft), *_variant_errors(draft.variants, known)]
    category_id = draft.fields.category_id
    if category_id is not None and not categories.exists(connection, category_id):
        errors.append({"field": "body.category_id", "message": "there is no such category"})
    if errors:
        raise ValidationError(f"{errors[0]['field']}: {errors[0]['message']}", errors=errors)


def _text_errors(draft: ProductDraft) -> list[FieldError]:
    """What a product file could not say."""
    errors: list[FieldError] = []
    if len(draft.fields.description) > MAX_DESCRIPTION:
        message = f"more than {MAX_DESCRIPTION} characters of HTML, once all that needs it is escaped"
        errors.append({"field": "body.description", "message": message})
    urls = Counter(image.url for image in draft.images)
    errors += [
        {"field": f"body.images.{index}.url", "message": "another image has the same address"}
        for index, image in enumerate(draft.images)
        if urls[image.url] > 1
    ]
    # What is uploaded here is kept for as long as an image shows it.
    errors += [
        {"field": f"body.variants.{index}.image_url", "message": "not among the product's images"}
        for index, variant in enumerate(draft.variants)
        if variant.image_url is not None and variant.image_url not in urls and media_urls.media_id(variant.image_url)
    ]
    return errors


def _option_errors(draft: ProductDraft) -> list[FieldError]:
    names = draft.fields.option_names
    errors: list[FieldError] = []
    if len(set(names)) < len(names):
        errors.append({"field": "body.option_names", "message": "an option is named twice"})
    if (*names, *draft.variants[0].option_values) == NO_OPTIONS:
        message = "this is how product files say that there are no options"
        errors.append({"field": "body.option_names", "message": message})
    seen: set[tuple[str, ...]] = set()
    for index, variant in enumerate(draft.variants):
        values = tuple(variant.option_values)
        if len(values) != len(names):
            message = f"{len(names)} values are needed, one for each option"
            errors.append({"field": f"body.variants.{index}.option_values", "message": message})
        elif values in seen:
            message = (
                "another variant has the same options" if names else "only one variant is possible without options"
            )
            errors.append({"field": f"body.variants.{index}.option_values", "message": message})
        seen.add(values)
    return errors


def _variant_errors(variants: Sequence[VariantDraft], known: set[UUID]) -> list[FieldError]:
    ids = Counter(variant.id for variant in variants)
    skus = Counter(variant.sku for variant in variants)
    errors: list[FieldError] = []
    for index, variant in enumerate(variants):
        if variant.id is not None and variant.id not in known:
            errors.append({"field": f"body.variants.{index}.id", "message": "the product has no such variant"})
        elif variant.id is not None and ids[variant.id] > 1:
            errors.append({"field": f"body.variants.{index}.id", "message": "named twice"})
        if variant.sku is not None and skus[variant.sku] > 1:
            errors.append({"field": f"body.variants.{index}.sku", "message": "another variant has the same SKU"})
    return errors
