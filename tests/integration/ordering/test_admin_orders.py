"""What administrators see and do."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import StockMovement
from shared.contexts.ordering.models.orders import Checkout
from tests.factories.ordering import Shopper, change_stock, lapse, pay, stock_mismatches, stock_of, variant
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient


def show(admin: Shopper, order: Any) -> Any:
    return admin.send("GET", f"/admin/orders/{order['id']}").json()


def change(admin: Shopper, order: Any, status: str, *, version: int | None = None, **body: object) -> Answer:
    current = version if version is not None else show(admin, order)["version"]
    return admin.send("PUT", f"/admin/orders/{order['id']}", json={"status": status, "version": current, **body})


def test_the_list_is_narrowed_by_status_address_number_and_date(admin: Shopper, api: LambdaClient, db: Session) -> None:
    ada, bob = Shopper(api, "Ada@example.com"), Shopper(api, "bob@example.com")
    first, second, third = ada.buy(variant(db)), bob.buy(variant(db)), ada.buy(variant(db))
    pay(second["checkout_id"])

    def numbers(**query: str) -> list[str]:
        page = admin.send("GET", "/admin/orders", query=query).json()
        return [order["number"] for order in page["items"]]

    assert numbers() == [third["number"], second["number"], first["number"]]
    assert numbers(status="paid") == [second["number"]]
    assert numbers(email="ada@EXAMPLE.com") == [third["number"], first["number"]]
    assert numbers(number=first["number"].lower()) == [first["number"]]
    assert numbers(created_before=second["created_at"]) == [first["number"]]
    assert numbers(created_from=second["created_at"], status="pending") == [third["number"]]
    assert numbers(created_from="1969-07-20T20:17:40Z") == numbers()
    assert numbers(created_before="1969-07-20T20:17:40Z") == []
    assert numbers(email="ada@example.com' OR true --") == []


@pytest.mark.parametrize("query", [{"status": "lost"}, {"created_from": "2026-01-01T00:00:00"}, {"limit": "1000"}])
def test_a_bad_filter_is_422(admin: Shopper, query: dict[str, str]) -> None:
    assert admin.send("GET", "/admin/orders", query=query).status == 422


def test_a_cursor_fits_its_filters_only(admin: Shopper, guest: Shopper, db: Session) -> None:
    guest.buy(variant(db))
    guest.buy(variant(db))
    cursor = admin.send("GET", "/admin/orders?limit=1").json()["next_cursor"]
    following = admin.send("GET", "/admin/orders", query={"limit": 1, "cursor": cursor})
    assert len(following.json()["items"]) == 1
    reply = admin.send("GET", "/admin/orders", query={"limit": 1, "cursor": cursor, "status": "paid"})
    assert reply.json()["code"] == "invalid_cursor"


def test_an_administrator_sees_who_did_what_and_why(admin: Shopper, customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db))
    pay(order["checkout_id"])
    changed = change(admin, order, "processing", reason="picked")
    assert changed.status == 200
    document = changed.json()
    assert document == show(admin, order)
    assert document["user_id"] is not None
    assert document["payment_intent_id"] == f"pi_{order['checkout_id']}"
    assert document["moves"] == ["cancelled", "shipped"]
    last = document["timeline"][-1]
    assert (last["before"], last["status"], last["reason"]) == ("paid", "processing", "picked")
    assert last["actor"].startswith("admin:")
    seen = customer.send("GET", f"/orders/{order['id']}").json()
    assert (seen["timeline"][-1]["actor"], "reason" in seen["timeline"][-1]) == ("admin", False)


def test_an_order_goes_all_the_way_with_an_event_for_each_step(
    admin: Shopper, guest: Shopper, db: Session, aws: Cloud
) -> None:
    order = guest.buy(variant(db))
    pay(order["checkout_id"])
    aws.published()
    for status in ("processing", "shipped", "delivered"):
        assert change(admin, order, status).status == 200
    told = [event["detail"] for event in aws.published()]
    assert [event["data"].get("after", event["type"]) for event in told] == [
        "processing", "OrderShipped", "shipped", "delivered", "OrderDelivered",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "legal"),
    [("shipped", ["cancelled"]), ("delivered", ["cancelled"]), ("paid", ["cancelled"]), ("refunded", ["cancelled"])],
)
def test_an_illegal_move_lists_the_legal_ones_and_money_never_moves_by_hand(
    admin: Shopper, guest: Shopper, db: Session, status: str, legal: list[str]
) -> None:
    order = guest.buy(variant(db))
    reply = change(admin, order, status)
    assert (reply.status, reply.json()["code"], reply.json()["legal"]) == (409, "illegal_status_move", legal)
    assert show(admin, order)["version"] == 1


def test_a_stale_version_is_a_conflict(admin: Shopper, guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    pay(order["checkout_id"])
    for status in ("processing", "cancelled"):
        reply = change(admin, order, status, version=1)
        assert (reply.status, reply.json()["code"], reply.json()["version"]) == (409, "version_conflict", 2)


def test_an_unknown_order_is_404(admin: Shopper) -> None:
    unknown = f"/admin/orders/{uuid.uuid4()}"
    assert admin.send("GET", unknown).json()["code"] == "order_not_found"
    for status in ("cancelled", "shipped"):
        reply = admin.send("PUT", unknown, json={"status": status, "version": 1})
        assert (reply.status, reply.json()["code"]) == (404, "order_not_found")


@pytest.mark.parametrize(
    "body",
    [{}, {"status": "shipped"}, {"status": "lost", "version": 1}, {"status": "shipped", "version": 0},
     {"status": "shipped", "version": 1, "total_amount": 0}, {"status": "shipped", "version": 1, "reason": "x" * 501}],
)  # fmt: skip
def test_a_bad_change_is_422(admin: Shopper, guest: Shopper, db: Session, body: dict[str, object]) -> None:
    order = guest.buy(variant(db))
    assert admin.send("PUT", f"/admin/orders/{order['id']}", json=body).status == 422


def test_cancelling_a_pending_order_frees_its_stock(admin: Shopper, guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    cancelled = change(admin, order, "cancelled", reason="asked by phone").json()
    assert (cancelled["status"], cancelled["moves"], cancelled["payable_until"]) == ("cancelled", [], None)
    assert cancelled["cancelled_at"] is not None
    assert stock_of(db, pot) == (5, 0)
    assert db.query(Checkout.status).scalar() == "abandoned"


def test_money_for_an_order_that_was_cancelled_by_hand_must_go_back(
    admin: Shopper, guest: Shopper, db: Session
) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    change(admin, order, "cancelled")
    assert [pay(order["checkout_id"]) for _ in range(2)] == ["unfulfillable", "unfulfillable"]
    assert show(admin, order)["status"] == "cancelled"
    assert stock_of(db, pot) == (5, 0)


def test_cancelling_a_paid_order_puts_its_units_back_with_a_movement(
    admin: Shopper, guest: Shopper, db: Session
) -> None:
    pot, lid = variant(db, "Pot", stock=5), variant(db, "Lid", stock=5)
    guest.add(lid, 1)
    order = guest.buy(pot, 2)
    pay(order["checkout_id"])
    assert (stock_of(db, pot), stock_of(db, lid)) == ((3, 0), (4, 0))
    assert change(admin, order, "cancelled").status == 200
    assert (stock_of(db, pot), stock_of(db, lid)) == ((5, 0), (5, 0))
    returned = db.query(StockMovement.quantity, StockMovement.reference).filter_by(reason="cancelled")
    assert sorted(returned) == [(1, order["id"]), (2, order["id"])]
    assert pay(order["checkout_id"]) == "already_paid"
    assert stock_mismatches(db) == []


def test_what_a_backorder_never_took_does_not_come_back(admin: Shopper, guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=1)
    change_stock(db, pot, 1, allow_backorder=True)
    order = guest.buy(pot, 3)
    pay(order["checkout_id"])
    assert stock_of(db, pot) == (0, 0)
    change(admin, order, "cancelled")
    assert stock_of(db, pot) == (1, 0)
    assert stock_mismatches(db) == []


def test_a_shipped_order_cannot_be_cancelled(admin: Shopper, guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    pay(order["checkout_id"])
    change(admin, order, "shipped")
    assert change(admin, order, "cancelled").json()["legal"] == ["delivered"]


def test_an_expired_order_cannot_be_cancelled_again(admin: Shopper, guest: Shopper, expire: Any, db: Session) -> None:
    order = guest.buy(variant(db))
    lapse(db, order["checkout_id"])
    expire()
    assert change(admin, order, "cancelled").status == 409
    assert db.query(Checkout.status).scalar() == "expired"
