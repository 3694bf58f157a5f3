"""Admins create, change and delete products."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.models.products import Product, StockLevel, StockMovement, Variant
from shared.permissions import Role
from shared.tables.platform import OutboxEvent
from tests.factories import catalog, identity
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

PRODUCTS = "/api/v1/admin/products"


def shirt(**changed: Any) -> dict[str, Any]:
    """A shirt in two sizes."""
    variants = [
        {"option_values": ["S"], "sku": "shirt-s", "price_amount": 1000, "stock": 5},
        {"option_values": ["M"], "sku": "shirt-m", "price_amount": 1200, "compare_at_amount": 1500},
    ]
    return {
        "name": "Shirt",
        "vendor": "Tailor",
        "currency": "USD",
        "option_names": ["Size"],
        "variants": variants,
        "images": [{"url": "https://images.example.com/shirt.jpg", "alt": "A shirt"}],
        **changed,
    }


def created(admin: LambdaClient, **changed: Any) -> dict[str, Any]:
    reply = admin.post(PRODUCTS, json=shirt(**changed))
    assert reply.status == 201, reply.body
    document: dict[str, Any] = reply.json()
    return document


def written(variant: dict[str, Any]) -> dict[str, Any]:
    """What PUT takes of a variant that GET gave; its stock stays."""
    told = ("version", "reserved", "stock", "low_stock_threshold")
    return {name: value for name, value in variant.items() if name not in told}


def replacement(document: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """What PUT takes of a document that GET gave."""
    told = ("id", "created_at", "updated_at", "variant_count")
    kept = {name: value for name, value in document.items() if name not in told}
    kept["variants"] = [written(variant) for variant in document["variants"]]
    kept["images"] = [{"url": image["url"], "alt": image["alt"]} for image in document["images"]]
    return {**kept, **changed}


def events(db: Session) -> list[str]:
    db.expire_all()
    return [event.payload["product_id"] for event in db.query(OutboxEvent).filter_by(type=ProductChanged.detail_type())]


def test_a_product_is_created_with_variants_images_and_stock(
    admin: LambdaClient, guest: LambdaClient, db: Session, aws: Cloud
) -> None:
    reply = admin.post(PRODUCTS, json=shirt())
    made = reply.json()
    assert (reply.status, reply.headers["location"]) == (201, f"{PRODUCTS}/{made['id']}")
    assert (made["slug"], made["version"], made["is_active"]) == ("shirt", 1, True)
    assert [(v["option_values"], v["stock"], v["reserved"]) for v in made["variants"]] == [(["S"], 5, 0), (["M"], 0, 0)]
    assert admin.get(reply.headers["location"]).json() == made
    shown = guest.get("/api/v1/products").json()["items"][0]
    assert (shown["price_min_amount"], shown["price_max_amount"]) == (1000, 1200)
    assert [(m.quantity, m.reason) for m in db.query(StockMovement)] == [(5, "adjustment")]
    published = aws.published()
    assert [(e["detail-type"], e["detail"]["data"]["product_id"]) for e in published] == [
        ("ProductChanged", made["id"])
    ]


def test_a_slug_is_made_of_the_name_and_made_unique(admin: LambdaClient) -> None:
    def slug(name: str) -> str:
        variants = [{"price_amount": 1}]
        return str(created(admin, name=name, option_names=[], variants=variants)["slug"])

    assert slug("Men's  Shirt & Tie!") == "mens-shirt-tie"
    assert slug("Men's Shirt, Tie").startswith("mens-shirt-tie-")
    assert slug("连衣裙 2026") == "连衣裙-2026"
    assert slug("!!!") == "product"
    assert slug("0199c0de-0000-7000-8000-000000000001").startswith("product-")


def test_descriptions_lose_what_could_run(admin: LambdaClient, guest: LambdaClient) -> None:
    hostile = (
        '<p onclick="x()">Fine<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=x></svg>'
        '<a href="javascript:x">link</a><iframe src="https://e.com"></iframe><style>p{}</style></p>'
    )
    made = created(admin, description=hostile)
    assert made["description"] == '<p>Fine<img src="x"><a rel="noopener noreferrer">link</a></p>'
    assert guest.get(f"/api/v1/products/{made['id']}").json()["description"] == made["description"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "body.name"),
        ({"name": "x" * 256}, "body.name"),
        ({"slug": "a b"}, "body.slug"),
        ({"slug": str(uuid.uuid4())}, "body.slug"),
        ({"currency": "usd"}, "body.currency"),
        ({"currency": "BTC"}, "body.currency"),
        (
            {"currency": "BHD", "option_names": [], "variants": [{"price_amount": 5_125}]},
            "body.variants.0.price_amount",
        ),
        ({"variants": []}, "body.variants"),
        ({"category_id": str(uuid.uuid4())}, "body.category_id"),
        ({"option_names": ["Size", "Size"]}, "body.option_names"),
        ({"option_names": ["a", "b", "c", "d"]}, "body.option_names"),
        ({"option_names": []}, "body.variants.0.option_values"),
        ({"variants": [{"option_values": ["S"], "price_amount": -1}]}, "body.variants.0.price_amount"),
        ({"variants": [{"option_values": ["S"], "price_amount": 9.99}]}, "body.variants.0.price_amount"),
        ({"variants": [{"option_values": ["S"], "price_amount": 10**12}]}, "body.variants.0.price_amount"),
        ({"variants": [{"option_values": ["S"], "price_amount": 1, "stock": -1}]}, "body.variants.0.stock"),
        ({"variants": [{"option_values": ["S"], "price_amount": 1}] * 2}, "body.variants.1.option_values"),
        ({"variants": [{"option_values": ["S"], "price_amount": 1}] * 101}, "body.variants"),
        (
            {"variants": [{"option_values": [v], "sku": "same", "price_amount": 1} for v in "SM"]},
            "body.variants.0.sku",
        ),
        (
            {"variants": [{"option_values": ["S"], "price_amount": 1, "id": str(uuid.uuid4())}]},
            "body.variants.0.id",
        ),
        ({"images": [{"url": "http://e.com/a.jpg"}]}, "body.images.0.url"),
        ({"images": [{"url": "javascript:alert(1)"}]}, "body.images.0.url"),
        ({"images": [{"url": "https://user:secret@e.com/a.jpg"}]}, "body.images.0.url"),
        ({"images": [{"url": "https://e.com/a b.jpg"}]}, "body.images.0.url"),
        ({"id": str(uuid.uuid4())}, "body.id"),
        ({"version": 7}, "body.version"),
        ({"price_min": 1}, "body.price_min"),
    ],
)
def test_a_wrong_field_is_named(admin: LambdaClient, db: Session, changed: dict[str, Any], field: str) -> None:
    reply = admin.post(PRODUCTS, json=shirt(**changed))
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")
    assert field in [error["field"] for error in reply.json()["errors"]]
    assert db.query(Product).count() == 0


def test_a_change_keeps_variants_by_id_and_bumps_the_version(admin: LambdaClient, db: Session) -> None:
    made = created(admin)
    small, medium = made["variants"]
    variants = [
        {"id": medium["id"], "option_values": ["S"], "sku": "shirt-s", "price_amount": 900},
        {"id": small["id"], "option_values": ["M"], "sku": "shirt-m", "price_amount": 1100},
        {"option_values": ["L"], "price_amount": 1300, "stock": 2},
    ]
    changed = admin.put(f"{PRODUCTS}/{made['id']}", json=replacement(made, variants=variants)).json()
    assert changed["version"] == 2
    assert [(v["id"], v["sku"], v["stock"]) for v in changed["variants"][:2]] == [
        (medium["id"], "shirt-s", 0),
        (small["id"], "shirt-m", 5),
    ]
    assert (changed["variants"][2]["option_values"], changed["variants"][2]["stock"]) == (["L"], 2)
    product = db.get_one(Product, made["id"])
    assert (product.price_min, product.price_max) == (900, 1300)
    assert len(events(db)) == 2


def test_a_variant_left_out_is_deleted_softly_and_its_sku_is_free(admin: LambdaClient, db: Session) -> None:
    made = created(admin)
    path = f"{PRODUCTS}/{made['id']}"
    small = made["variants"][0]
    only_medium = [written(made["variants"][1])]
    assert admin.patch(path, json={"version": 1, "variants": only_medium}).status == 200
    assert db.get_one(Variant, small["id"]).deleted_at is not None
    again = [*only_medium, {"option_values": ["S"], "sku": "shirt-s", "price_amount": 1}]
    reply = admin.patch(path, json={"version": 2, "variants": again})
    assert reply.status == 200
    assert reply.json()["variants"][1]["id"] != small["id"]


def test_a_patch_changes_only_what_it_names(admin: LambdaClient) -> None:
    made = created(admin, seo_title="Shirts")
    changed = admin.patch(f"{PRODUCTS}/{made['id']}", json={"version": 1, "name": "Blouse", "seo_title": None}).json()
    expected = {**made, "name": "Blouse", "seo_title": None, "version": 2, "updated_at": changed["updated_at"]}
    assert changed == expected


def test_saving_what_is_there_changes_nothing(admin: LambdaClient, db: Session) -> None:
    made = created(admin)
    for reply in (
        admin.put(f"{PRODUCTS}/{made['id']}", json=replacement(made)),
        admin.patch(f"{PRODUCTS}/{made['id']}", json={"version": 1}),
    ):
        assert (reply.status, reply.json()) == (200, made)
    assert len(events(db)) == 1


def test_a_stale_version_is_refused(admin: LambdaClient, db: Session) -> None:
    made = created(admin)
    path = f"{PRODUCTS}/{made['id']}"
    admin.patch(path, json={"version": 1, "name": "Blouse"})
    for reply in (
        admin.patch(path, json={"version": 1, "name": "Coat"}),
        admin.put(path, json=replacement(made)),
        admin.delete(path, query={"version": 1}),
    ):
        assert (reply.status, reply.json()["code"]) == (409, "version_conflict")
    assert admin.patch(path, json={"name": "Coat"}).status == 422
    assert db.get_one(Product, made["id"]).name == "Blouse"


def test_stock_left_out_stays_and_stock_below_what_is_reserved_is_refused(admin: LambdaClient, db: Session) -> None:
    made = created(admin)
    path, small = f"{PRODUCTS}/{made['id']}", made["variants"][0]
    level = db.get_one(StockLevel, small["id"])
    level.on_hand, level.reserved = 4, 3
    db.commit()
    document = replacement(made)
    assert admin.put(path, json={**document, "name": "Blouse"}).json()["variants"][0]["stock"] == 4
    document["variants"][0]["stock"] = 2
    reply = admin.put(path, json={**document, "version": 2, "name": "Coat"})
    assert (reply.status, reply.json()["code"]) == (409, "stock_reserved")
    assert reply.json()["errors"][0]["field"] == "body.variants.0.stock"
    assert admin.get(path).json()["name"] == "Blouse"
    document["variants"][0]["stock"] = 3
    assert admin.put(path, json={**document, "version": 2, "name": "Blouse"}).json()["variants"][0]["stock"] == 3


def test_a_deleted_product_is_gone_and_its_slug_is_free(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    made = created(admin)
    path = f"{PRODUCTS}/{made['id']}"
    assert admin.delete(path, query={"version": 1}).status == 204
    for reply in (admin.get(path), admin.delete(path), admin.patch(path, json={"version": 2})):
        assert (reply.status, reply.json()["code"]) == (404, "product_not_found")
    reply = guest.get("/api/v1/products/shirt")
    assert (reply.status, reply.json()["code"]) == (410, "product_gone")
    assert db.get_one(Product, made["id"]).deleted_at is not None
    assert created(admin)["slug"] == "shirt"
    deleted = db.query(OutboxEvent).filter(OutboxEvent.payload["deleted"].as_boolean()).one()
    assert deleted.payload["product_id"] == made["id"]


def test_a_slug_or_sku_of_another_product_is_a_conflict(admin: LambdaClient) -> None:
    created(admin, slug="shirt")
    taken = admin.post(PRODUCTS, json=shirt(slug="shirt", vendor="Other"))
    assert (taken.status, taken.json()["code"]) == (409, "slug_taken")
    sku = admin.post(PRODUCTS, json=shirt(slug="shirt-2"))
    assert (sku.status, sku.json()["code"]) == (409, "sku_taken")
    other = created(admin, slug="shirt-3", vendor="Other")
    path = f"{PRODUCTS}/{other['id']}"
    assert admin.patch(path, json={"version": 1, "slug": "shirt"}).json()["code"] == "slug_taken"
    assert admin.patch(path, json={"version": 1, "vendor": "Tailor"}).json()["code"] == "sku_taken"
    assert admin.get(path).json() == other


def test_of_creates_with_one_slug_at_once_one_wins(admin: LambdaClient, db: Session) -> None:
    def act(number: int) -> tuple[int, str]:
        reply = admin.post(PRODUCTS, json=shirt(slug="contended", vendor=f"Vendor {number}"))
        return reply.status, reply.json().get("code", "")

    replies = sorted(at_once(4, act))
    assert replies == [(201, ""), *[(409, "slug_taken")] * 3]
    assert db.query(Product).count() == 1


def test_of_creates_with_the_same_skus_at_once_one_wins(admin: LambdaClient, db: Session) -> None:
    sizes = [{"option_values": [str(n)], "sku": f"shirt-{n}", "price_amount": 1000} for n in range(40)]
    body = shirt(variants=sizes)
    replies = sorted(at_once(4, lambda number: admin.post(PRODUCTS, json={**body, "slug": f"shirt-{number}"}).status))
    assert replies == [201, 409, 409, 409]
    assert db.query(Variant).filter_by(sku="shirt-7").count() == 1


def test_of_changes_to_one_version_at_once_one_wins(admin: LambdaClient, db: Session) -> None:
    path = f"{PRODUCTS}/{created(admin)['id']}"
    replies = sorted(at_once(4, lambda n: admin.patch(path, json={"version": 1, "name": f"Name {n}"}).status))
    assert replies == [200, 409, 409, 409]
    assert admin.get(path).json()["version"] == 2


def test_admins_list_what_is_not_on_sale_too(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    catalog.product(db, "Shown")
    catalog.product(db, "Hidden", is_active=False)
    listed = admin.get(PRODUCTS, query={"sort": "name"})
    assert listed.headers["cache-control"] == "private, no-store"
    assert [(item["name"], item["is_active"]) for item in listed.json()["items"]] == [
        ("Hidden", False),
        ("Shown", True),
    ]
    assert [item["name"] for item in admin.get(PRODUCTS, query={"active": "false"}).json()["items"]] == ["Hidden"]
    assert guest.get("/api/v1/products", query={"active": "false"}).status == 422


@pytest.mark.parametrize("address", ["nonsense", "0199c0de-0000-7000-8000-000000000001", "shirt"])
def test_an_unknown_product_is_404_whatever_is_asked_of_it(admin: LambdaClient, address: str) -> None:
    path = f"{PRODUCTS}/{address}"
    for reply in (
        admin.get(path),
        admin.delete(path),
        admin.put(path, json=shirt(version=1)),
        admin.patch(path, json={"version": 1}),
    ):
        assert (reply.status, reply.json()["code"]) == (404, "product_not_found")


def test_customers_change_nothing(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    customer = guest.signed_in(signing_key.authorization(identity.user(db, Role.CUSTOMER, Role.VENDOR)))
    product = catalog.product(db)
    path = f"{PRODUCTS}/{product.id}"
    assert [reply.status for reply in (customer.delete(path), customer.post(PRODUCTS, json=shirt()))] == [403, 403]
    assert [reply.status for reply in (guest.delete(path), guest.post(PRODUCTS, json=shirt()))] == [401, 401]


def test_a_price_from_before_that_cannot_be_paid_hinders_no_other_change(admin: LambdaClient, db: Session) -> None:
    made = created(admin, currency="OMR", variants=[{"price_amount": 5_120, "option_values": ["S"]}])
    db.execute(text("UPDATE variants SET price_amount = 5125"))
    db.commit()
    path = f"/api/v1/admin/products/{made['id']}"
    hidden = admin.patch(path, json={"version": made["version"], "is_active": False})
    assert (hidden.status, hidden.json()["is_active"]) == (200, False)
    variants = [{"id": made["variants"][0]["id"], "price_amount": 5_135, "option_values": ["S"]}]
    refused = admin.patch(path, json={"version": hidden.json()["version"], "variants": variants})
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.variants.0.price_amount")
