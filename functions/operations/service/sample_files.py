"""Products of three stores, as `catalog` imports their files from Shopify (`tests/data/shopify`): jewellery, clothing,
and things for house and garden.

They are kept as the importer makes them, so that importing the files changes nothing (`tests/contract` holds them to
that); another context's importer could not be called from here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from functions.operations.service.sample_catalogue import SampleCategory, SampleProduct, SampleVariant

_FILE: Final = Path(__file__).parent.parent / "samples" / "shopify_products.json"

CATEGORIES: Final = (
    SampleCategory(name="Indoor", slug="indoor", parent="home"),
    SampleCategory(name="Outdoor", slug="outdoor", parent="home"),
    SampleCategory(name="Jewellery", slug="jewellery"),
    SampleCategory(name="Bracelet", slug="bracelet", parent="jewellery"),
    SampleCategory(name="Earrings", slug="earrings", parent="jewellery"),
    SampleCategory(name="Necklace", slug="necklace", parent="jewellery"),
)


def products() -> list[SampleProduct]:
    """Sixty of them, priced in US dollars."""
    return [_product(document) for document in json.loads(_FILE.read_text(encoding="utf-8"))]


def _product(document: dict[str, Any]) -> SampleProduct:
    return SampleProduct(
        name=document["name"],
        slug=document["slug"],
        category=document["category"],
        vendor=document["vendor"],
        product_type=document["product_type"],
        description=document["description"],
        options=tuple(document["options"]),
        tags=tuple(document["tags"]),
        photographs=tuple(document["images"]),
        variants=tuple(
            SampleVariant(
                values=tuple(variant["values"]),
                sku=variant.get("sku"),
                amount=variant["amount"],
                stock=variant["stock"],
                grams=variant["grams"],
                compare_at=variant.get("compare_at"),
                image=variant.get("image"),
            )
            for variant in document["variants"]
        ),
    )
