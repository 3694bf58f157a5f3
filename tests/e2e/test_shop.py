"""The rest of a shop's life through the gateway: prices, parcels, returns and refunds; and those who come at once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.crowd import all_at_once
from tests.e2e.invariants import assert_books_balance
from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper

ICELAND = {"name": "Vigdis", "line1": "Laugavegur 1", "city": "Reykjavik", "postal_code": "101", "country": "IS"}


@pytest.fixture
def iceland(admin: Shopper) -> Iterator[None]:
    """Delivery to Iceland costs 700, its tax of 11 % comes on top; another country than the other tests deliver to."""
    zone = _made(admin, "/admin/shipping/zones", {"name": "Iceland", "countries": ["IS"]})
    rate = {"name": "Post", "kind": "flat", "currency": "USD", "amount": 700}
    _made(admin, f"/admin/shipping/zones/{zone['id']}/rates", rate)
    everywhere = _made(admin, "/admin/shipping/zones", {"name": "Everywhere else", "countries": ["*"]})
    free = {"name": "On us", "kind": "flat", "currency": "USD", "amount": 0}
    _made(admin, f"/admin/shipping/zones/{everywhere['id']}/rates", free)
    tax = {"name": "VSK", "country": "IS", "rate_basis_points": 1100, "prices_include_tax": False}
    taxed = _made(admin, "/admin/tax/rates", tax)
    yield
    for path in (f"shipping/zones/{zone['id']}", f"shipping/zones/{everywhere['id']}", f"tax/rates/{taxed['id']}"):
        admin.call("DELETE", f"/api/v1/admin/{path}", expect=204)


def test_a_discounted_taxed_order_is_shipped_returned_in_part_and_refunded(
    system: RunningSystem, admin: Shopper, iceland: None
) -> None:
    code = _coupon(admin, kind="percentage", percent_basis_points=1000)
    variant_id = _product(admin, price=1000, stock=10)
    buyer = Shopper(system).register()
    buyer.add(variant_id, 3)
    buyer.call("POST", "/api/v1/cart/coupons", json={"code": code.lower()}, expect=201)
    checkout = buyer.call("POST", "/api/v1/cart/checkout", json={"shipping_address": ICELAND}, expect=201).json()
    # 3 x 1000 - 10 %, 700 for delivery, 11 % of both: 297 and 77.
    parts = [checkout[f"{part}_amount"] for part in ("subtotal", "discount", "shipping", "tax", "total")]
    assert parts == [3000, 300, 700, 374, 3774]
    order = _paid(buyer, checkout["id"])
    item_id = order["items"][0]["id"]

    for quantity in (1, 2):
        body = {"lines": [{"order_item_id": item_id, "quantity": quantity}], "carrier": "ups"}
        shipment = _made(admin, f"/admin/orders/{order['id']}/shipments", body)
        change = {"status": "delivered", "version": shipment["version"]}
        admin.call("PATCH", f"/api/v1/shipments/{shipment['id']}", json=change, expect=200)
    assert buyer.order(order["id"])["status"] == "delivered"

    wish = {"lines": [{"order_item_id": item_id, "quantity": 1, "reason": "damaged"}]}
    wanted = _made(buyer, f"/orders/{order['id']}/returns", wish)
    decision = {"approve": True, "version": wanted["version"]}
    admin.call("POST", f"/api/v1/admin/returns/{wanted['id']}/decision", json=decision, expect=200)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _ in range(2):  # the second is the first one's answer
        reply = admin.call("POST", f"/api/v1/admin/returns/{wanted['id']}/receipt", json={}, headers=key)
        assert reply.json()["status"] == "received"

    eventually(lambda: buyer.order(order["id"])["payment_status"] == "partially_refunded")
    assert buyer.order(order["id"])["status"] == "delivered"
    returned = buyer.call("GET", f"/api/v1/returns/{wanted['id']}").json()
    assert returned["refund_amount"] == 999  # a third of 2700 and of its tax of 297
    payment = buyer.call("GET", "/api/v1/payments").json()["items"][0]
    eventually(lambda: buyer.call("GET", f"/api/v1/payments/{payment['id']}").json()["amount_refunded"] == 999)
    assert _refunded_at_stripe(system, order["checkout_id"]) == [999]
    assert _on_hand(system, variant_id) == 8
    number = order["number"]
    eventually(
        lambda: (
            _subjects(system, buyer)
            == {
                "Confirm your e-mail address": 1,
                f"Order {number} confirmed": 1,
                f"Order {number} is on its way": 2,
                f"Order {number} has arrived": 1,
                f"Your return for order {number} was accepted": 1,
                f"Refund for order {number}": 1,
            }
        )
    )
    assert buyer.call("GET", f"/api/v1/orders/{order['id']}/invoice", expect=200).content.startswith(b"%PDF-")
    _assert_ledger_balances(system)
    assert_books_balance(system)


def test_one_line_refunded_six_times_at_once_is_refunded_once(system: RunningSystem, admin: Shopper) -> None:
    variant_id = _product(admin, price=1500, stock=5)
    buyer = Shopper(system).register()
    buyer.add(variant_id, 2)
    order = _paid(buyer, buyer.check_out().json()["id"])
    payment_id = buyer.call("GET", "/api/v1/payments").json()["items"][0]["id"]
    body = {"lines": [{"order_item_id": order["items"][0]["id"], "quantity": 2}], "reason": "goodwill"}
    path = f"/api/v1/admin/payments/{payment_id}/refunds"
    keys = [str(uuid.uuid4()) for _ in range(6)]
    replies = all_at_once(
        [
            lambda key=key: admin.call("POST", path, json=body, headers={"Idempotency-Key": key})  # type: ignore[misc]
            for key in keys
        ]
    )
    assert Counter(reply.status_code for reply in replies) == {201: 1, 409: 5}
    eventually(lambda: buyer.order(order["id"])["status"] == "refunded")
    assert _refunded_at_stripe(system, order["checkout_id"]) == [3000]
    eventually(lambda: _subjects(system, buyer)[f"Refund for order {order['number']}"] == 1)
    _assert_ledger_balances(system)


def test_a_customer_cancels_a_paid_order_and_gets_everything_back(system: RunningSystem, admin: Shopper) -> None:
    variant_id = _product(admin, price=1500, stock=5)
    buyer = Shopper(system).register()
    buyer.add(variant_id, 2)
    order = _paid(buyer, buyer.check_out().json()["id"])
    assert _on_hand(system, variant_id) == 3
    path = f"/api/v1/orders/{order['id']}/cancel"
    keys = [str(uuid.uuid4()) for _ in range(3)]
    replies = all_at_once(
        [
            lambda key=key: buyer.call("POST", path, json={}, headers={"Idempotency-Key": key})  # type: ignore[misc]
            for key in keys
        ]
    )
    assert {reply.status_code for reply in replies} <= {200, 409}
    assert 200 in {reply.status_code for reply in replies}
    eventually(lambda: buyer.order(order["id"])["status"] == "refunded")
    assert _on_hand(system, variant_id) == 5
    assert _refunded_at_stripe(system, order["checkout_id"]) == [3000]
    _assert_ledger_balances(system)
    assert_books_balance(system)


def test_products_are_found_by_slips_and_by_chinese(system: RunningSystem, admin: Shopper) -> None:
    for name in ("Handwoven Jacquard Blanket", "手工陶瓷茶壶"):
        body = {"name": name, "currency": "USD", "variants": [{"price_amount": 100}]}
        admin.call("POST", "/api/v1/admin/products", json=body, expect=201)
    guest = Shopper(system)
    for query, name in (
        ("jacquard", "Handwoven Jacquard Blanket"),
        ("jaquard blankt", "Handwoven Jacquard Blanket"),
        ("陶瓷", "手工陶瓷茶壶"),
        ("壶", "手工陶瓷茶壶"),
    ):
        found = guest.call("GET", "/api/v1/products/search", params={"q": query}, expect=200).json()["items"]
        assert name in [product["name"] for product in found], query


def test_a_forgotten_password_is_set_anew_by_the_mailed_link(system: RunningSystem) -> None:
    owner = Shopper(system).register()
    guest = Shopper(system)
    for email in (owner.email, "nobody-has-this@example.com"):
        guest.call("POST", "/api/v1/auth/password/forgot", json={"email": email}, expect=202)
    mails = eventually(lambda: [mail for mail in system.mail_to(owner.email) if "/reset?token=" in mail["text"]])
    token = mails[0]["text"].partition("token=")[2].split()[0]
    wish = {"token": token, "new_password": "amber-lighthouse-kettle-17"}
    guest.call("POST", "/api/v1/auth/password/reset", json=wish, expect=204)
    assert guest.call("POST", "/api/v1/auth/password/reset", json=wish).status_code in (400, 409)
    Shopper(system).log_in(owner.email, wish["new_password"])
    assert system.mail_to("nobody-has-this@example.com") == []


def _made(who: Shopper, path: str, body: dict[str, Any]) -> dict[str, Any]:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    made: dict[str, Any] = who.call("POST", f"/api/v1{path}", json=body, headers=key, expect=201).json()
    return made


def _coupon(admin: Shopper, **terms: Any) -> str:
    code = f"E2E-{uuid.uuid4().hex[:10].upper()}"
    _made(admin, "/admin/coupons", {"code": code, **terms})
    return code


def _product(admin: Shopper, *, price: int, stock: int) -> str:
    variant = {"price_amount": price, "stock": stock, "weight_grams": 300}
    body = {"name": "Lopapeysa", "currency": "USD", "variants": [variant]}
    variant_id: str = _made(admin, "/admin/products", body)["variants"][0]["id"]
    return variant_id


def _paid(buyer: Shopper, checkout_id: str) -> dict[str, Any]:
    payment = buyer.open_payment(checkout_id)
    order = buyer.place_order(checkout_id).json()
    assert buyer.pay(payment).status == "succeeded"
    return buyer.wait_until_paid(order["id"])


def _subjects(system: RunningSystem, buyer: Shopper) -> Counter[str]:
    return Counter(mail["subject"] for mail in system.mail_to(buyer.email))


def _on_hand(system: RunningSystem, variant_id: str) -> int:
    return int(system.sql("SELECT on_hand FROM stock_levels WHERE variant_id = %s", variant_id)[0]["on_hand"])


def _refunded_at_stripe(system: RunningSystem, checkout_id: str) -> list[int]:
    intents = {
        intent["id"]
        for intent in system.stripe_list("payment_intents")
        if intent["metadata"].get("checkout_id") == checkout_id
    }
    return [r["amount"] for r in system.stripe_list("refunds") if r["payment_intent"] in intents]


def _assert_ledger_balances(system: RunningSystem) -> None:
    """Every transaction of the books, and with them every currency, adds up to nothing."""
    sums = system.sql(
        "SELECT transaction_id FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount) <> 0"
    )
    assert sums == []
    assert system.sql("SELECT 1 FROM ledger_entries LIMIT 1")
