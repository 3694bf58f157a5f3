"""What the shop changes, CloudFront is told to forget."""

from __future__ import annotations

import uuid

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper


def test_pages_of_what_was_changed_are_purged(system: RunningSystem, admin: Shopper) -> None:
    body = {"name": f"Celadon Cup {uuid.uuid4().hex[:6]}", "currency": "USD", "variants": [{"price_amount": 900}]}
    cup = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()
    guest = Shopper(system)
    page = guest.call("GET", f"/api/v1/products/{cup['slug']}", expect=200)
    assert f"product:{cup['id']}" in page.headers["cache-tag"].split(",")

    def purged() -> bool:
        items = {item for purge in system.http.get("/_local/purges").json() for item in purge["items"]}
        # Where other tests changed many products in the same seconds, everything went.
        return f"#product:{cup['id']}" in items or "#catalog" in items

    eventually(purged, seconds=40)
