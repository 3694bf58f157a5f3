"""Writing a Shopify product CSV: the rows that `shopify_product` reads the same product from.

A row says up to three things, as the reader has it: the product (its first row), a variant, an image. So a product has
as many rows as it has variants or images, whichever are more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from functions.catalog.domain.product_aggregate import ProductAggregate, StoredVariant
from functions.catalog.domain.product_draft import NO_OPTIONS, ImageDraft
from functions.catalog.domain.protected_cells import mark, mark_code
from functions.catalog.domain.shopify_columns import CATEGORY_COLUMN, CODE_COLUMNS, COLUMNS, OPTIONS, TRACKER
from functions.catalog.domain.variant_fields import VARIANT_FILE_COLUMNS, FileColumn
from shared.money import to_decimal

Cells = dict[str, str]
_TRACKED: Final = "shopify"
"""Stock is counted, as Shopify says it."""


def header() -> bytes:
    """The first line of a file."""
    return _lines([dict(zip(COLUMNS, COLUMNS, strict=True))])


def lines(aggregate: ProductAggregate) -> bytes:
    """The product's lines."""
    rows = zip_longest(aggregate.variants, aggregate.images)
    return _lines(
        {
            "Handle": aggregate.product.slug,
            **(_product(aggregate) if number == 1 else {}),
            **(_variant(aggregate, variant) if variant is not None else {}),
            **(_image(image, number) if image is not None else {}),
        }
        for number, (variant, image) in enumerate(rows, start=1)
    )


def _lines(rows: Iterator[Cells] | list[Cells]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writerows({name: _protected(name, text) for name, text in row.items()} for row in rows)
    return buffer.getvalue().encode()


def _protected(column: str, text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    return mark_code(text) if column in CODE_COLUMNS else mark(text)


def _product(aggregate: ProductAggregate) -> Cells:
    product = aggregate.product
    names = product.option_names or NO_OPTIONS[:1]
    return {
        "Title": product.name,
        "Body (HTML)": product.description,
        "Vendor": product.vendor,
        "Type": product.product_type,
        CATEGORY_COLUMN: product.category_slug or "",
        "Tags": ", ".join(product.tags),
        "Published": _truth(product.is_active),
        **{f"Option{number} Name": name for number, name in zip(OPTIONS, names, strict=False)},
        "Gift Card": _truth(False),
        "SEO Title": product.seo_title or "",
        "SEO Description": product.seo_description or "",
        "Status": "active" if product.is_active else "draft",
    }


def _variant(aggregate: ProductAggregate, variant: StoredVariant) -> Cells:
    currency = aggregate.product.currency
    values = variant.option_values or NO_OPTIONS[1:]
    return {
        **{f"Option{number} Value": value for number, value in zip(OPTIONS, values, strict=False)},
        "Variant Price": to_decimal(variant.price_amount, currency),
        TRACKER: _TRACKED,
        "Variant Inventory Qty": str(variant.on_hand),
        "Variant Inventory Policy": "continue" if variant.allow_backorder else "deny",
        **{
            column.name: _cell(column, getattr(variant, name), currency)
            for name, column in VARIANT_FILE_COLUMNS.items()
        },
    }


def _cell(column: FileColumn, value: Any, currency: str) -> str:
    if value is None:
        return ""
    match column.kind:
        case "amount":
            return to_decimal(value, currency)
        case "boolean":
            return _truth(value)
        case _:
            return str(value)


def _image(image: ImageDraft, number: int) -> Cells:
    return {"Image Src": image.url, "Image Position": str(number), "Image Alt Text": image.alt}


def _truth(value: bool) -> str:
    return "true" if value else "false"
