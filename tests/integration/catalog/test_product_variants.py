"""Variants by pages and by part: a product may have 2,000 of them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.catalog.domain.limits import MAX_VARIANTS
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.models.products import Product, StockLevel, StockMovement, Variant
from shared.tables.platform import AuditEntry, OutboxEvent
from tests.factories import catalog
from tests.integration.catalog.test_admin_products import PRODUCTS, created, replacement
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded


def with_sizes(db: Session, count: int) -> str:
    """A product with so many sizes, `S0` and so on."""
    return str(catalog.product(db, "Shirt", options={"Size": [f"S{number}" for number in range(count)]}, stock=0).id)


def variants(admin: LambdaClient, product_id: str, **query: Any) -> list[dict[str, Any]]:
    """All pages of fifty."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = admin.get(f"{PRODUCTS}/{product_id}/variants", query={"limit": 50, **query, **more}).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def changed_together(admin: LambdaClient, product_id: str, body: dict[str, Any], key: str = "") -> Answer:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return admin.post(f"{PRODUCTS}/{product_id}/variants/changes", json=body, headers=headers)


def audits(db: Session, product_id: str) -> list[AuditEntry]:
    db.rollback()
    return db.query(AuditEntry).filter_by(subject_id=product_id).order_by(AuditEntry.id).all()


def test_variants_come_as_pages_in_order_and_by_option_and_sku(admin: LambdaClient, guest: LambdaClient) -> None:
    sizes = [{"option_values": [f"S{n}"], "sku": f"shirt-{n}", "price_amount": 1000 + n} for n in range(60)]
    product = created(admin, variants=sizes)["id"]
    assert [v["option_values"] for v in variants(admin, product)] == [[f"S{n}"] for n in range(60)]
    assert [v["sku"] for v in variants(admin, product, sku="SHIRT-5")] == [
        "shirt-5",
        *(f"shirt-5{n}" for n in range(10)),
    ]
    assert [v["price_amount"] for v in variants(admin, product, **{"option.Size": "S7"})] == [1007]
    assert variants(admin, product, **{"option.Colour": "red"}) == []
    path = f"/api/v1/products/{product}/variants"
    assert [v["sku"] for v in guest.get(path, query={"option.Size": "S59"}).json()["items"]] == ["shirt-59"]
    assert guest.get(path, query={"option.Colour": "red"}).json()["items"] == []
    first = guest.get(path, query={"limit": 1}).json()
    second = guest.get(path, query={"limit": 1, "cursor": first["next_cursor"]}).json()["items"]
    assert [v["option_values"] for v in (*first["items"], *second)] == [["S0"], ["S1"]]
    assert guest.get(path, query={"variant_id": second[0]["id"]}).json()["items"] == second
    assert guest.get(f"/api/v1/products/{uuid.uuid4()}/variants").status == 404
    assert admin.get(f"{PRODUCTS}/{uuid.uuid4()}/variants").status == 404


def test_variants_are_added_behind_the_others_all_or_none(admin: LambdaClient, db: Session) -> None:
    product = created(admin)["id"]
    path = f"{PRODUCTS}/{product}/variants"
    new = [
        {"option_values": ["L"], "sku": "shirt-l", "price_amount": 900, "stock": 4},
        {"option_values": ["XL"], "price_amount": 1900},
    ]
    reply = admin.post(path, json={"variants": new})
    assert (reply.status, [v["stock"] for v in reply.json()["items"]]) == (201, [4, 0])
    read = admin.get(f"{PRODUCTS}/{product}").json()
    assert [v["option_values"] for v in read["variants"]] == [["S"], ["M"], ["L"], ["XL"]]
    assert (read["version"], read["variant_count"]) == (2, 4)
    made = db.get_one(Product, uuid.UUID(product))
    assert (made.price_min, made.price_max) == (900, 1900)
    assert [m.quantity for m in db.query(StockMovement).order_by(StockMovement.id)] == [5, 4]
    twice = [{"option_values": ["XXL"], "price_amount": 1}, {"option_values": ["M"], "price_amount": 1}]
    refused = admin.post(path, json={"variants": twice})
    assert [error["field"] for error in refused.json()["errors"]] == ["body.variants.1.option_values"]
    assert len(variants(admin, product)) == 4
    [_, entry] = audits(db, product)
    assert {path.count(".") for path in entry.changes} == {1}
    assert {after["option_values"][0] for _, after in entry.changes.values()} == {"L", "XL"}


@pytest.mark.parametrize(
    ("variant", "field"),
    [
        ({"option_values": [], "price_amount": 1}, "option_values"),
        ({"option_values": ["S"], "price_amount": 1}, "option_values"),
        ({"option_values": ["L"], "price_amount": -1}, "price_amount"),
        ({"option_values": ["L"], "price_amount": 10**12}, "price_amount"),
    ],
)
def test_a_variant_that_does_not_fit_its_product_is_refused(
    admin: LambdaClient, variant: dict[str, Any], field: str
) -> None:
    reply = admin.post(f"{PRODUCTS}/{created(admin)['id']}/variants", json={"variants": [variant]})
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, [f"body.variants.0.{field}"])


def test_two_people_change_two_variants_and_one_variant_only_one_after_the_other(
    admin: LambdaClient, guest: LambdaClient, db: Session
) -> None:
    small, medium = created(admin)["variants"]
    product = str(db.get_one(Variant, uuid.UUID(small["id"])).product_id)
    path = f"{PRODUCTS}/{product}/variants"
    reply = admin.patch(f"{path}/{small['id']}", json={"version": 1, "price_amount": 700, "stock": 9})
    assert (reply.status, reply.json()["version"], reply.json()["stock"]) == (200, 2, 9)
    other = admin.patch(f"{path}/{medium['id']}", json={"version": 1, "sku": "shirt-medium"})
    assert (other.status, other.json()["sku"]) == (200, "shirt-medium")
    late = admin.patch(f"{path}/{small['id']}", json={"version": 1, "price_amount": 800})
    assert (late.status, late.json()["code"], late.json()["version"]) == (409, "version_conflict", 2)
    assert guest.get("/api/v1/products").json()["items"][0]["price_min_amount"] == 700
    assert admin.get(f"{path}/{small['id']}").json()["price_amount"] == 700
    found = guest.get("/api/v1/products/search", query={"q": "shirt-medium"}).json()["items"]
    assert [item["id"] for item in found] == [product]
    [_, first, second] = audits(db, product)
    assert first.changes == {
        f"variants.{small['id']}.price_amount": [1000, 700],
        f"variants.{small['id']}.stock": [5, 9],
    }
    assert second.changes == {f"variants.{medium['id']}.sku": ["shirt-m", "shirt-medium"]}


def test_a_change_of_a_part_is_no_change_of_the_whole_that_somebody_else_replaces(admin: LambdaClient) -> None:
    document = created(admin)
    path = f"{PRODUCTS}/{document['id']}"
    admin.patch(f"{path}/variants/{document['variants'][0]['id']}", json={"version": 1, "price_amount": 1})
    assert admin.put(path, json=replacement(document)).json()["code"] == "version_conflict"


def test_saving_a_variant_as_it_is_changes_nothing(admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    one = document["variants"][0]
    body = {"version": 1, "price_amount": one["price_amount"], "stock": one["stock"]}
    reply = admin.patch(f"{PRODUCTS}/{document['id']}/variants/{one['id']}", json=body)
    assert (reply.status, reply.json()) == (200, one)
    assert admin.get(f"{PRODUCTS}/{document['id']}").json()["version"] == 1
    assert db.query(OutboxEvent).filter_by(type=ProductChanged.detail_type()).count() == 1


def test_what_a_change_of_a_variant_may_not_be(admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    small, medium = (v["id"] for v in document["variants"])
    path = f"{PRODUCTS}/{document['id']}/variants/{small}"
    assert admin.patch(path, json={"version": 1, "sku": "shirt-m"}).json()["code"] == "sku_taken"
    taken = admin.patch(path, json={"version": 1, "option_values": ["M"]}).json()
    assert [error["field"] for error in taken["errors"]] == ["body.option_values"]
    level = db.get_one(StockLevel, uuid.UUID(small))
    level.reserved = 3
    db.commit()
    assert admin.patch(path, json={"version": 1, "stock": 2}).json()["code"] == "stock_reserved"
    assert admin.patch(f"{PRODUCTS}/{uuid.uuid4()}/variants/{small}", json={"version": 1, "sku": "a"}).status == 404
    foreign = created(admin, vendor="Other")["id"]
    assert admin.get(f"{PRODUCTS}/{foreign}/variants/{medium}").json()["code"] == "variant_not_found"


def test_a_variant_is_deleted_but_for_the_last(admin: LambdaClient, guest: LambdaClient) -> None:
    document = created(admin)
    small, medium = (v["id"] for v in document["variants"])
    path = f"{PRODUCTS}/{document['id']}/variants"
    assert admin.delete(f"{path}/{small}", query={"version": 7}).json()["code"] == "version_conflict"
    assert admin.delete(f"{path}/{small}").status == 204
    assert admin.delete(f"{path}/{small}").json()["code"] == "variant_not_found"
    assert admin.delete(f"{path}/{medium}").json()["code"] == "last_variant"
    shown = guest.get(f"/api/v1/products/{document['id']}").json()
    assert (shown["options"], shown["price_min_amount"]) == ([{"name": "Size", "values": ["M"]}], 1200)


def test_many_variants_are_changed_at_once_with_one_answer_for_each(admin: LambdaClient, db: Session) -> None:
    product = with_sizes(db, 5)
    ids = [v["id"] for v in variants(admin, product)]
    level = db.get_one(StockLevel, uuid.UUID(ids[0]))
    level.allow_backorder, level.reserved = True, 2
    db.commit()
    body = {
        "ids": [*ids[:4], str(uuid.uuid4())],
        "change": {"price_amount": 500, "low_stock_threshold": 7, "allow_backorder": False},
    }
    key = uuid.uuid4().hex
    results = changed_together(admin, product, body, key).json()["results"]
    assert [(r["outcome"], r["code"]) for r in results] == [
        ("refused", "stock_reserved"),
        *[("done", None)] * 3,
        ("refused", "variant_not_found"),
    ]
    again = changed_together(admin, product, body, key)
    assert (again.json()["results"], again.headers["idempotency-replayed"]) == (results, "true")
    rows = variants(admin, product)
    assert [v["price_amount"] for v in rows] == [999, 500, 500, 500, 999]
    assert [v["low_stock_threshold"] for v in rows] == [5, 7, 7, 7, 5]
    second = changed_together(admin, product, {"ids": ids[1:3], "change": {"price_amount": 500}}).json()["results"]
    assert [r["outcome"] for r in second] == ["unchanged", "unchanged"]
    assert [len(entry.changes) for entry in audits(db, product)] == [6, 0]
    assert db.query(OutboxEvent).filter_by(type=ProductChanged.detail_type()).count() == 1


def test_many_variants_are_deleted_at_once_but_for_the_last(admin: LambdaClient, db: Session) -> None:
    product = with_sizes(db, 3)
    ids = [v["id"] for v in variants(admin, product)]
    results = changed_together(admin, product, {"ids": ids, "delete": True}).json()["results"]
    assert [r["code"] for r in results] == [None, None, "last_variant"]
    assert [v["id"] for v in variants(admin, product)] == ids[2:]


@pytest.mark.parametrize("body", [{}, {"change": {}}, {"change": {"price_amount": 1}, "delete": True}])
def test_a_change_of_many_says_one_thing(admin: LambdaClient, db: Session, body: dict[str, Any]) -> None:
    assert changed_together(admin, with_sizes(db, 1), {"ids": [str(uuid.uuid4())], **body}).status == 422


def test_a_large_product_is_read_in_part_and_never_replaced_as_a_whole(
    admin: LambdaClient, guest: LambdaClient, db: Session
) -> None:
    product = with_sizes(db, 120)
    read = admin.get(f"{PRODUCTS}/{product}").json()
    assert (len(read["variants"]), read["variant_count"]) == (100, 120)
    assert "variants" not in admin.get(f"{PRODUCTS}/{product}", query={"fields": "id,name"}).json()
    shown = guest.get(f"/api/v1/products/{product}").json()
    assert (len(shown["variants"]), shown["variant_count"], len(shown["options"][0]["values"])) == (100, 120, 120)
    for reply in (
        admin.put(f"{PRODUCTS}/{product}", json=replacement(read)),
        admin.patch(f"{PRODUCTS}/{product}", json={"version": 1, "variants": replacement(read)["variants"]}),
    ):
        assert (reply.status, reply.json()["code"], reply.json()["variant_count"]) == (409, "too_many_variants", 120)
    changed = admin.patch(f"{PRODUCTS}/{product}", json={"version": 1, "name": "Blouse", "vendor": "Tailor"}).json()
    assert (changed["name"], changed["variant_count"], changed["version"]) == ("Blouse", 120, 2)
    assert db.query(Variant).filter_by(product_id=uuid.UUID(product), vendor="Tailor").count() == 120


def test_fields_that_do_not_fit_the_variants_are_refused(admin: LambdaClient) -> None:
    path = f"{PRODUCTS}/{created(admin, variants=[{'option_values': ['S'], 'price_amount': 999}])['id']}"
    for change in ({"currency": "BHD"}, {"option_names": ["Size", "Colour"]}):
        reply = admin.patch(path, json={"version": 1, **change})
        assert [error["field"] for error in reply.json()["errors"]] == [f"body.{next(iter(change))}"]
    assert admin.patch(path, json={"version": 1, "option_names": ["Waist"]}).json()["option_names"] == ["Waist"]


def test_a_vendor_cannot_have_a_sku_twice(admin: LambdaClient) -> None:
    created(admin)
    other = created(admin, vendor="Other")
    reply = admin.patch(f"{PRODUCTS}/{other['id']}", json={"version": 1, "vendor": "Tailor"})
    assert (reply.status, reply.json()["code"]) == (409, "sku_taken")


def test_a_product_has_no_more_variants_than_it_may_have(admin: LambdaClient, db: Session) -> None:
    product = with_sizes(db, 2)
    db.execute(
        Variant.__table__.insert(),
        [
            {"product_id": uuid.UUID(product), "position": n, "option_values": [f"M{n}"], "price_amount": 1}
            for n in range(3, MAX_VARIANTS)
        ],
    )
    db.commit()
    path = f"{PRODUCTS}/{product}/variants"
    new = [{"option_values": [f"N{n}"], "price_amount": 1} for n in range(2)]
    assert admin.post(path, json={"variants": new}).json()["code"] == "too_many_variants"
    assert admin.post(path, json={"variants": new[:1]}).status == 201


def test_no_more_statements_are_sent_for_more_variants(admin: LambdaClient, db: Session) -> None:
    def statements(sizes: int) -> list[int]:
        product = with_sizes(db, sizes)
        path = f"{PRODUCTS}/{product}"
        one = variants(admin, product, limit=1)[0]["id"]
        new = [{"option_values": [f"N{n}"], "price_amount": 1, "stock": 1} for n in range(min(sizes, 100))]
        counts = []
        for send in (
            lambda: admin.get(path),
            lambda: admin.patch(path, json={"version": 1, "name": "Blouse"}),
            lambda: admin.patch(f"{path}/variants/{one}", json={"version": 1, "price_amount": 1, "stock": 3}),
            lambda: admin.post(f"{path}/variants", json={"variants": new}),
            lambda: admin.delete(f"{path}/variants/{one}"),
            lambda: admin.delete(path),
        ):
            with recorded() as sent:
                assert send().status < 300
            counts.append(len(sent))
        return counts

    assert statements(3) == statements(150)
