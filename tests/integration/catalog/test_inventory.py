"""Staff reads stock, adjusts it with a reason, and says when it is low."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from shared.clients import database
from shared.contexts.catalog import stock
from shared.contexts.catalog.models.products import StockLevel, StockMovement
from shared.tables.platform import AuditEntry, OutboxEvent
from tests.factories import catalog
from tests.factories.ordering import change_stock, reserve, stock_mismatches, stock_of, variant
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

INVENTORY = "/api/v1/admin/inventory"


def adjust(admin: LambdaClient, variant_id: uuid.UUID, quantity: int, key: str | None = None, **body: Any) -> Answer:
    return admin.post(
        f"{INVENTORY}/{variant_id}/adjustments",
        json={"quantity": quantity, "reason": "correction", **body},
        headers={"Idempotency-Key": key or uuid.uuid4().hex},
    )


def test_an_adjustment_adds_a_movement_that_says_who_and_why(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    reply = adjust(admin, pot, -2, reason="damaged", note="Broken in the warehouse")
    assert reply.status == 201, reply.body
    movement, level = reply.json()["movement"], reply.json()["level"]
    assert (movement["quantity"], movement["reason"], movement["note"]) == (-2, "damaged", "Broken in the warehouse")
    assert movement["actor"].startswith("admin:")
    assert (level["on_hand"], level["reserved"], level["available"]) == (3, 0, 3)
    assert admin.get(reply.headers["location"]).json()["items"][0] == movement
    assert stock_mismatches(db) == []
    assert [event.type for event in db.query(OutboxEvent)] == ["ProductChanged"]


def test_the_same_key_adjusts_once(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    first, again = (adjust(admin, pot, 4, key="a-key-of-mine") for _ in range(2))
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert stock_of(db, pot) == (9, 0)
    assert adjust(admin, pot, 5, key="a-key-of-mine").json()["code"] == "idempotency_key_reused"


def test_an_adjustment_without_a_key_is_refused(admin: LambdaClient, db: Session) -> None:
    reply = admin.post(f"{INVENTORY}/{variant(db)}/adjustments", json={"quantity": 1, "reason": "received"})
    assert (reply.status, reply.json()["code"]) == (400, "idempotency_key_required")


def test_stock_is_never_adjusted_below_what_is_reserved_nor_below_none(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    reserve({pot: 3})
    assert adjust(admin, pot, -3).json()["code"] == "stock_reserved"
    assert adjust(admin, pot, -6).json()["code"] == "stock_out_of_range"
    assert adjust(admin, pot, 1_000_000_000).json()["code"] == "stock_out_of_range"
    assert adjust(admin, pot, -2).status == 201
    assert stock_of(db, pot) == (3, 3)
    assert db.query(StockMovement).count() == 2


def test_what_is_sold_without_being_there_does_not_hold_an_adjustment_up(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=2)
    change_stock(db, pot, 2, allow_backorder=True)
    reserve({pot: 6})
    assert adjust(admin, pot, -1).json()["level"]["available"] == -5


def test_signs_fit_their_reasons(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    for quantity, reason in ((-1, "received"), (-1, "returned"), (1, "damaged"), (1, "lost"), (0, "counted")):
        assert adjust(admin, pot, quantity, reason=reason).status == 422, reason
    assert adjust(admin, pot, 1, reason="stolen").status == 422
    assert [adjust(admin, pot, n, reason="counted").status for n in (1, -1)] == [201, 201]


def test_a_variant_that_never_had_stock_gets_some(admin: LambdaClient, db: Session) -> None:
    made = admin.post(
        "/api/v1/admin/products", json={"name": "Jug", "currency": "USD", "variants": [{"price_amount": 900}]}
    ).json()
    pot = uuid.UUID(made["variants"][0]["id"])
    db.execute(delete(StockLevel).where(StockLevel.variant_id == pot))
    db.commit()
    assert admin.get(f"{INVENTORY}/{pot}").json()["on_hand"] == 0
    assert adjust(admin, pot, 4, reason="received").json()["level"]["on_hand"] == 4


def test_levels_are_listed_by_what_they_are(admin: LambdaClient, db: Session) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M", "L"]}, stock=20)
    small = catalog.variants(db, shirt)[0]
    scarce = variant(db, "Scarce", stock=3)
    gone = variant(db, "Gone", stock=0)

    def listed(**query: Any) -> list[str]:
        reply = admin.get(INVENTORY, query=query)
        assert reply.status == 200, reply.body
        return [item["variant_id"] for item in reply.json()["items"]]

    assert listed(low="true") == [str(scarce), str(gone)]
    assert listed(low="false") == [str(made.id) for made in catalog.variants(db, shirt)]
    assert listed(sku=small.sku) == [str(small.id)]
    assert listed(product_id=shirt.id, limit=1) == [str(small.id)]
    assert listed(sku="nothing") == []
    item = admin.get(INVENTORY, query={"sku": small.sku}).json()["items"][0]
    assert (item["product_name"], item["option_values"], item["available"]) == ("Shirt", ["S"], 20)


def test_levels_are_paged(admin: LambdaClient, db: Session) -> None:
    made = [str(variant(db, f"Pot {number}")) for number in range(5)]
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = admin.get(INVENTORY, query={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["variant_id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert found == made


def test_a_page_of_levels_takes_one_statement_besides_the_caller_s_rights(admin: LambdaClient, db: Session) -> None:
    for number in range(3):
        variant(db, f"Pot {number}")
    admin.get(INVENTORY)
    with recorded() as statements:
        assert admin.get(INVENTORY, query={"low": "false"}).status == 200
    assert len(statements) == 2


def test_movements_are_listed_newest_first_and_paged(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    for quantity in (1, 2, 3):
        adjust(admin, pot, quantity)
    path = f"{INVENTORY}/{pot}/movements"
    first = admin.get(path, query={"limit": 3}).json()
    second = admin.get(path, query={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [m["quantity"] for m in first["items"] + second["items"]] == [3, 2, 1, 5]
    assert second["next_cursor"] is None


def test_the_threshold_decides_what_is_low_and_null_ends_it(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=8)
    path = f"{INVENTORY}/{pot}"
    assert admin.get(path).json()["is_low"] is False
    assert admin.patch(path, json={"low_stock_threshold": 8}).json()["is_low"] is True
    assert admin.patch(path, json={"low_stock_threshold": None}).json()["is_low"] is False
    assert admin.patch(path, json={"allow_backorder": True}).json()["low_stock_threshold"] is None
    assert admin.patch(path, json={"low_stock_threshold": -1}).status == 422
    assert admin.patch(path, json={"on_hand": 3}).status == 422


def test_backorders_do_not_end_while_they_are_promised(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=1)
    path = f"{INVENTORY}/{pot}"
    admin.patch(path, json={"allow_backorder": True})
    reserve({pot: 4})
    assert admin.patch(path, json={"allow_backorder": False}).json()["code"] == "stock_reserved"
    assert admin.patch(path, json={"low_stock_threshold": 2}).status == 200
    adjust(admin, pot, 5)
    assert admin.patch(path, json={"allow_backorder": False}).json()["allow_backorder"] is False


def test_what_does_not_exist_is_404(admin: LambdaClient, db: Session) -> None:
    path = f"{INVENTORY}/{uuid.uuid4()}"
    assert admin.get(path).status == 404
    assert admin.get(f"{path}/movements").status == 404
    assert admin.patch(path, json={"low_stock_threshold": 1}).status == 404
    assert adjust(admin, uuid.uuid4(), 1).status == 404


def test_adjustments_at_once_all_count_and_never_pass_the_limit(admin: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    assert sorted(at_once(8, lambda _: adjust(admin, pot, -1).status)) == [201] * 5 + [409] * 3
    assert stock_of(db, pot) == (0, 0)
    assert stock_mismatches(db) == []


def test_backorders_are_owed_and_units_that_arrive_serve_them_first(admin: LambdaClient, db: Session) -> None:
    """Sold: 7 of 2. Nine arrive, and four of them are for sale."""
    pot = variant(db, stock=2)
    assert admin.patch(f"{INVENTORY}/{pot}", json={"allow_backorder": True}).status == 200
    checkout_id = reserve({pot: 7})
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=uuid.uuid4())
    level = admin.get(f"{INVENTORY}/{pot}").json()
    assert (level["on_hand"], level["owed"], level["reserved"], level["available"]) == (0, 5, 0, -5)
    arrived = adjust(admin, pot, 9, reason="received").json()["level"]
    assert (arrived["on_hand"], arrived["owed"], arrived["available"]) == (4, 0, 4)
    assert admin.patch(f"{INVENTORY}/{pot}", json={"allow_backorder": False}).status == 200
    with pytest.raises(stock.InsufficientStockError):
        reserve({pot: 5})
    reserve({pot: 4})
    [entry] = [entry for entry in db.query(AuditEntry) if entry.action == "stock.adjusted"]
    assert entry.changes == {"on_hand": [0, 4], "owed": [5, 0]}
    assert stock_mismatches(db) == []


@pytest.mark.parametrize(("arriving", "told"), [(3, 0), (5, 0), (6, 1)])
def test_a_product_is_back_in_stock_when_more_arrives_than_is_owed(
    arriving: int, told: int, admin: LambdaClient, db: Session
) -> None:
    pot = variant(db, stock=0)
    admin.patch(f"{INVENTORY}/{pot}", json={"allow_backorder": True})
    checkout_id = reserve({pot: 5})
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=uuid.uuid4())
    admin.patch(f"{INVENTORY}/{pot}", json={"allow_backorder": False})
    adjust(admin, pot, arriving, reason="received")
    shown = db.execute(text("SELECT available FROM catalog_offers WHERE variant_id = :id"), {"id": pot}).scalar_one()
    sold_out = db.execute(text("SELECT sold_out FROM stock_levels WHERE variant_id = :id"), {"id": pot}).scalar_one()
    assert (shown, sold_out) == (told, not told)
