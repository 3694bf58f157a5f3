"""What a shopper waits for comes by mail, and what is bought as a file is there at once."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper


def new_product(admin: Shopper, **variant: Any) -> dict[str, Any]:
    body = {"name": f"Raku Bowl {uuid.uuid4().hex[:6]}", "currency": "USD", "variants": [variant]}
    return admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()


def test_a_wish_that_costs_less_and_is_back_in_stock_is_told_by_mail(system: RunningSystem, admin: Shopper) -> None:
    bowl = new_product(admin, price_amount=2000, stock=0)
    variant_id = bowl["variants"][0]["id"]
    shopper = Shopper(system).register()
    account = shopper.call("GET", "/api/v1/users/me", expect=200).json()
    agreed = {"version": account["version"], "accepts_marketing": True}
    shopper.call("PATCH", "/api/v1/users/me", json=agreed, expect=200)
    shopper.call("PUT", f"/api/v1/wishlist/{bowl['id']}", expect=204)

    admin.call(
        "POST",
        f"/api/v1/admin/inventory/{variant_id}/adjustments",
        json={"quantity": 7, "reason": "received"},
        headers={"Idempotency-Key": str(uuid.uuid4())},
        expect=201,
    )
    cheaper = {"version": bowl["version"], "variants": [{"id": variant_id, "price_amount": 1500}]}
    admin.call("PATCH", f"/api/v1/admin/products/{bowl['id']}", json=cheaper, expect=200)

    def told() -> list[str]:
        subjects = [mail["subject"] for mail in system.mail_to(shopper.email) if bowl["name"] in mail["subject"]]
        return subjects if len(subjects) >= 2 else []

    assert len(eventually(told, seconds=40)) == 2
    kinds = system.sql("SELECT kind FROM deliveries WHERE recipient = %s ORDER BY kind", shopper.email)
    assert {"back_in_stock", "price_dropped"} <= {row["kind"] for row in kinds}


def test_a_guest_downloads_the_file_of_a_paid_order(system: RunningSystem, admin: Shopper) -> None:
    content = b"Centre the clay before you open it."
    book = new_product(admin, price_amount=0, stock=5, requires_shipping=False)
    path = f"/api/v1/admin/products/{book['id']}/media"
    file = {"file_name": "pottery.pdf", "content_type": "application/pdf", "size_bytes": len(content)}
    asked = admin.call("POST", path, json=file, expect=201).json()
    form = asked["upload"]
    assert httpx.post(form["url"], data=form["fields"], files={"file": ("pottery.pdf", content)}).status_code == 204
    admin.call("POST", f"{path}/{asked['media']['id']}/complete", expect=200)

    guest = Shopper(system)
    guest.add(book["variants"][0]["id"])
    order = guest.place_order(guest.check_out().json()["id"]).json()
    downloads, opened = f"/api/v1/orders/{order['id']}/downloads", {"token": order["token"]}
    [offered] = guest.call("GET", downloads, params=opened, expect=200).json()["items"]
    link = guest.call("POST", f"{downloads}/{offered['media_id']}", params=opened, expect=200).json()
    assert httpx.get(link["url"]).content == content
