"""What operations seeds is what the other contexts understand: products can be bought, the administrator signs in."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from functions.identity.handlers.rotate_signing_keys import handler as rotate_signing_keys
from functions.operations.handlers.seed import handler as seed
from functions.operations.service.sample_catalogue import PRODUCTS
from tests.contract.applications import entry_point
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient

# Full-width letters: identity and the seed must agree on the normal form that is hashed.
PASSWORD = "ｃorrect horse battery staple"


@pytest.fixture(autouse=True)
def _seeded(db: Session, aws: Cloud) -> None:
    rotate_signing_keys({}, Context())
    seed({"admin_email": "owner@example.com", "admin_password": PASSWORD}, Context())


def test_the_seeded_administrator_signs_in_and_administers() -> None:
    reply = LambdaClient(entry_point("identity")).post(
        "/api/v1/auth/login", json={"email": "owner@example.com", "password": PASSWORD}
    )
    assert reply.status == 200, reply.body
    admin = LambdaClient(entry_point("catalog"), headers={"Authorization": f"Bearer {reply.json()['access_token']}"})
    assert admin.get("/api/v1/admin/products").status == 200


def test_the_seeded_products_are_listed_shown_and_put_into_carts() -> None:
    catalog, ordering = LambdaClient(entry_point("catalog")), LambdaClient(entry_point("ordering"))
    listed = catalog.get("/api/v1/products?limit=100").json()["items"]
    assert {product["slug"] for product in listed} == {product.slug for product in PRODUCTS}
    for product in PRODUCTS:
        shown = catalog.get(f"/api/v1/products/{product.slug}").json()
        assert [variant["option_values"] for variant in shown["variants"]] == [list(v.values) for v in product.variants]
        buyable = [
            shown["variants"][position]["id"]
            for position, variant in enumerate(product.variants)
            if variant.stock or variant.allow_backorder
        ]
        reply = ordering.post("/api/v1/cart/items", json={"variant_id": buyable[0], "quantity": 1})
        assert reply.status in {200, 201}, reply.body


def test_the_seeded_categories_are_a_tree_with_counts() -> None:
    tree = LambdaClient(entry_point("catalog")).get("/api/v1/categories").json()
    home = next(category for category in tree["items"] if category["slug"] == "home")
    assert [child["slug"] for child in home["children"]] == ["kitchen"]
