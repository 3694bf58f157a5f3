"""Counts what an order sets going: the figures that costs and capacity are computed with."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from infra.order_traffic import REFUND, SALE, Traffic
from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper


class Life:
    """One order, its product and its payment, as the system's books know them."""

    def __init__(self, system: RunningSystem, buyer: Shopper, order_id: str, intent_id: str, product_id: str) -> None:
        self._system, self._buyer = system, buyer
        self._order_id, self._intent_id, self._product_id = order_id, intent_id, product_id
        self._before = Counter({"event ProductChanged": 1})  # it was made

    def since(self) -> Traffic:
        """What was set going since the last look. Waits until it is quiet."""
        eventually(self._is_quiet, seconds=60)
        now = self._counted()
        new, self._before = now - self._before, now
        events = {name.removeprefix("event "): count for name, count in new.items() if name.startswith("event ")}
        return Traffic(webhooks=new["webhooks"], events=events, mails=new["mails"])

    def _counted(self) -> Counter[str]:
        found = Counter[str]()
        told = self._system.sql(
            "SELECT type, count(*) FROM outbox_events WHERE payload->>'order_id' = %s"
            " OR (type = 'ProductChanged' AND payload->>'product_id' = %s) GROUP BY type",
            self._order_id,
            self._product_id,
        )
        found.update({f"event {row['type']}": row["count"] for row in told})
        found["webhooks"] = len(self._webhooks())
        found["mails"] = len([m for m in self._system.mail_to(self._buyer.email) if "Confirm" not in m["subject"]])
        return found

    def _webhooks(self) -> list[dict[str, Any]]:
        """Stripe's events about the intent and what belongs to it."""
        objects = {self._intent_id} | {
            item["id"]
            for kind in ("charges", "refunds")
            for item in self._system.stripe_list(kind)
            if item["payment_intent"] == self._intent_id
        }
        return self._system.sql("SELECT type FROM provider_events WHERE object_id = ANY(%s)", list(objects))

    def _is_quiet(self) -> bool:
        queues = self._system.http.get("/_local", headers={"Accept": "application/json"}).json()["queues"]
        busy = [name for name, queue in queues.items() if queue["waiting"] or queue["in_flight"]]
        return not [name for name in busy if not name.endswith(("-dead", "-purge-pages"))]


def test_an_order_sets_going_what_costs_are_computed_with(system: RunningSystem, admin: Shopper) -> None:
    body = {"name": f"Counted Cup {uuid.uuid4().hex[:6]}", "currency": "USD"}
    variant = {"price_amount": 1500, "stock": 5, "weight_grams": 300}
    cup = admin.call("POST", "/api/v1/admin/products", json={**body, "variants": [variant]}, expect=201).json()
    buyer = Shopper(system).register().prove_address()
    buyer.add(cup["variants"][0]["id"], 2)
    checkout_id = buyer.check_out().json()["id"]
    payment = buyer.open_payment(checkout_id)
    order = buyer.place_order(checkout_id).json()
    life = Life(system, buyer, order["id"], payment["client_secret"].partition("_secret_")[0], cup["id"])
    assert buyer.pay(payment).status == "succeeded"
    order = buyer.wait_until_paid(order["id"])
    _ship_and_deliver(admin, order)
    review = {"rating": 5, "title": "Sturdy", "body": "Survived three winters."}
    buyer.call("POST", f"/api/v1/products/{cup['id']}/reviews", json=review, expect=201)
    assert life.since() == SALE

    payment_id = buyer.call("GET", "/api/v1/payments").json()["items"][0]["id"]
    part = {"lines": [{"order_item_id": order["items"][0]["id"], "quantity": 1}], "reason": "goodwill"}
    path, key = f"/api/v1/admin/payments/{payment_id}/refunds", {"Idempotency-Key": str(uuid.uuid4())}
    admin.call("POST", path, json=part, headers=key, expect=201)
    eventually(lambda: buyer.order(order["id"])["payment_status"] == "partially_refunded")
    assert life.since() == REFUND


def _ship_and_deliver(admin: Shopper, order: dict[str, Any]) -> None:
    body = {"lines": [{"order_item_id": item["id"], "quantity": item["quantity"]} for item in order["items"]]}
    path, key = f"/api/v1/admin/orders/{order['id']}/shipments", {"Idempotency-Key": str(uuid.uuid4())}
    shipment = admin.call("POST", path, json={**body, "carrier": "ups"}, headers=key, expect=201).json()
    arrived = {"status": "delivered", "version": shipment["version"]}
    admin.call("PATCH", f"/api/v1/shipments/{shipment['id']}", json=arrived, expect=200)
