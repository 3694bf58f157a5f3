"""Orders: placed once, seen by their owner, listed in pages."""

from __future__ import annotations

import re
import time
import uuid
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Checkout, Order
from tests.factories import identity, payments
from tests.factories.ordering import Shopper, pay, stock_of, variant
from tests.integration.ordering.test_checkouts import payment
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey


def checked_out(shopper: Shopper, db: Session) -> str:
    """A checkout of one pot."""
    shopper.add(variant(db))
    checkout_id: str = shopper.check_out().json()["id"]
    return checkout_id


def test_an_order_tells_everything_about_itself(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999)
    order = guest.buy(pot, 2)
    assert re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{5}-[2-9A-HJ-NP-TV-Z]{5}", order["number"])
    assert (order["status"], order["version"], order["paid_at"]) == ("pending", 1, None)
    assert order["payable_until"] is not None
    assert [(item["name"], item["quantity"], item["amount"]) for item in order["items"]] == [
        ("Clay Plant Pot", 2, 1998)
    ]
    [placed] = order["timeline"]
    assert (placed["status"], placed["before"], placed["actor"]) == ("pending", None, "customer")
    assert abs(datetime.fromisoformat(placed["created_at"]) - datetime.fromisoformat(order["created_at"])) < timedelta(
        seconds=1
    )
    assert order["shipping_address"]["country"] == "GB"


def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(guest: Shopper, db: Session) -> None:
    checkout_id = checked_out(guest, db)
    first = guest.order(checkout_id, key="one-key-0001")
    guest.cart()  # the token is renewed meanwhile; the guest is known by the cart
    again = guest.order(checkout_id, key="one-key-0001")
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    other = guest.order(str(uuid.uuid4()), key="one-key-0001")
    assert (other.status, other.json()["code"]) == (422, "idempotency_key_reused")


def test_another_key_gives_the_same_order_and_the_same_answer(customer: Shopper, db: Session, aws: Cloud) -> None:
    checkout_id = checked_out(customer, db)
    first, second = customer.order(checkout_id), customer.order(checkout_id)
    assert (first.status, second.status) == (201, 201)
    assert first.body == second.body
    assert db.query(Order).count() == 1
    assert [event["detail-type"] for event in aws.published()] == ["OrderPlaced"]


def test_the_key_is_required(customer: Shopper, db: Session) -> None:
    reply = customer.send("POST", "/orders", json={"checkout_id": checked_out(customer, db)})
    assert (reply.status, reply.json()["code"]) == (400, "idempotency_key_required")


def test_a_checkout_of_somebody_else_does_not_exist(
    guest: Shopper, customer: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    guests, customers = checked_out(guest, db), checked_out(customer, db)
    stranger = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    other_guest = Shopper(api)
    other_guest.add(variant(db))
    attempts = [
        (customer, guests),
        (guest, customers),
        (stranger, guests),
        (stranger, customers),
        (other_guest, guests),
        (Shopper(api), guests),
        (guest, str(uuid.uuid4())),
    ]
    for shopper, checkout_id in attempts:
        reply = shopper.order(checkout_id)
        assert (reply.status, reply.json()["code"]) == (404, "checkout_not_found")
    assert db.query(Order).count() == 0


def test_a_guest_who_has_signed_in_can_still_place_what_was_begun(
    guest: Shopper, db: Session, signing_key: TestSigningKey
) -> None:
    checkout_id = checked_out(guest, db)
    assert guest.signed_in(signing_key.authorization(identity.user(db))).order(checkout_id).status == 201


def test_only_what_was_ordered_leaves_the_cart(guest: Shopper, db: Session) -> None:
    pot, lid, cup = variant(db, "Pot"), variant(db, "Lid"), variant(db, "Cup")
    guest.add(pot, 2)
    guest.add(lid, 1)
    checkout_id = guest.check_out().json()["id"]
    guest.add(pot, 3)
    guest.add(cup, 1)
    guest.order(checkout_id)
    assert [(item["name"], item["quantity"]) for item in guest.cart()["items"]] == [("Pot", 3), ("Cup", 1)]


def test_an_ordered_cart_can_take_another_currency(guest: Shopper, db: Session) -> None:
    guest.buy(variant(db))
    assert guest.add(variant(db, "Cup", currency="CNY")).json()["currency"] == "CNY"


def test_the_next_order_of_a_cart_does_not_touch_the_one_before(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    first, second = guest.buy(pot, 2), guest.buy(pot, 2)
    assert first["id"] != second["id"]
    assert stock_of(db, pot) == (5, 4)


def test_money_that_has_arrived_makes_the_order_paid_at_once(guest: Shopper, db: Session, aws: Cloud) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    checkout_id = guest.check_out().json()["id"]
    payment(db, checkout_id, "succeeded")
    order = guest.order(checkout_id).json()
    assert (order["status"], order["payable_until"]) == ("paid", None)
    assert [entry["status"] for entry in order["timeline"]] == ["pending", "paid"]
    assert stock_of(db, pot) == (3, 0)
    assert [event["detail-type"] for event in aws.published()] == ["OrderPlaced", "OrderPaid"]


def test_the_webhook_may_come_before_the_browser(guest: Shopper, db: Session, aws: Cloud) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    checkout_id = guest.check_out().json()["id"]
    assert pay(checkout_id) == "paid"
    order = guest.order(checkout_id).json()
    assert order["status"] == "paid"
    assert guest.cart()["items"] == []
    assert pay(checkout_id) == "already_paid"
    assert [event["detail-type"] for event in aws.published()] == ["OrderPlaced", "OrderPaid"]


def test_a_customer_sees_their_own_order_and_nobody_elses(
    customer: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    order = customer.buy(variant(db))
    assert order["token"] is None
    shown = customer.send("GET", f"/orders/{order['id']}")
    assert shown.status == 200
    assert shown.json() == {name: value for name, value in order.items() if name != "token"}
    stranger = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    assert stranger.send("GET", f"/orders/{order['id']}").status == 404
    assert stranger.send("GET", f"/orders/{uuid.uuid4()}").status == 404
    assert Shopper(api).send("GET", f"/orders/{order['id']}").status == 401
    assert customer.send("GET", "/orders/not-an-id").status == 422


def test_a_guest_comes_back_by_the_orders_token(
    guest: Shopper, api: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, other = guest.buy(variant(db)), guest.buy(variant(db))
    reader = Shopper(api)

    def show(token: str) -> int:
        return reader.send("GET", f"/orders/{order['id']}", query={"token": token}).status

    assert show(order["token"]) == 200
    assert guest.token is not None
    for wrong in (other["token"], guest.token, order["token"][:-6], "x", "é"):
        assert show(wrong) == 404
    half_a_year_on = time.time() + timedelta(days=181).total_seconds()
    monkeypatch.setattr("shared.contexts.ordering.order_links.time.time", lambda: half_a_year_on)
    old = reader.send("GET", f"/orders/{order['id']}", query={"token": order["token"]})
    assert (old.status, old.json()["code"]) == (410, "order_link_expired")
    assert reader.send("GET", f"/orders/{order['id']}/returns", query={"token": order["token"]}).status == 410
    assert show(other["token"]) == 404


def test_a_guests_order_is_not_in_reach_of_accounts(guest: Shopper, customer: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    assert customer.send("GET", f"/orders/{order['id']}").status == 404
    assert customer.send("GET", f"/orders/{order['id']}", query={"token": order["token"]}).status == 200


@pytest.mark.parametrize("path", ["/orders", "/users/orders"])
def test_customers_page_through_their_orders_newest_first(
    customer: Shopper, guest: Shopper, db: Session, path: str
) -> None:
    guest.buy(variant(db))
    bought = [customer.buy_and_pay(variant(db), 2) for _ in range(5)]
    numbers = [order["number"] for order in bought]
    seen: list[str] = []
    query: dict[str, object] = {"limit": 2}
    pages = 0
    while True:
        page = customer.send("GET", path, query=query).json()
        seen += [order["number"] for order in page["items"]]
        pages += 1
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == numbers[::-1]
    assert pages == 3
    assert page["items"][0]["item_count"] == 2


def test_customers_look_for_their_orders_by_status(customer: Shopper, guest: Shopper, db: Session) -> None:
    guest.buy_and_pay(variant(db))
    unpaid, paid = customer.buy(variant(db)), customer.buy_and_pay(variant(db))

    def numbers(status: str) -> list[str]:
        return [order["number"] for order in customer.send("GET", f"/orders?status={status}").json()["items"]]

    assert (numbers("pending"), numbers("paid"), numbers("shipped")) == ([unpaid["number"]], [paid["number"]], [])
    assert customer.send("GET", "/orders?status=lost").status == 422
    other = customer.send("GET", "/orders?status=paid&limit=1").json()["next_cursor"]
    assert other is None


def test_a_line_leads_to_its_product_as_long_as_that_is_sold(customer: Shopper, db: Session) -> None:
    pot = variant(db)
    order = customer.buy(pot)
    slug = db.scalar(text("SELECT slug FROM catalog_offers WHERE variant_id = :id"), {"id": pot})
    db.execute(text("UPDATE variants SET image_url = '/media/pot.webp' WHERE id = :id"), {"id": pot})
    db.commit()
    [line] = customer.send("GET", f"/orders/{order['id']}").json()["items"]
    assert (line["product_slug"], line["image_url"], line["requires_shipping"]) == (slug, "/media/pot.webp", True)
    db.execute(text("UPDATE products SET is_active = false"))
    db.commit()
    [line] = customer.send("GET", f"/orders/{order['id']}").json()["items"]
    assert (line["product_slug"], line["image_url"]) == (None, "/media/pot.webp")


def test_an_order_tells_how_it_is_being_paid(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db))
    assert order["payment"] is None
    opened = payments.payment(db, db.get_one(Checkout, UUID(order["checkout_id"])), "pi_first", status="canceled")
    assert customer.send("GET", f"/orders/{order['id']}").json()["payment"] is None, "it cannot be paid any more"
    method = {"type": "card", "brand": "visa", "last4": "4242", "wallet": None}
    opened = payments.payment(db, db.get_one(Checkout, UUID(order["checkout_id"])), "pi_second", status="succeeded")
    opened.method = method
    db.commit()
    shown = customer.send("GET", f"/orders/{order['id']}").json()["payment"]
    assert shown == {"id": str(opened.id), "status": "succeeded", "method": method}


def test_orders_are_listed_once_each(customer: Shopper, db: Session) -> None:
    for _ in range(4):
        customer.buy_and_pay(variant(db))
    first = customer.send("GET", "/orders?limit=3").json()
    second = customer.send("GET", "/orders", query={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert len({order["id"] for order in first["items"] + second["items"]}) == 4


def test_a_cursor_of_somebody_else_is_refused(
    customer: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    for _ in range(2):
        customer.buy(variant(db))
    cursor = customer.send("GET", "/orders?limit=1").json()["next_cursor"]
    stranger = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    reply = stranger.send("GET", "/orders", query={"limit": 1, "cursor": cursor})
    assert (reply.status, reply.json()["code"]) == (400, "invalid_cursor")


def test_lists_and_orders_can_be_pruned(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db))
    assert customer.send("GET", "/orders?fields=number").json()["items"] == [{"number": order["number"]}]
    assert customer.send("GET", f"/orders/{order['id']}?fields=id,status").json() == {
        "id": order["id"],
        "status": "pending",
    }
    assert customer.send("GET", "/orders?fields=email").status == 422


def test_order_routes_stay_within_their_statements(customer: Shopper, db: Session) -> None:
    checkout_id = checked_out(customer, db)
    with recorded() as placed:
        order = customer.order(checkout_id).json()
    with recorded() as listed:
        customer.send("GET", "/orders")
    with recorded() as shown:
        customer.send("GET", f"/orders/{order['id']}")
    assert (len(placed), len(listed), len(shown)) == (17, 2, 3)
