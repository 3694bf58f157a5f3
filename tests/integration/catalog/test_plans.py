"""No statement about stock, reviews, wishes and downloads reads a whole table: each list and look-up has its index."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from functions.catalog.repository.reviews import ReviewSort
from shared.contexts.catalog.models.customers import ProductMedia, WishlistItem
from shared.permissions import Role
from tests.factories import catalog, identity
from tests.factories.ordering import Shopper, change_product, change_variant, pay
from tests.factories.reviews import review
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.plans import executed, table_scans
from tests.support.product_files import ROOT
from tests.support.tokens import TestSigningKey

SMALL = {"service_keys", "signing_keys"}


def read_and_change_stock(admin: LambdaClient, variant_id: uuid.UUID, sku: str | None, product_id: uuid.UUID) -> None:
    for query in ({}, {"low": "true"}, {"low": "false"}, {"sku": sku}, {"product_id": product_id}):
        page = admin.get("/api/v1/admin/inventory", query={**query, "limit": 1}).json()
        if page["next_cursor"]:
            admin.get("/api/v1/admin/inventory", query={**query, "limit": 1, "cursor": page["next_cursor"]})
    path = f"/api/v1/admin/inventory/{variant_id}"
    for quantity in (3, -4):
        key = {"Idempotency-Key": uuid.uuid4().hex}
        assert admin.post(f"{path}/adjustments", json={"quantity": quantity, "reason": "counted"}, headers=key)
    page = admin.get(f"{path}/movements", query={"limit": 1}).json()
    admin.get(f"{path}/movements", query={"limit": 1, "cursor": page["next_cursor"]})
    assert admin.patch(path, json={"low_stock_threshold": 99}).status == 200


def find_products_and_read_variants(admin: LambdaClient, guest: LambdaClient, product_id: uuid.UUID) -> None:
    for query in ({"q": "clay"}, {"low": "true"}, {"active": "false", "low": "false"}):
        for sort in ("newest", "name", "updated"):
            page = admin.get("/api/v1/admin/products", query={**query, "sort": sort, "limit": 1}).json()
            if page["next_cursor"]:
                more = {"sort": sort, "limit": 1, "cursor": page["next_cursor"]}
                assert admin.get("/api/v1/admin/products", query={**query, **more}).status == 200
    path = f"/api/v1/admin/products/{product_id}"
    assert admin.get(f"{path}/variants", query={"sku": "a"}).status == 200
    assert guest.get(f"/api/v1/products/{product_id}/variants").status == 200
    variant = admin.get(path).json()["variants"][0]
    for body in ({"ids": [variant["id"]], "change": {"price_amount": 998, "low_stock_threshold": 4}},):
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        assert admin.post(f"{path}/variants/changes", json=body, headers=headers).status == 200
    assert admin.patch(f"{path}/variants/{variant['id']}", json={"version": 2, "price_amount": 999}).status == 200
    assert admin.patch(path, json={"version": 3, "vendor": "Potter"}).status == 200


def read_and_write_reviews(admin: LambdaClient, customer: LambdaClient, product: str, foreign: uuid.UUID) -> None:
    made = customer.post(
        f"/api/v1/products/{product}/reviews", json={"rating": 4, "title": "Sturdy", "body": "Not a crack."}
    ).json()
    for sort in ReviewSort:
        for filters in ({}, {"stars": 5}, {"verified": "true"}):
            query = {"sort": sort.value, "limit": 1, **filters}
            page = customer.get(f"/api/v1/products/{product}/reviews", query=query).json()
            if page["next_cursor"]:
                customer.get(f"/api/v1/products/{product}/reviews", query={**query, "cursor": page["next_cursor"]})
    assert customer.post(f"/api/v1/reviews/{foreign}/votes", json={"helpful": True}).status == 200
    assert customer.patch(f"/api/v1/reviews/{made['id']}", json={"version": 1, "rating": 2}).status == 200
    for query in ({"user_id": foreign}, {"user_id": foreign, "status": "published"}):
        assert admin.get("/api/v1/admin/reviews", query=query).status == 200
    for query in ({}, {"status": "published"}):
        cursor = admin.get("/api/v1/admin/reviews", query={**query, "limit": 1}).json()["next_cursor"]
        admin.get("/api/v1/admin/reviews", query={**query, "limit": 1, "cursor": cursor})
    path = f"/api/v1/admin/reviews/{foreign}"
    assert admin.put(f"{path}/reply", json={"body": "Thank you!"}).status == 200
    assert admin.put(f"{path}/status", json={"status": "hidden", "reason": "Spam"}).status == 200
    assert customer.delete(f"/api/v1/reviews/{made['id']}").status == 204


def work_in_the_background(product_id: uuid.UUID) -> None:
    from functions.catalog.handlers import notice_low_stock, on_product_changed

    event = json.loads((ROOT / "events/catalog/on_product_changed.json").read_text())
    message = json.loads(event["Records"][0]["body"])
    for deleted in (False, True):
        message["detail"]["data"] = {"product_id": str(product_id), "deleted": deleted}
        event["Records"][0]["body"] = json.dumps(message)
        assert on_product_changed.handler(event, Context()) == {"batchItemFailures": []}
    notice_low_stock.handler({}, Context())


def test_every_statement_finds_its_rows_by_index(
    *,
    guest: LambdaClient,
    admin: LambdaClient,
    db: Session,
    aws: Cloud,
    signing_key: TestSigningKey,
    database_url: str,
) -> None:
    from functions.ordering.handlers.api import handler as ordering

    ada = identity.user(db, accepts_marketing=True)
    customer = guest.signed_in(signing_key.authorization(ada))
    moderator = guest.signed_in(signing_key.authorization(identity.user(db, Role.MODERATOR, Role.ADMIN)))
    pot, book = catalog.product(db, stock=9), catalog.product(db, "Book")
    variant, digital = catalog.variants(db, pot)[0], catalog.variants(db, book)[0]
    change_variant(db, digital.id, requires_shipping=False)
    foreign = review(db, pot, identity.user(db)).id
    slug, product_id, variant_id, sku, book_id = pot.slug, pot.id, variant.id, variant.sku, book.id
    file = ProductMedia(
        product_id=book_id,
        object_key="downloads/x",
        file_name="x",
        content_type="text/plain",
        size_bytes=1,
        uploaded_at=datetime.now(UTC),
    )
    db.add(file)
    db.commit()
    media_id = file.id
    order = Shopper(LambdaClient(ordering, signing_key.authorization(ada)), email=None).buy(digital.id)
    pay(order["checkout_id"])
    with executed() as statements:
        read_and_change_stock(admin, variant_id, sku, product_id)
        find_products_and_read_variants(admin, guest, product_id)
        read_and_write_reviews(moderator, customer, slug, foreign)
        for wished in (product_id, book_id):
            assert customer.put(f"/api/v1/wishlist/{wished}").status == 204
        cursor = customer.get("/api/v1/wishlist", query={"limit": 1}).json()["next_cursor"]
        customer.get("/api/v1/wishlist", query={"limit": 1, "cursor": cursor})
        change_product(db, variant_id, price_min=1)
        work_in_the_background(product_id)
        customer.delete(f"/api/v1/wishlist/{book_id}")
        path = f"/api/v1/orders/{order['id']}/downloads"
        assert customer.get(path).status == customer.post(f"{path}/{media_id}").status == 200
        media = f"/api/v1/admin/products/{book_id}/media"
        upload = {"file_name": "y", "content_type": "text/plain", "size_bytes": 1}
        assert admin.post(media, json=upload).status == 201
        assert admin.get(media).status == 200
        assert admin.delete(f"{media}/{media_id}").status == 204
    assert db.query(WishlistItem).filter_by(price_amount=1).count() == 1
    assert len(statements) > 50
    assert table_scans(database_url, statements, small=SMALL) == {}
