"""What goes with what, from purchases to the page of a product; and each customer's own."""

from __future__ import annotations

import uuid
from typing import Any

from tests.e2e.running_system import RunningSystem
from tests.e2e.shopper import Shopper

FOR_CALLER = "/api/v1/recommendations/products"


def new_product(admin: Shopper, name: str) -> dict[str, Any]:
    body = {
        "name": f"{name} {uuid.uuid4().hex[:6]}",
        "currency": "USD",
        "variants": [{"price_amount": 1200, "stock": 9, "requires_shipping": False}],
    }
    return admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()


def buy(shopper: Shopper, *products: dict[str, Any]) -> None:
    for product in products:
        shopper.add(product["variants"][0]["id"])
    checkout = shopper.check_out().json()["id"]
    payment = shopper.open_payment(checkout)
    order = shopper.place_order(checkout).json()
    shopper.pay(payment)
    shopper.wait_until_paid(order["id"])


def agree(shopper: Shopper) -> None:
    """To personal recommendations, by the text that is in force."""
    path = "/api/v1/users/me/consents"
    asked = {one["purpose"]: one for one in shopper.call("GET", path, expect=200).json()["consents"]}
    said = {"purpose": "recommendations", "granted": True, "version": asked["recommendations"]["current_version"]}
    shopper.call("PUT", path, json={"consents": [said]}, expect=200)


def recommended(shopper: Shopper, path: str, **query: Any) -> list[tuple[str, str]]:
    """Ids and reasons."""
    items = shopper.call("GET", path, params=query, expect=200).json()["items"]
    return [(item["id"], item["reason"]) for item in items]


def test_what_two_customers_bought_is_recommended_with_each_other_and_to_a_third(
    system: RunningSystem, admin: Shopper
) -> None:
    bowl, whisk = new_product(admin, "Matcha Bowl"), new_product(admin, "Bamboo Whisk")
    for _ in range(2):
        buy(Shopper(system).register(), bowl, whisk)
    third = Shopper(system).register()
    agree(third)
    third.add(bowl["variants"][0]["id"])
    system.run_schedule("discovery.refresh_recommendations")

    guest = Shopper(system)
    page = f"/api/v1/products/{bowl['slug']}/recommendations"
    assert recommended(guest, page)[0] == (whisk["id"], "also_bought")
    assert recommended(third, FOR_CALLER)[0] == (whisk["id"], "for_you")
    assert {reason for _, reason in recommended(guest, FOR_CALLER)} == {"popular"}

    admin.call("DELETE", f"/api/v1/admin/products/{whisk['id']}", expect=204)
    assert whisk["id"] not in {found for found, _ in recommended(guest, page, limit=50)}
    assert whisk["id"] not in {found for found, _ in recommended(third, FOR_CALLER, limit=50)}
