"""What happens to an order after it was placed, over HTTP."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from tests.factories.ordering import Shopper, pay
from tests.support.lambda_client import Answer


def placed(shopper: Shopper, pot: UUID, quantity: int = 1, *more: Any) -> Any:
    """A paid order of these variants and quantities."""
    shopper.add(pot, quantity)
    for other, units in zip(more[::2], more[1::2], strict=True):
        shopper.add(other, units)
    order = shopper.order(shopper.check_out().json()["id"]).json()
    assert pay(order["checkout_id"]) == "paid"
    return order


def ship(
    admin: Shopper,
    order: Any,
    lines: dict[str, int] | None = None,
    *,
    carrier: str = "other",
    tracking_number: str | None = None,
    key: str | None = None,
) -> Answer:
    """Send units of lines, all that is left where none are named."""
    body: dict[str, Any] = {"carrier": carrier, "tracking_number": tracking_number}
    if lines is not None:
        body["lines"] = [{"order_item_id": item, "quantity": quantity} for item, quantity in lines.items()]
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return admin.send("POST", f"/admin/orders/{order['id']}/shipments", json=body, headers=headers)


def deliver(admin: Shopper, shipment: Any) -> Answer:
    """The parcel arrives."""
    change = {"status": "delivered", "version": shipment["version"]}
    return admin.send("PATCH", f"/shipments/{shipment['id']}", json=change)


def delivered(shopper: Shopper, admin: Shopper, pot: UUID, quantity: int = 1, *more: Any) -> Any:
    """An order that arrived, in one parcel."""
    order = placed(shopper, pot, quantity, *more)
    assert deliver(admin, ship(admin, order).json()).status == 200
    return order


def quantities(document: Any) -> dict[str, int]:
    """Units by line."""
    return {line["order_item_id"]: line["quantity"] for line in document["lines"]}


def cancel(shopper: Shopper, order: Any, *, key: str | None = None, **body: Any) -> Answer:
    """By the customer, or by a guest with the order's token."""
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    query = {"token": order["token"]} if order.get("token") else {}
    return shopper.send("POST", f"/orders/{order['id']}/cancel", json=body, headers=headers, query=query)


def send_back(
    shopper: Shopper, order: Any, lines: dict[str, int], *, reason: str = "no_longer_wanted", note: str | None = None
) -> Answer:
    """Ask to return units of lines."""
    body = {
        "lines": [{"order_item_id": item, "quantity": quantity, "reason": reason} for item, quantity in lines.items()],
        "note": note,
    }
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    query = {"token": order["token"]} if order.get("token") else {}
    return shopper.send("POST", f"/orders/{order['id']}/returns", json=body, headers=headers, query=query)


def decide(admin: Shopper, asked: Any, *, approve: bool, note: str | None = None) -> Answer:
    """Approve or refuse a return."""
    body = {"approve": approve, "note": note, "version": asked["version"]}
    return admin.send("POST", f"/admin/returns/{asked['id']}/decision", json=body)


def receive(admin: Shopper, accepted: Any, restock: dict[str, bool] | None = None) -> Answer:
    """The units came in."""
    body = {"lines": [{"order_item_id": item, "restock": sold} for item, sold in (restock or {}).items()]}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    return admin.send("POST", f"/admin/returns/{accepted['id']}/receipt", json=body, headers=headers)
