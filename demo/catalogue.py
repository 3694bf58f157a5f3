"""The catalogue of a new shop, by the admin's API, and files of its pictures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from demo.client import Client
from demo.contents.products import CATEGORIES, PICTURES, PRODUCTS, STORE_PICTURES, SampleCategory


def add_products(admin: Client) -> dict[str, str]:
    """Add the ten products and their categories; returns the ids of the categories by slug."""
    category_ids = add_categories(admin, CATEGORIES, {})
    for product in PRODUCTS:
        admin.call("POST", "/api/v1/admin/products", product.document(category_ids[product.category]))
    return category_ids


def picture_files(address: str) -> dict[str, bytes]:
    """Product files that give the ten products their pictures, by the currency of the products in it; `address` is that
    of the system that shows them.
    """
    files: dict[str, bytes] = {}
    for currency in dict.fromkeys(product.currency for product in PRODUCTS):
        rows = [row for product in PRODUCTS if product.currency == currency for row in product.pictures(address)]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        files[currency] = text.getvalue().encode()
    return files


def store_file(path: Path, address: str) -> bytes:
    """A store's product file, with pictures that the system at `address` shows."""
    text = path.read_text()
    return re.sub(rf"{re.escape(STORE_PICTURES)}/([\w-]+)\.jpg", rf"{address}{PICTURES}/\1.png", text).encode()


def add_categories(admin: Client, categories: Sequence[SampleCategory], known: dict[str, str]) -> dict[str, str]:
    """Add the categories; returns their ids and the known ones', by slug."""
    ids = dict(known)
    for position, category in enumerate(categories, start=len(known)):
        made = admin.call(
            "POST",
            "/api/v1/admin/categories",
            {
                "name": category.name,
                "slug": category.slug,
                "parent_id": None if category.parent is None else ids[category.parent],
                "position": position,
            },
        )
        ids[category.slug] = made["id"]
    return ids


def is_empty(client: Client) -> bool:
    """Whether the shop shows no product."""
    return not client.call("GET", "/api/v1/products?limit=1")["items"]
