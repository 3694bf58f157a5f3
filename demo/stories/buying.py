"""An order from the cart to wherever it has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from demo.contents.customers import CUSTOMERS, SampleCustomer
from demo.contents.orders import SampleOrder, Units
from demo.stage import functions
from demo.stories.timeline import Shop, Story

_CUSTOMERS: Final = {customer.email: customer for customer in CUSTOMERS}
# Hours after the order was placed.
_PAID, _EXPIRED, _PROCESSING, _SHIPPED, _DELIVERED = 0.05, 0.26, 5, 27, 98
_RETURN_REQUESTED, _RETURN_DECIDED, _RETURN_RECEIVED, _REFUNDED = 168, 180, 270, 271
_CARRIERS: Final = {"US": ("ups", "1Z999AA1"), "CN": ("sf_express", "SF1003"), "JP": ("other", "4102-88")}
_ELSEWHERE: Final = ("dhl", "JJD0003")


def buying(shop: Shop, order: SampleOrder) -> Story:
    """The customer buys, the shop ships, and what came back is refunded."""
    placed_at = shop.ago(order.age_days)
    yield placed_at
    customer = _CUSTOMERS[order.customer]
    checkout_id, order_id = _place(shop, order, customer)
    if order.status == "pending":
        _open_payment(shop, customer, checkout_id)  # which holds its stock for longer
        return
    if order.status == "cancelled":
        yield placed_at + timedelta(hours=_EXPIRED)
        functions.invoke("ordering.expire_reservations", {})
        return
    payment = _open_payment(shop, customer, checkout_id)
    yield placed_at + timedelta(hours=_PAID)
    shop.stage.provider.confirm(payment)
    shop.stage.deliver()
    yield from _fulfilling(shop, order, order_id, placed_at)
    yield from _returning(shop, order, order_id, placed_at)


def _place(shop: Shop, order: SampleOrder, customer: SampleCustomer) -> tuple[str, str]:
    """Ids of the checkout and of the order."""
    email = customer.email
    for sku, quantity in order.units:
        item = {"variant_id": shop.variant_ids[sku], "quantity": quantity}
        shop.as_customer(email, "POST", "/cart/items", item)
    if order.coupon is not None:
        shop.as_customer(email, "POST", "/cart/coupons", {"code": order.coupon})
    delivery = {"shipping_address": customer.address(), "accept_changes": True}
    checkout_id: str = shop.as_customer(email, "POST", "/cart/checkout", delivery)["id"]
    placed = shop.as_customer(email, "POST", "/orders", {"checkout_id": checkout_id}, key=f"order-{checkout_id}")
    return checkout_id, placed["id"]


def _open_payment(shop: Shop, customer: SampleCustomer, checkout_id: str) -> dict[str, Any]:
    body, key = {"checkout_id": checkout_id}, f"intent-{checkout_id}"
    opened: dict[str, Any] = shop.as_customer(customer.email, "POST", "/payments/intent", body, key=key)
    return opened


def _fulfilling(shop: Shop, order: SampleOrder, order_id: str, placed_at: datetime) -> Iterator[datetime]:
    if order.status == "paid" or _order(shop, order_id)["status"] == "delivered":  # files are not shipped
        return
    yield placed_at + timedelta(hours=_PROCESSING)
    paid = _order(shop, order_id)
    change = {"status": "processing", "version": paid["version"]}
    shop.administer("PUT", f"/admin/orders/{order_id}", change)
    if order.status == "processing":
        return
    yield placed_at + timedelta(hours=_SHIPPED)
    carrier, prefix = _CARRIERS.get(_CUSTOMERS[order.customer].country, _ELSEWHERE)
    parcel = {"carrier": carrier, "tracking_number": prefix + paid["number"].replace("-", "")}
    shipment = shop.administer("POST", f"/admin/orders/{order_id}/shipments", parcel, key=f"parcel-{order_id}")
    if order.status == "shipped":
        return
    yield placed_at + timedelta(hours=_DELIVERED)
    arrival = {"status": "delivered", "version": shipment["version"]}
    shop.administer("PATCH", f"/shipments/{shipment['id']}", arrival)


def _returning(shop: Shop, order: SampleOrder, order_id: str, placed_at: datetime) -> Iterator[datetime]:
    if not (order.returned or order.requested_returns):
        return
    yield placed_at + timedelta(hours=_RETURN_REQUESTED)
    if order.requested_returns:
        note = "One of the two has a pulled thread."
        _request_return(shop, order, order_id, order.requested_returns, reason="defective", note=note)
        return
    note = "It is not what I had in mind."
    made = _request_return(shop, order, order_id, order.returned, reason="no_longer_wanted", note=note)
    path = f"/admin/returns/{made['id']}"
    yield placed_at + timedelta(hours=_RETURN_DECIDED)
    decision = {"approve": True, "note": "Please send it to our warehouse.", "version": made["version"]}
    shop.administer("POST", f"{path}/decision", decision)
    yield placed_at + timedelta(hours=_RETURN_RECEIVED)
    shop.administer("POST", f"{path}/receipt", {}, key=f"receipt-{made['id']}")
    yield placed_at + timedelta(hours=_REFUNDED)
    shop.stage.deliver()


def _request_return(
    shop: Shop, order: SampleOrder, order_id: str, units: Units, *, reason: str, note: str
) -> dict[str, Any]:
    item_ids = {item["sku"]: item["id"] for item in _order(shop, order_id)["items"]}
    lines = [{"order_item_id": item_ids[sku], "quantity": quantity, "reason": reason} for sku, quantity in units]
    made: dict[str, Any] = shop.as_customer(
        order.customer, "POST", f"/orders/{order_id}/returns", {"lines": lines, "note": note}, key=f"return-{order_id}"
    )
    return made


def _order(shop: Shop, order_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = shop.administer("GET", f"/admin/orders/{order_id}")
    return shown
