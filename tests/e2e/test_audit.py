"""Who did this? The audit log of the running system tells it, for all that an administrator does."""

from __future__ import annotations

import uuid
from typing import Any

from tests.e2e.running_system import RunningSystem
from tests.e2e.shopper import Shopper


def entry_of(admin: Shopper, action: str, subject_id: str) -> dict[str, Any]:
    """The one entry of this action on this subject."""
    query = {"action": action, "subject_id": subject_id}
    [entry] = admin.call("GET", "/api/v1/admin/audit", params=query, expect=200).json()["items"]
    assert admin.call("GET", f"/api/v1/admin/audit/{entry['id']}", expect=200).json() == entry
    return dict(entry)


def test_products_refunds_and_accounts_are_told_with_who_changed_them(system: RunningSystem, admin: Shopper) -> None:
    admin_id = admin.call("GET", "/api/v1/users/me", expect=200).json()["id"]
    body = {"name": "Bowl", "currency": "USD", "variants": [{"price_amount": 1500, "stock": 5}]}
    bowl = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()
    renamed = {"version": bowl["version"], "name": "Raku Bowl"}
    reply = admin.call("PATCH", f"/api/v1/admin/products/{bowl['id']}", json=renamed, expect=200)
    changed = entry_of(admin, "product.changed", bowl["id"])
    assert changed["changes"] == {"name": {"before": "Bowl", "after": "Raku Bowl"}}
    assert changed["correlation_id"] == reply.headers["x-correlation-id"]

    buyer = Shopper(system).register()
    buyer.add(bowl["variants"][0]["id"])
    order = buyer.place_order(_paid_checkout(buyer)).json()
    buyer.wait_until_paid(order["id"])
    query = {"order_id": order["id"]}
    [payment] = admin.call("GET", "/api/v1/admin/payments", params=query, expect=200).json()["items"]
    refund = admin.call(
        "POST",
        f"/api/v1/admin/payments/{payment['id']}/refunds",
        json={"reason": "goodwill", "note": "A scratch", "amount": 500},
        headers={"Idempotency-Key": str(uuid.uuid4())},
        expect=201,
    ).json()
    refunded = entry_of(admin, "refund.requested", refund["id"])
    assert (refunded["changes"]["amount"]["after"], refunded["reason"]) == (500, None)
    assert refunded["changes"]["note"]["after"] == "[withheld]"

    account = buyer.call("GET", "/api/v1/users/me", expect=200).json()
    change = {"is_active": False, "reason": "Asked for it", "version": account["version"]}
    admin.call("PATCH", f"/api/v1/admin/users/{account['id']}", json=change, expect=200)
    deactivated = entry_of(admin, "user.changed", account["id"])
    assert deactivated["changes"] == {"is_active": {"before": True, "after": False}}
    assert {entry["actor_id"] for entry in (changed, refunded, deactivated)} == {admin_id}
    assert buyer.call("GET", "/api/v1/admin/audit").status_code == 403


def _paid_checkout(buyer: Shopper) -> str:
    checkout_id: str = buyer.check_out().json()["id"]
    buyer.pay(buyer.open_payment(checkout_id))
    return checkout_id
