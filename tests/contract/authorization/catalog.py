"""Who gets what from catalog."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from shared.models.catalog import ProductImport
from shared.permissions import Permission
from tests.contract.authorization.matrix import (
    FORBIDDEN,
    NOT_FOUND,
    OK,
    UNAUTHENTICATED,
    Request,
    Row,
    Stage,
    owner_only,
    permitted,
    public,
    signed_in,
)
from tests.factories import catalog, reviews

READ = Permission.CATALOG_READ_ALL
WRITE = Permission.CATALOG_WRITE
MODERATE = Permission.REVIEWS_MODERATE
REVIEW = "/api/v1/reviews/{review_id}"
STOCK = "/api/v1/admin/inventory/{variant_id}"
ONE = "/api/v1/admin/products/{product_id}"
CATEGORY = "/api/v1/admin/categories/{category_id}"


def new_product(**changed: Any) -> dict[str, Any]:
    return {"name": "Clay Plant Pot", "currency": "USD", "variants": [{"price_amount": 999}], **changed}


def a_product(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db).id})


def a_product_not_on_sale(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db, is_active=False).id})


def a_replacement(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db).id}, json=new_product(version=1))


def a_change(stage: Stage) -> Request:
    return Request(path={"product_id": catalog.product(stage.db).id}, json={"version": 1, "name": "Jug"})


def an_import(stage: Stage) -> Request:
    made = ProductImport(requested_by=stage.owner.id, object_key=f"imports/{uuid.uuid4()}.csv", currency="USD")
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"import_id": made.id})


def a_variant(stage: Stage) -> Request:
    return Request(path={"variant_id": catalog.variants(stage.db, catalog.product(stage.db))[0].id})


def an_adjustment(stage: Stage) -> Request:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    return replace(a_variant(stage), json={"quantity": 3, "reason": "received"}, headers=key)


def a_threshold(stage: Stage) -> Request:
    return replace(a_variant(stage), json={"low_stock_threshold": 3})


def a_product_to_review(stage: Stage) -> Request:
    return replace(a_product(stage), json={"rating": 5, "title": "Sturdy", "body": "Not a crack."})


def a_review(stage: Stage, **columns: Any) -> Request:
    made = reviews.review(stage.db, catalog.product(stage.db), stage.owner, **columns)
    return Request(path={"review_id": made.id})


def a_hidden_review(stage: Stage) -> Request:
    return a_review(stage, status="hidden")


def a_review_to_change(stage: Stage) -> Request:
    return replace(a_review(stage), json={"version": 1, "rating": 3})


def a_review_to_vote_for(stage: Stage) -> Request:
    return replace(a_review(stage), json={"helpful": True})


def a_review_to_hide(stage: Stage) -> Request:
    return replace(a_review(stage), json={"status": "hidden", "reason": "Names a person"})


def a_review_to_answer(stage: Stage) -> Request:
    return replace(a_review(stage), json={"body": "Thank you!"})


def a_category(stage: Stage) -> Request:
    return Request(path={"category_id": catalog.category(stage.db).id})


def a_category_to_move(stage: Stage) -> Request:
    return replace(a_category(stage), json={"version": 1, "name": "Garden", "parent_id": None, "position": 2})


UPLOAD = Request(body="Handle,Title,Variant Price\npot,Pot,9.99\n", headers={"Content-Type": "text/csv"})

ROWS: list[Row] = [
    public("GET", "/api/v1/products"),
    public("GET", "/api/v1/products/search", request=Request(query={"q": "pot"})),
    public("GET", "/api/v1/products/search/suggestions", request=Request(query={"q": "po"})),
    public("GET", "/api/v1/products/{product_id}", a_product),
    public(
        "GET", "/api/v1/products/{product_id}", a_product_not_on_sale, outcome=NOT_FOUND, case="one that is not on sale"
    ),
    public("GET", "/api/v1/categories"),
    permitted(WRITE, "POST", "/api/v1/admin/categories", request=Request(json={"name": "Garden"})),
    permitted(READ, "GET", CATEGORY, a_category),
    permitted(WRITE, "PUT", CATEGORY, a_category_to_move),
    permitted(WRITE, "DELETE", CATEGORY, a_category),
    permitted(READ, "GET", "/api/v1/admin/products"),
    permitted(WRITE, "POST", "/api/v1/admin/products", request=Request(json=new_product())),
    permitted(READ, "GET", ONE, a_product_not_on_sale),
    permitted(WRITE, "PUT", ONE, a_replacement),
    permitted(WRITE, "PATCH", ONE, a_change),
    permitted(WRITE, "DELETE", ONE, a_product),
    permitted(WRITE, "POST", "/api/v1/admin/products/import", request=UPLOAD),
    permitted(READ, "GET", "/api/v1/admin/products/imports/{import_id}", an_import),
    public("GET", "/api/v1/products/{product_id}/reviews", a_product),
    signed_in("POST", "/api/v1/products/{product_id}/reviews", a_product_to_review),
    public("GET", REVIEW, a_review),
    owner_only("GET", REVIEW, a_hidden_review, nobody=NOT_FOUND, case="a hidden one"),
    owner_only("PATCH", REVIEW, a_review_to_change),
    owner_only("DELETE", REVIEW, a_review),
    Row(
        "POST", REVIEW + "/votes", a_review_to_vote_for,
        nobody=UNAUTHENTICATED, customer=OK, owner=FORBIDDEN,
        creator=OK, vendor=OK, moderator=OK, admin=OK,
    ),
    permitted(MODERATE, "GET", "/api/v1/admin/reviews"),
    permitted(MODERATE, "PUT", "/api/v1/admin/reviews/{review_id}/status", a_review_to_hide),
    permitted(WRITE, "PUT", "/api/v1/admin/reviews/{review_id}/reply", a_review_to_answer),
    permitted(WRITE, "DELETE", "/api/v1/admin/reviews/{review_id}/reply", a_review),
    signed_in("GET", "/api/v1/wishlist"),
    signed_in("PUT", "/api/v1/wishlist/{product_id}", a_product),
    signed_in("DELETE", "/api/v1/wishlist/{product_id}", a_product),
    permitted(READ, "GET", "/api/v1/admin/inventory"),
    permitted(READ, "GET", STOCK, a_variant),
    permitted(WRITE, "PATCH", STOCK, a_threshold),
    permitted(READ, "GET", STOCK + "/movements", a_variant),
    permitted(WRITE, "POST", STOCK + "/adjustments", an_adjustment),
]  # fmt: skip
