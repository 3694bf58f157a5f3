"""Writing a Shopify product CSV: the rows that `shopify_product` reads the same product from.

A row says up to three things, as the reader has it: the product (its first row), a variant, an image. So a product has
as many rows as it has variants or images, whichever are more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from functions.catalog.documents import NO_OPTIONS, ImageDraft
from functions.catalog.repository.stored import StoredDocument, StoredVariant
from functions.catalog.service.shopify_csv import CATEGORY_COLUMN
from functions.catalog.service.shopify_product import OPTIONS
from shared.money import to_decimal

COLUMNS: Final = (
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    CATEGORY_COLUMN,
    "Tags",
    "Published",
    *(f"Option{number} {part}" for number in OPTIONS for part in ("Name", "Value")),
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Gift Card",
    "SEO Title",
    "SEO Description",
    "Variant Image",
    "Status",
)

Cells = dict[str, str]


def header() -> bytes:
    """The first line of a file."""
    return _lines([dict(zip(COLUMNS, COLUMNS, strict=True))])


def lines(document: StoredDocument) -> bytes:
    """The product's lines."""
    rows = zip_longest(document.variants, document.images)
    return _lines(
        {
            "Handle": document.product.slug,
            **(_product(document) if number == 1 else {}),
            **(_variant(document, variant) if variant is not None else {}),
            **(_image(image, number) if image is not None else {}),
        }
        for number, (variant, image) in enumerate(rows, start=1)
    )


def _lines(rows: Iterator[Cells] | list[Cells]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _product(document: StoredDocument) -> Cells:
    product = document.product
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


def _variant(document: StoredDocument, variant: StoredVariant) -> Cells:
    currency = document.product.currency
    compare_at = variant.compare_at_amount
    values = variant.option_values or NO_OPTIONS[1:]
    return {
        **{f"Option{number} Value": value for number, value in zip(OPTIONS, values, strict=False)},
        "Variant SKU": variant.sku or "",
        "Variant Grams": str(variant.weight_grams),
        "Variant Inventory Qty": str(variant.on_hand),
        "Variant Inventory Policy": "continue" if variant.allow_backorder else "deny",
        "Variant Price": to_decimal(variant.price_amount, currency),
        "Variant Compare At Price": "" if compare_at is None else to_decimal(compare_at, currency),
        "Variant Requires Shipping": _truth(variant.requires_shipping),
        "Variant Taxable": _truth(variant.taxable),
        "Variant Barcode": variant.barcode or "",
        "Variant Image": variant.image_url or "",
    }


def _image(image: ImageDraft, number: int) -> Cells:
    return {"Image Src": image.url, "Image Position": str(number), "Image Alt Text": image.alt}


def _truth(value: bool) -> str:
    return "true" if value else "false"
