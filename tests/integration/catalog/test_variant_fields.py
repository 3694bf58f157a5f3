"""Every field of a variant survives being written and read, by the API and by product files."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from sqlalchemy.orm import Session

from functions.catalog.domain.variant_fields import (
    PUBLIC_VARIANT_FIELDS,
    VARIANT_FIELDS,
    VARIANT_FILE_COLUMNS,
    VariantFields,
)
from tests.support.lambda_client import LambdaClient
from tests.support.product_files import imported

PRODUCTS = "/api/v1/admin/products"
POT = {"name": "Clay Pot", "currency": "USD", "vendor": "Brick Lane", "option_names": ["Size"]}


def value(name: str, number: int) -> Any:
    """One that no default is, and that is another for another number."""
    if name == "image_url":
        return f"https://images.example.com/{number}.jpg"
    annotation = get_type_hints(VariantFields)[name]
    kinds = get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    if bool in kinds:
        return number % 2 == 0
    if int in kinds:
        return 100 * number + VARIANT_FIELDS.index(name)
    text = f"{name} {number}"
    return text if str in kinds else [text]


def variant(number: int) -> dict[str, Any]:
    return {name: value(name, number) for name in VARIANT_FIELDS}


def fields_of(content: Mapping[str, Any], names: Any = VARIANT_FIELDS) -> dict[str, Any]:
    [only] = content["variants"]
    return {name: only[name] for name in names}


def created(admin: LambdaClient, number: int) -> dict[str, Any]:
    reply = admin.post(PRODUCTS, json={**POT, "variants": [variant(number)]})
    assert reply.status == 201, reply.body
    product: dict[str, Any] = reply.json()
    return product


def test_each_field_of_a_new_variant_is_stored(admin: LambdaClient) -> None:
    product = created(admin, 1)
    assert fields_of(product) == variant(1)
    assert fields_of(admin.get(f"{PRODUCTS}/{product['id']}").json()) == variant(1)


def test_each_field_of_a_variant_can_be_changed_by_itself(admin: LambdaClient) -> None:
    product = created(admin, 1)
    [before] = product["variants"]
    sent = {name: before[name] for name in ("id", *VARIANT_FIELDS)}
    for version, name in enumerate(VARIANT_FIELDS, start=1):
        sent[name] = value(name, 2)
        reply = admin.patch(f"{PRODUCTS}/{product['id']}", json={"version": version, "variants": [sent]})
        assert reply.status == 200, reply.body
        assert fields_of(reply.json()) == {field: sent[field] for field in VARIANT_FIELDS}, name
        assert reply.json()["version"] == version + 1, name


def test_the_products_page_shows_each_public_field(admin: LambdaClient, guest: LambdaClient) -> None:
    product = created(admin, 1)
    page = guest.get(f"/api/v1/products/{product['id']}").json()
    assert fields_of(page, PUBLIC_VARIANT_FIELDS) == {name: value(name, 1) for name in PUBLIC_VARIANT_FIELDS}


def test_an_exported_file_makes_the_same_variant(admin: LambdaClient, db: Session) -> None:
    product = created(admin, 1)
    content = admin.get(f"{PRODUCTS}/export").body
    assert admin.delete(f"{PRODUCTS}/{product['id']}").status == 204
    summary = imported(admin, content if isinstance(content, bytes) else content.encode())
    assert (summary["products_created"], summary["errors"]) == (1, [])
    [item] = admin.get(PRODUCTS).json()["items"]
    again = admin.get(f"{PRODUCTS}/{item['id']}").json()
    names = (*VARIANT_FILE_COLUMNS, "price_amount", "option_values")
    assert fields_of(again, names) == {name: value(name, 1) for name in names}
