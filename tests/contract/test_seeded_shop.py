"""A new shop: its administrator signs in, and the ten products that a local start adds can be bought."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demo import catalogue
from demo.client import sign_in
from demo.contents.products import PRODUCTS
from demo.stage.functions import FunctionClient
from infra.database_roles import OWNER
from shared.contexts.catalog.models.products import StockLevel, StockMovement
from tests.contract.applications import entry_point
from tests.support import database_logins, triggers
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import work

# Full-width letters: identity and the seed must agree on the normal form that is hashed.
PASSWORD = "ｃorrect horse battery staple"


@pytest.fixture(autouse=True)
def admin(db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> FunctionClient:
    """The administrator of a shop with the products."""
    monkeypatch.setenv("FETCH_LOOPBACK_PICTURES", "true")
    triggers.handler("identity.rotate_signing_keys")({}, Context())
    triggers.handler("operations.seed")({"admin_email": "owner@example.com", "admin_password": PASSWORD}, Context())
    database_logins.log_in(OWNER)  # the demo's client calls functions of several contexts
    signed_in = sign_in(FunctionClient(), "owner@example.com", PASSWORD)
    assert catalogue.is_empty(signed_in)
    catalogue.add_products(signed_in)
    for currency, file in catalogue.picture_files("http://127.0.0.1:8000").items():
        work(signed_in.call("POST", f"/api/v1/admin/products/import?currency={currency}", file)["id"])
    return signed_in


def test_the_products_are_listed_shown_and_put_into_carts() -> None:
    catalog, ordering = LambdaClient(entry_point("catalog")), LambdaClient(entry_point("ordering"))
    listed = catalog.get("/api/v1/products?limit=100").json()["items"]
    assert {product["slug"] for product in listed} == {product.slug for product in PRODUCTS}
    for product in PRODUCTS:
        shown = catalog.get(f"/api/v1/products/{product.slug}").json()
        assert [variant["option_values"] for variant in shown["variants"]] == [list(v.values) for v in product.variants]
        assert len(shown["images"]) == product.views
        buyable = [
            shown["variants"][position]["id"]
            for position, variant in enumerate(product.variants)
            if variant.stock or variant.allow_backorder
        ]
        reply = ordering.post("/api/v1/cart/items", json={"variant_id": buyable[0], "quantity": 1})
        assert reply.status in {200, 201}, reply.body


def test_the_categories_are_a_tree_with_counts() -> None:
    tree = LambdaClient(entry_point("catalog")).get("/api/v1/categories").json()
    home = next(category for category in tree["items"] if category["slug"] == "home")
    assert [child["slug"] for child in home["children"]] == ["kitchen"]


def test_stock_is_the_sum_of_its_movements(db: Session) -> None:
    moved = select(func.sum(StockMovement.quantity)).where(StockMovement.variant_id == StockLevel.variant_id)
    levels = db.execute(select(StockLevel.on_hand, func.coalesce(moved.scalar_subquery(), 0))).all()
    assert sum(on_hand for on_hand, _ in levels) == sum(v.stock for product in PRODUCTS for v in product.variants)
    assert all(on_hand == total for on_hand, total in levels)


def test_a_shop_with_products_is_not_empty(admin: FunctionClient) -> None:
    assert not catalogue.is_empty(admin)
