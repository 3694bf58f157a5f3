"""Buyers who come at once, through the gateway, with several processes per function."""

from __future__ import annotations

import uuid
from collections import Counter

import httpx

from tests.e2e.crowd import all_at_once
from tests.e2e.running_system import RunningSystem
from tests.e2e.shopper import ADDRESS, Shopper


def _product(admin: Shopper, stock: int) -> str:
    body = {"name": "Last Of Its Kind", "currency": "USD", "variants": [{"price_amount": 900, "stock": stock}]}
    variant_id: str = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()["variants"][0]["id"]
    return variant_id


def test_forty_buyers_of_five_units_make_five_orders(system: RunningSystem, admin: Shopper) -> None:
    variant_id = _product(admin, stock=5)
    buyers = [Shopper(system) for _ in range(40)]
    for buyer in buyers:
        buyer.add(variant_id)

    def buy(buyer: Shopper) -> httpx.Response:
        body = {"shipping_address": ADDRESS, "email": buyer.email}
        reply = buyer.call("POST", "/api/v1/cart/checkout", json=body)
        return buyer.place_order(reply.json()["id"], expect=None) if reply.status_code == 201 else reply

    replies = all_at_once([lambda buyer=buyer: buy(buyer) for buyer in buyers])  # type: ignore[misc]
    assert Counter(reply.status_code for reply in replies) == {201: 5, 409: 35}
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {"insufficient_stock"}
    level = system.sql("SELECT on_hand, reserved FROM stock_levels WHERE variant_id = %s", variant_id)
    assert level == [{"on_hand": 5, "reserved": 5}]
    held = system.sql("SELECT sum(quantity) AS units FROM stock_reservations WHERE variant_id = %s", variant_id)
    assert held[0]["units"] == 5
    orders = system.sql("SELECT DISTINCT order_id FROM order_items WHERE variant_id = %s", variant_id)
    assert len(orders) == 5


def test_of_forty_buyers_with_a_coupon_one_gets_its_last_use(system: RunningSystem, admin: Shopper) -> None:
    variant_id = _product(admin, stock=100)
    code = f"LAST-{uuid.uuid4().hex[:8]}"
    terms = {"code": code, "kind": "percentage", "percent_basis_points": 5000, "total_limit": 1}
    coupon_id = admin.call("POST", "/api/v1/admin/coupons", json=terms, expect=201).json()["id"]
    buyers = [Shopper(system) for _ in range(40)]
    for buyer in buyers:
        buyer.add(variant_id)
        buyer.call("POST", "/api/v1/cart/coupons", json={"code": code}, expect=201)

    def buy(buyer: Shopper) -> httpx.Response:
        body = {"shipping_address": ADDRESS, "email": buyer.email}
        reply = buyer.call("POST", "/api/v1/cart/checkout", json=body)
        return buyer.place_order(reply.json()["id"], expect=None) if reply.status_code == 201 else reply

    replies = all_at_once([lambda buyer=buyer: buy(buyer) for buyer in buyers])  # type: ignore[misc]
    assert Counter(reply.status_code for reply in replies) == {201: 1, 409: 39}
    refusals = {reply.json()["code"] for reply in replies if reply.status_code == 409}
    assert refusals <= {"coupon_used_up", "cart_changed"}
    [order] = [reply.json() for reply in replies if reply.status_code == 201]
    assert (order["discount_amount"], order["total_amount"]) == (450, 450)
    assert admin.call("GET", f"/api/v1/admin/coupons/{coupon_id}").json()["redeemed_count"] == 1


def test_one_cart_placed_three_times_at_once_is_one_order_one_payment_one_answer(
    system: RunningSystem, admin: Shopper
) -> None:
    variant_id = _product(admin, stock=5)
    for keys in ([str(uuid.uuid4())] * 3, [str(uuid.uuid4()) for _ in range(3)]):
        buyer = Shopper(system).register()
        buyer.add(variant_id)
        checkout_id = buyer.check_out().json()["id"]
        payments = all_at_once([lambda: buyer.open_payment(checkout_id)] * 3)  # noqa: B023 - used within the turn
        assert len({payment["id"] for payment in payments}) == 1
        orders = all_at_once([lambda key=key: buyer.place_order(checkout_id, key=key) for key in keys])  # type: ignore[misc]  # noqa: B023
        assert len({order.content for order in orders}) == 1
        buyer.pay(payments[0])
        order = buyer.wait_until_paid(orders[0].json()["id"])
        assert [step["status"] for step in order["timeline"]] == ["pending", "paid"]
        assert len(buyer.call("GET", "/api/v1/orders").json()["items"]) == 1
        assert len(buyer.call("GET", "/api/v1/payments").json()["items"]) == 1
