"""The columns of a product file, in the order in which exports write them, and by which names files call them.

The format is Shopify's (help.shopify.com, "Using CSV files to import and export products"), which has two headers: the
older one, whose names are the columns' names here, and the one of today's template and exports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from functions.catalog.domain.variant_fields import VARIANT_FILE_COLUMNS

OPTIONS: Final = (1, 2, 3)
CATEGORY_COLUMN: Final = "Category Handle"
"""Ours, which Shopify passes over: the slug of the product's category; empty for none. In a file without it, the
category follows the type.
"""
PRICE, TRACKER = "Variant Price", "Variant Inventory Tracker"
QUANTITY, POLICY = "Variant Inventory Qty", "Variant Inventory Policy"
_SHOPIFY_ORDER: Final = (
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
    TRACKER,
    QUANTITY,
    POLICY,
    PRICE,
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
COLUMNS: Final = tuple(dict.fromkeys((*_SHOPIFY_ORDER, *(column.name for column in VARIANT_FILE_COLUMNS.values()))))
"""Behind Shopify's, the columns of fields that Shopify does not have."""
OPTION_VALUES: Final = tuple(f"Option{number} Value" for number in OPTIONS)
PRODUCT_COLUMNS: Final = frozenset(
    (
        *("Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Status"),
        *("SEO Title", "SEO Description", CATEGORY_COLUMN, "Option1 Name"),
    )
)
"""A row with a cell in one of them says something of its product."""
VARIANT_COLUMNS: Final = frozenset(
    (*OPTION_VALUES, PRICE, QUANTITY, POLICY, *(column.name for column in VARIANT_FILE_COLUMNS.values()))
)
"""A row with a cell in one of them says something of a variant."""
NAMING_COLUMNS: Final = frozenset((*OPTION_VALUES, PRICE, QUANTITY, "Variant SKU", "Variant Barcode"))
"""Those of them that a row of a picture does not have."""
CODE_COLUMNS: Final = frozenset({"Variant SKU", "Variant Barcode"})
"""Codes, which Shopify protects from spreadsheets by an apostrophe in front, whatever they begin with."""

_OTHER_NAMES: Final = {
    "URL handle": "Handle",
    "Description": "Body (HTML)",
    "Published on online store": "Published",
    "SKU": "Variant SKU",
    "Barcode": "Variant Barcode",
    "Price": PRICE,
    "Compare-at price": "Variant Compare At Price",
    "Charge tax": "Variant Taxable",
    "Inventory tracker": TRACKER,
    "Inventory quantity": QUANTITY,
    "Continue selling when out of stock": POLICY,
    "Weight value (grams)": "Variant Grams",
    "Requires shipping": "Variant Requires Shipping",
    "Product image URL": "Image Src",
    "Image source": "Image Src",
    "Variant image URL": "Variant Image",
}
_BY_NAME: Final = {name.casefold(): name for name in COLUMNS} | {
    name.casefold(): column for name, column in _OTHER_NAMES.items()
}
# Columns of Shopify's that this shop has no field for.
_NOT_USED: Final = frozenset(
    name.casefold()
    for name in (
        "Product Category",
        "Custom Product Type",
        "Cost per item",
        "Tax code",
        "Variant Tax Code",
        "Variant Weight Unit",
        "Weight unit for display",
        "Variant Fulfillment Service",
        "Fulfillment service",
        "Collection",
        *(f"Option{number} Linked To" for number in OPTIONS),
    )
)
_NOT_USED_PATTERN: Final = re.compile(
    r"(google shopping|included|price|compare[- ]at price) / .*|.*\(product\.metafields\..*\)"
    r"|metafield: .*|(variant )?unit price .*"
)
# Exports of others, by columns that only they have.
_OTHER_FILES: Final = (
    ("a WooCommerce product export", ("regular price", "sku", "name")),
    ("a Shopify inventory file", ("location", "handle", "sku")),
    ("a Shopify customer file", ("first name", "last name", "email")),
    ("a Shopify order export", ("financial status", "lineitem name")),
    ("a Squarespace product export", ("product id [non editable]",)),
    ("a Wix product export", ("handleid", "fieldtype")),
    ("an Etsy listing export", ("title", "description", "currency_code")),
    ("a BigCommerce product export", ("product name", "product code/sku")),
    ("a Magento (Adobe Commerce) product export", ("attribute_set_code", "product_type")),
    ("a PrestaShop product file", ("product id", "reference #", "tax rules id")),
    ("a Square catalogue export", ("token", "item name", "variation name")),
    ("a Google Merchant Center feed", ("id", "title", "availability", "image link")),
)
UNDERSTOOD: Final = (
    "Product files of Shopify's are understood, with its older header (Handle, Title, Variant Price, ...) or its newer"
    " one (Title, URL handle, Price, ...); save or convert the file as one of these"
)


def column(name: str) -> str | None:
    """The column that a file calls so, in any case; None for one that is not read."""
    return _BY_NAME.get(name.casefold())


def other_file(names: Sequence[str]) -> str | None:
    """What a file with this header is, where it is not a product file of Shopify's; None where it may be one.

    A header without a column for the handle that mostly has names that Shopify does not know is somebody else's: a
    `Title` alone is in many files.
    """
    folded = {name.casefold() for name in names}
    for kind, signature in _OTHER_FILES:
        if folded.issuperset(signature):
            return f"This looks like {kind}"
    columns = {column(name) for name in names}
    unknown = [name for name in folded if name and not _is_shopifys(name)]
    if "Handle" not in columns and ("Title" not in columns or len(unknown) * 2 > len(folded)):
        return "This is no product file of a kind that is known here"
    return None


def _is_shopifys(folded: str) -> bool:
    return folded in _BY_NAME or folded in _NOT_USED or _NOT_USED_PATTERN.fullmatch(folded) is not None
