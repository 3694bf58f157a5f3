"""A product's own fields and pictures, written without its variants, of which there may be thousands."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from functions.catalog.domain.html import sanitise
from functions.catalog.domain.product_aggregate import ProductHead, StoredProduct, flat_images
from functions.catalog.domain.product_draft import PRODUCT_FIELDS, ImageDraft, ProductFields
from functions.catalog.errors import ProductNotFoundError
from functions.catalog.repository import product_aggregate, search_index, variants
from functions.catalog.service import pictures, product_checks, product_writer
from shared import audit, money, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.errors import FieldError, ValidationError, VersionConflictError

Content = Mapping[str, Any]
"""Of a product, by the names of `ProductFields`, and its `variants` and `images`, by those of `VariantDraft`, and of an
image's `url` or `media_id` and its `alt`.
"""
_FOUND_BY: Final = ("name", "vendor", "product_type", "tags", "description", "is_active")
"""Fields that the search index is made of."""


def change(
    connection: Connection,
    product_id: UUID,
    changes: Callable[[StoredProduct], Content],
    *,
    version: int | None,
) -> bool:
    """Replace what `changes` names of the product; returns whether anything is another now.

    Raises ProductNotFoundError, VersionConflictError, ValidationError, SlugTakenError and SkuTakenError.
    """
    current = locked(connection, product_id, version)
    before = current.product.fields()
    content = changes(current.product)
    fields = merged(content, before)
    images = pictures.product_images(connection, content["images"]) if "images" in content else current.images
    _check(connection, current, fields, images)
    is_changed = product_writer.change_fields(connection, current, fields, images)
    if is_changed:
        if any(getattr(fields, name) != getattr(before, name) for name in _FOUND_BY):
            search_index.index(connection, [product_id])
        outbox.record(connection, ProductChanged(product_id=product_id))
    differences = audit.differences(_flat(before, current.images), _flat(fields, images))
    audit.record(connection, "product.changed", Subject("product", product_id), changes=differences)
    return is_changed


def locked(connection: Connection, product_id: UUID, version: int | None = None) -> ProductHead:
    """The product for a change. Raises ProductNotFoundError and VersionConflictError."""
    head = product_aggregate.head(connection, product_id, locked=True)
    if head is None:
        raise ProductNotFoundError
    check_version(head.product, version)
    return head


def check_version(product: StoredProduct, version: int | None) -> None:
    """Raises VersionConflictError."""
    if version is not None and version != product.version:
        raise VersionConflictError(current_version=product.version)


def merged(content: Content, before: ProductFields | None) -> ProductFields:
    """The fields with this content; what it does not name is as it was before."""
    unchanged = dataclasses.asdict(before) if before else {}
    fields = {name: content[name] if name in content else unchanged[name] for name in PRODUCT_FIELDS}
    if "description" in content:
        fields["description"] = sanitise(fields["description"])
    fields["tags"] = list(dict.fromkeys(fields["tags"]))
    for name in ("seo_title", "seo_description"):
        fields[name] = fields[name] or None
    return ProductFields(**fields)


def _check(connection: Connection, current: ProductHead, fields: ProductFields, images: list[ImageDraft]) -> None:
    before = current.product.fields()
    errors = [*product_checks.text_errors(fields, images), *product_checks.name_errors(fields.option_names)]
    if len(fields.option_names) != len(before.option_names):
        errors.append(FieldError(("option_names",), "with more or fewer options every variant is written anew"))
    if fields.category_id != before.category_id:
        errors += product_checks.category_errors(connection, fields.category_id)
    if fields.currency != before.currency:
        amounts = variants.prices(connection, current.product.id)
        problems = (money.price_problem(amount, fields.currency) for amount in amounts)
        errors += [FieldError(("currency",), f"a variant costs {problem}") for problem in problems if problem][:1]
    if images != current.images:
        shown = {image.url for image in images}
        if product_checks.unshown(variants.image_urls(connection, current.product.id), shown):
            errors.append(FieldError(("images",), "a variant shows a picture that is not among them"))
    if errors:
        raise ValidationError.about(errors)


def _flat(fields: ProductFields, images: list[ImageDraft]) -> dict[str, Any]:
    return {**dataclasses.asdict(fields), **flat_images(images)}
