"""Staff find products by part of a name or by SKU, and change several at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.models.products import Product, StockLevel
from shared.tables.platform import AuditEntry, OutboxEvent
from tests.factories import catalog
from tests.integration.catalog.test_admin_products import PRODUCTS
from tests.support.lambda_client import Answer, LambdaClient


def names(admin: LambdaClient, **query: Any) -> list[str]:
    found: list[str] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = admin.get(PRODUCTS, query={"limit": 2, **query, **more}).json()
        found += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def changed(admin: LambdaClient, body: dict[str, Any]) -> Answer:
    return admin.post(f"{PRODUCTS}/changes", json=body, headers={"Idempotency-Key": uuid.uuid4().hex})


def test_staff_find_products_by_part_of_the_name_and_by_the_beginning_of_a_sku(
    admin: LambdaClient, db: Session
) -> None:
    catalog.product(db, "Clay Plant Pot")
    catalog.product(db, "手工陶瓷盖碗", is_active=False)
    vase = catalog.product(db, "Zebra Vase")
    [variant] = catalog.variants(db, vase)
    variant.sku = "VASE_12%"
    db.commit()
    assert names(admin, q="plant p") == ["Clay Plant Pot"]
    assert names(admin, q="PLANT-P") == ["Clay Plant Pot"]
    assert names(admin, q="陶瓷") == ["手工陶瓷盖碗"]
    assert names(admin, q="陶瓷", active=True) == []
    assert names(admin, q="vase_1") == ["Zebra Vase"]
    assert names(admin, q="vase-1") == names(admin, q="%") == names(admin, q="!") == []
    assert names(admin, q="  ") == names(admin) == ["Zebra Vase", "手工陶瓷盖碗", "Clay Plant Pot"]


def test_products_are_listed_by_low_stock_and_by_when_they_were_changed(admin: LambdaClient, db: Session) -> None:
    made = [catalog.product(db, name, stock=stock) for name, stock in (("Few", 2), ("Many", 90), ("Other", 90))]
    assert names(admin, low=True) == ["Few"]
    assert names(admin, low=False) == ["Other", "Many"]
    assert admin.patch(f"{PRODUCTS}/{made[1].id}", json={"version": 1, "description": "Round"}).status == 200
    assert names(admin, sort="updated") == ["Many", "Other", "Few"]


def test_several_products_are_changed_each_as_if_it_were_alone(admin: LambdaClient, db: Session) -> None:
    garden = catalog.category(db)
    first, second = (catalog.product(db, name, tags=["old", "blue"]) for name in ("Pot", "Vase"))
    third = catalog.product(db, "Jug", is_active=False, tags=["blue", "new"], category=garden)
    ids = [str(product.id) for product in (first, second, third)]
    body = {
        "ids": [*ids, str(uuid.uuid4())],
        "change": {"is_active": False, "category_id": str(garden.id), "add_tags": ["new"], "remove_tags": ["old"]},
    }
    results = changed(admin, body).json()["results"]
    assert [(r["outcome"], r["code"]) for r in results] == [
        ("done", None),
        ("done", None),
        ("unchanged", None),
        ("refused", "product_not_found"),
    ]
    db.expire_all()
    rows = [db.get_one(Product, uuid.UUID(one)) for one in ids]
    assert [(r.is_active, r.category_id, r.tags, r.version) for r in rows] == [
        (False, garden.id, ["blue", "new"], 2),
        (False, garden.id, ["blue", "new"], 2),
        (False, garden.id, ["blue", "new"], 1),
    ]
    assert db.query(OutboxEvent).filter_by(type=ProductChanged.detail_type()).count() == 2
    entries = db.query(AuditEntry).filter_by(action="product.changed").all()
    assert {str(entry.subject_id): len(entry.changes) for entry in entries} == dict(zip(ids, (3, 3, 0), strict=True))


def test_a_category_that_is_not_there_and_too_many_tags_are_refused_for_each(admin: LambdaClient, db: Session) -> None:
    full = catalog.product(db, tags=[f"t{number}" for number in range(250)])
    for change in ({"category_id": str(uuid.uuid4())}, {"add_tags": ["one more"]}):
        [result] = changed(admin, {"ids": [str(full.id)], "change": change}).json()["results"]
        assert (result["outcome"], result["code"]) == ("refused", "validation_failed")
    [kept] = changed(admin, {"ids": [str(full.id)], "change": {"add_tags": ["t1"]}}).json()["results"]
    assert kept["outcome"] == "unchanged"


def test_several_products_are_deleted(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    ids = [str(catalog.product(db, name).id) for name in ("Pot", "Vase")]
    assert [r["outcome"] for r in changed(admin, {"ids": ids, "delete": True}).json()["results"]] == ["done", "done"]
    assert guest.get("/api/v1/products").json()["items"] == []
    assert db.query(StockLevel).count() == 2


@pytest.mark.parametrize("body", [{}, {"change": {}}, {"change": {"is_active": True}, "delete": True}])
def test_a_change_of_several_products_says_one_thing(admin: LambdaClient, body: dict[str, Any]) -> None:
    assert changed(admin, {"ids": [str(uuid.uuid4())], **body}).status == 422


def test_an_empty_state_is_no_state(admin: LambdaClient, db: Session) -> None:
    product = catalog.product(db)
    body = {"ids": [str(product.id)], "change": {"is_active": None}}
    assert changed(admin, body).status == 422
