"""The main job: a customer buys a product, end to end, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper

DATA = Path(__file__).parents[2] / "demo" / "contents" / "stores"
FILES = ("clothing.csv", "house-and-garden.csv", "jewellery.csv")


def _new_product(admin: Shopper, *, stock: int = 5) -> dict[str, Any]:
    """A product of the test's own, so that counts are its alone."""
    body = {
        "name": "Blue Enamel Mug",
        "currency": "USD",
        "variants": [{"price_amount": 1250, "stock": stock}],
    }
    return admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()


def _on_hand(system: RunningSystem, variant_id: str) -> tuple[int, int]:
    row = system.sql("SELECT on_hand, reserved FROM stock_levels WHERE variant_id = %s", variant_id)[0]
    return row["on_hand"], row["reserved"]


def _assert_bought_once(system: RunningSystem, buyer: Shopper, order: dict[str, Any], variant_id: str) -> None:
    """One paid order, one sale of stock, one mail."""
    paid = buyer.wait_until_paid(order["id"])
    assert [step["status"] for step in paid["timeline"]] == ["pending", "paid"]
    assert _on_hand(system, variant_id) == (3, 0)
    sales = system.sql("SELECT quantity FROM stock_movements WHERE variant_id = %s AND reason = 'sale'", variant_id)
    assert [sale["quantity"] for sale in sales] == [-2]
    assert len(eventually(lambda: _mails_about(system, buyer, order))) == 1


def _mails_about(system: RunningSystem, buyer: Shopper, order: dict[str, Any]) -> list[dict[str, Any]]:
    """What the buyer got about this order. (Whoever registers also gets a link that proves the address.)"""
    return [mail for mail in system.mail_to(buyer.email) if order["number"] in mail["subject"] + mail["text"]]


def _nothing_waits(system: RunningSystem) -> bool:
    return all(queue["waiting"] == 0 and queue["in_flight"] == 0 for queue in system.queues().values())


def _to_the_last_step(system: RunningSystem, admin: Shopper) -> tuple[Shopper, dict[str, Any], dict[str, Any], str]:
    """A guest with two mugs who registered, merged, checked out, ordered, and has the payment form open."""
    variant_id = _new_product(admin)["variants"][0]["id"]
    buyer = Shopper(system)
    buyer.add(variant_id, 2)
    buyer.register()
    merged = buyer.call("POST", "/api/v1/cart/merge", expect=200).json()
    assert [(item["variant_id"], item["quantity"]) for item in merged["items"]] == [(variant_id, 2)]
    checkout = buyer.check_out().json()
    assert _on_hand(system, variant_id) == (5, 2)
    payment = buyer.open_payment(checkout["id"])
    assert payment["amount"] == checkout["total_amount"] == 2500
    order = buyer.place_order(checkout["id"]).json()
    assert order["status"] == "pending"
    return buyer, order, payment, variant_id


def test_the_three_store_files_are_imported_and_a_guest_buys_from_them(system: RunningSystem, admin: Shopper) -> None:
    first = [admin.import_products(DATA / name) for name in FILES]
    assert [(state["products_created"], state["errors"]) for state in first] == [(20, [])] * 3
    again = [admin.import_products(DATA / name) for name in FILES]
    assert [(state["products_created"], state["products_updated"], state["products_unchanged"]) for state in again] == [
        (0, 0, 20)
    ] * 3

    guest = Shopper(system)
    variant = guest.product("harbour-rope-bracelet")["variants"][0]
    before = _on_hand(system, variant["id"])
    guest.add(variant["id"])
    checkout = guest.check_out().json()
    payment = guest.open_payment(checkout["id"])
    order = guest.place_order(checkout["id"]).json()
    assert guest.pay(payment).status == "succeeded"
    own = {"token": order["token"]}
    eventually(lambda: guest.call("GET", f"/api/v1/orders/{order['id']}", params=own).json()["status"] == "paid")
    assert _on_hand(system, variant["id"]) == (before[0] - 1, 0)
    assert len(eventually(lambda: system.mail_to(guest.email))) == 1


def test_a_guest_registers_merges_and_pays_by_card(system: RunningSystem, admin: Shopper) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    assert buyer.pay(payment).status == "succeeded"
    _assert_bought_once(system, buyer, order, variant_id)
    assert buyer.call("GET", "/api/v1/cart").json()["items"] == []
    assert [listed["id"] for listed in buyer.call("GET", "/api/v1/orders").json()["items"]] == [order["id"]]


def test_every_webhook_delivered_three_times_and_out_of_order_has_one_effect(
    system: RunningSystem, admin: Shopper
) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    system.stripe_control("PUT", "/delivery-mode", {"hold": True})
    buyer.pay(payment)
    system.stripe_control("POST", "/deliveries/release", {"order": "reverse", "copies": 3})
    _assert_bought_once(system, buyer, order, variant_id)
    eventually(lambda: _nothing_waits(system))
    _assert_bought_once(system, buyer, order, variant_id)


def test_a_worker_killed_between_effect_and_acknowledgement_has_one_effect(
    system: RunningSystem, admin: Shopper
) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    struck = system.arm("acknowledge-payments.on_webhook")
    buyer.pay(payment)
    eventually(struck.exists)
    eventually(lambda: _nothing_waits(system), seconds=40)
    _assert_bought_once(system, buyer, order, variant_id)


def test_a_mail_worker_killed_after_sending_sends_one_mail(system: RunningSystem, admin: Shopper) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    struck = system.arm("acknowledge-notifications.on_order_events")
    buyer.pay(payment)
    eventually(struck.exists)
    eventually(lambda: _nothing_waits(system), seconds=40)
    _assert_bought_once(system, buyer, order, variant_id)


def test_an_invocation_killed_between_commit_and_publish_loses_no_event(system: RunningSystem, admin: Shopper) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    struck = system.arm("publish-payments.on_webhook")
    buyer.pay(payment)
    eventually(struck.exists)
    buyer.wait_until_paid(order["id"])
    system.sql(
        "UPDATE outbox_events SET created_at = created_at - interval '1 minute' WHERE published_at IS NULL RETURNING 1"
    )
    eventually(
        lambda: system.run_schedule("operations.sweep_outbox") and _mails_about(system, buyer, order), seconds=40
    )
    eventually(lambda: _nothing_waits(system), seconds=40)
    _assert_bought_once(system, buyer, order, variant_id)


def test_a_declined_card_leaves_the_order_payable_with_another(system: RunningSystem, admin: Shopper) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    with pytest.raises(stripe.CardError, match="insufficient funds"):
        buyer.pay(payment, "pm_card_visa_chargeDeclinedInsufficientFunds")
    eventually(lambda: buyer.call("GET", f"/api/v1/payments/{payment['id']}").json()["status"] == "failed")
    assert buyer.order(order["id"])["status"] == "pending"
    assert buyer.pay(payment).status == "succeeded"
    _assert_bought_once(system, buyer, order, variant_id)


def test_a_card_that_asks_for_authentication_is_paid_after_it(system: RunningSystem, admin: Shopper) -> None:
    buyer, order, payment, variant_id = _to_the_last_step(system, admin)
    intent = buyer.pay(payment, "pm_card_threeDSecure2Required")
    assert intent.status == "requires_action"
    assert intent.next_action is not None
    assert intent.next_action.redirect_to_url is not None
    page = str(intent.next_action.redirect_to_url.url)
    assert system.http.get(page).status_code == 200
    system.http.post(page, data={"outcome": "complete"})
    _assert_bought_once(system, buyer, order, variant_id)


def test_a_payment_that_arrives_before_the_order_was_asked_for_makes_the_order(
    system: RunningSystem, admin: Shopper
) -> None:
    variant_id = _new_product(admin)["variants"][0]["id"]
    buyer = Shopper(system).register()
    buyer.add(variant_id, 2)
    checkout = buyer.check_out().json()
    buyer.pay(buyer.open_payment(checkout["id"]))
    listed = eventually(lambda: buyer.call("GET", "/api/v1/orders").json()["items"])
    order = buyer.place_order(checkout["id"]).json()
    assert [entry["id"] for entry in listed] == [order["id"]]
    _assert_bought_once(system, buyer, order, variant_id)
