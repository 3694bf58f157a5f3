"""Who gets what from catalog."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from shared.clients import storage
from shared.contexts.catalog.models.customers import ProductMedia
from shared.contexts.catalog.models.imports import ProductImport
from shared.contexts.catalog.models.search import ProductExport
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
from tests.factories.ordering import Shopper, change_variant, pay
from tests.support.cloud import DOWNLOADS_BUCKET

READ = Permission.CATALOG_READ_ALL
WRITE = Permission.CATALOG_WRITE
MODERATE = Permission.REVIEWS_MODERATE
REVIEW = "/api/v1/reviews/{review_id}"
DOWNLOADS = "/api/v1/orders/{order_id}/downloads"
STOCK = "/api/v1/admin/inventory/{variant_id}"
ONE = "/api/v1/admin/products/{product_id}"
VARIANTS = ONE + "/variants"
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


def a_variant_of_a_product(stage: Stage) -> Request:
    made = catalog.product(stage.db, options={"Size": ["S", "M"]})
    return Request(path={"product_id": made.id, "variant_id": catalog.variants(stage.db, made)[0].id})


def a_variant_to_change(stage: Stage) -> Request:
    return replace(a_variant_of_a_product(stage), json={"version": 1, "price_amount": 1999})


def variants_to_add(stage: Stage) -> Request:
    return replace(a_variant_of_a_product(stage), json={"variants": [{"option_values": ["L"], "price_amount": 1999}]})


def variants_to_change(stage: Stage) -> Request:
    asked = a_variant_of_a_product(stage)
    body = {"ids": [str(asked.path["variant_id"])], "change": {"price_amount": 1999, "low_stock_threshold": 3}}
    return replace(asked, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})


def products_to_change(stage: Stage) -> Request:
    body = {"ids": [str(catalog.product(stage.db).id)], "change": {"is_active": False, "add_tags": ["autumn"]}}
    return Request(json=body, headers={"Idempotency-Key": uuid.uuid4().hex})


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


def an_export(stage: Stage) -> Request:
    made = ProductExport(requested_by=stage.owner.id, currency="USD")
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"export_id": made.id})


def a_digital_product(stage: Stage) -> catalog.Product:
    made = catalog.product(stage.db)
    change_variant(stage.db, catalog.variants(stage.db, made)[0].id, requires_shipping=False)
    return made


def a_product_with_a_file(stage: Stage) -> tuple[catalog.Product, ProductMedia]:
    made = a_digital_product(stage)
    file = ProductMedia(
        product_id=made.id,
        object_key="downloads/pottery",
        file_name="pottery.pdf",
        content_type="application/pdf",
        size_bytes=7,
        uploaded_at=datetime.now(UTC),
    )
    stage.db.add(file)
    stage.db.commit()
    return made, file


def a_file_to_upload(stage: Stage) -> Request:
    body = {"file_name": "pottery.pdf", "content_type": "application/pdf", "size_bytes": 7}
    return Request(path={"product_id": a_digital_product(stage).id}, json=body)


def a_file(stage: Stage) -> Request:
    made, file = a_product_with_a_file(stage)
    return Request(path={"product_id": made.id, "media_id": file.id})


def an_uploaded_file(stage: Stage) -> Request:
    storage.put(DOWNLOADS_BUCKET, "downloads/pottery", b"pottery", content_type="application/pdf")
    return a_file(stage)


def a_paid_order(stage: Stage) -> Request:
    """Of the owner's, with a file."""
    made, file = a_product_with_a_file(stage)
    order = Shopper(stage.as_owner("ordering"), email=None).buy(catalog.variants(stage.db, made)[0].id)
    pay(order["checkout_id"])
    return Request(path={"order_id": order["id"], "media_id": file.id})


def a_guests_paid_order_with_its_token(stage: Stage) -> Request:
    made, file = a_product_with_a_file(stage)
    order = Shopper(stage.as_nobody("ordering")).buy(catalog.variants(stage.db, made)[0].id)
    pay(order["checkout_id"])
    return Request(path={"order_id": order["id"], "media_id": file.id}, query={"token": order["token"]})


UPLOAD = Request(body="Handle,Title,Variant Price\npot,Pot,9.99\n", headers={"Content-Type": "text/csv"})

ROWS: list[Row] = [
    public("GET", "/api/v1/products"),
    public("GET", "/api/v1/products/search", request=Request(query={"q": "pot"})),
    public("GET", "/api/v1/products/search/suggestions", request=Request(query={"q": "po"})),
    public("GET", "/api/v1/products/{product_id}", a_product),
    public(
        "GET", "/api/v1/products/{product_id}", a_product_not_on_sale, outcome=NOT_FOUND, case="one that is not on sale"
    ),
    public("GET", "/api/v1/products/{product_id}/variants", a_product),
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
    permitted(WRITE, "POST", "/api/v1/admin/products/changes", products_to_change),
    permitted(READ, "GET", VARIANTS, a_product_not_on_sale),
    permitted(WRITE, "POST", VARIANTS, variants_to_add),
    permitted(WRITE, "POST", VARIANTS + "/changes", variants_to_change),
    permitted(READ, "GET", VARIANTS + "/{variant_id}", a_variant_of_a_product),
    permitted(WRITE, "PATCH", VARIANTS + "/{variant_id}", a_variant_to_change),
    permitted(WRITE, "DELETE", VARIANTS + "/{variant_id}", a_variant_of_a_product),
    permitted(WRITE, "POST", "/api/v1/admin/products/import", request=UPLOAD),
    permitted(WRITE, "POST", "/api/v1/admin/products/imports", request=Request(json={"size": 100})),
    permitted(READ, "GET", "/api/v1/admin/products/imports/{import_id}", an_import),
    permitted(READ, "GET", "/api/v1/admin/products/export"),
    permitted(READ, "POST", "/api/v1/admin/products/exports"),
    permitted(READ, "GET", "/api/v1/admin/products/exports/{export_id}", an_export),
    public("GET", "/api/v1/products/{product_id}/reviews", a_product),
    signed_in("POST", "/api/v1/products/{product_id}/reviews", a_product_to_review),
    signed_in("GET", "/api/v1/reviews/mine"),
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
    owner_only("GET", DOWNLOADS, a_paid_order),
    public("GET", DOWNLOADS, a_guests_paid_order_with_its_token, case="a guest's, with its token"),
    owner_only("POST", DOWNLOADS + "/{media_id}", a_paid_order),
    public("POST", DOWNLOADS + "/{media_id}", a_guests_paid_order_with_its_token, case="a guest's, with its token"),
    permitted(READ, "GET", ONE + "/media", a_product),
    permitted(WRITE, "POST", ONE + "/media", a_file_to_upload),
    permitted(WRITE, "DELETE", ONE + "/media/{media_id}", a_file),
    permitted(WRITE, "POST", ONE + "/media/{media_id}/complete", an_uploaded_file),
    permitted(READ, "GET", "/api/v1/admin/inventory"),
    permitted(READ, "GET", STOCK, a_variant),
    permitted(WRITE, "PATCH", STOCK, a_threshold),
    permitted(READ, "GET", STOCK + "/movements", a_variant),
    permitted(WRITE, "POST", STOCK + "/adjustments", an_adjustment),
]  # fmt: skip
