"""What a product may not be, whoever writes it: errors by field, as the request has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from functions.catalog.domain.limits import MAX_DESCRIPTION
from functions.catalog.domain.product_draft import NO_OPTIONS, ImageDraft, ProductDraft, ProductFields, VariantDraft
from functions.catalog.repository import categories
from shared import money
from shared.clients.database import Connection
from shared.contexts.media import media_urls
from shared.errors import FieldError, ValidationError


def check(connection: Connection, draft: ProductDraft, *, before: ProductDraft | None) -> None:
    """The whole product, against what it was before. Raises ValidationError."""
    known = {variant.id for variant in before.variants if variant.id} if before else set()
    errors = [
        *text_errors(draft.fields, draft.images),
        *_shown_errors(draft),
        *_price_errors(draft, before),
        *_option_errors(draft),
        *_variant_errors(draft.variants, known),
        *category_errors(connection, draft.fields.category_id),
    ]
    if errors:
        raise ValidationError.about(errors)


def category_errors(connection: Connection, category_id: UUID | None) -> list[FieldError]:
    if category_id is None or categories.exists(connection, category_id):
        return []
    return [FieldError(("category_id",), "there is no such category")]


def name_errors(names: Sequence[str]) -> list[FieldError]:
    return [FieldError(("option_names",), "an option is named twice")] if len(set(names)) < len(names) else []


def unshown(urls: Iterable[str], images: Collection[str]) -> list[str]:
    """Which of these pictures of variants are uploaded here, and not among the product's images: such a picture cannot
    be deleted as long as one of the images shows it.
    """
    return [url for url in urls if url not in images and media_urls.media_id(url)]


def text_errors(fields: ProductFields, images: Sequence[ImageDraft]) -> list[FieldError]:
    """Those that a product file cannot have."""
    errors: list[FieldError] = []
    if len(fields.description) > MAX_DESCRIPTION:
        message = f"more than {MAX_DESCRIPTION} characters of HTML, once all that needs it is escaped"
        errors.append(FieldError(("description",), message))
    urls = Counter(image.url for image in images)
    errors += [
        FieldError(("images", index, "url"), "another image has the same address")
        for index, image in enumerate(images)
        if urls[image.url] > 1
    ]
    return errors


def _shown_errors(draft: ProductDraft) -> list[FieldError]:
    images = {image.url for image in draft.images}
    return [
        FieldError(("variants", index, "image_url"), "not among the product's images")
        for index, variant in enumerate(draft.variants)
        if variant.image_url is not None and unshown([variant.image_url], images)
    ]


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
    errors = name_errors(names)
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
