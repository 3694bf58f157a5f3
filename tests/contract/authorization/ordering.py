"""Who gets what from ordering. A cart is whoever's it is: everybody has one, and nobody reaches another's."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from shared.contexts.ordering.models.notes import OrderNote
from shared.contexts.ordering.models.orders import Checkout
from shared.permissions import Permission
from tests.contract.authorization import ordering_addresses, ordering_pricing, ordering_site
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    OK,
    REFUSED,
    Request,
    Row,
    Stage,
    owner_only,
    owner_or_staff,
    permitted,
    public,
    signed_in,
)
from tests.factories import money, payments, shipments
from tests.factories.ordering import ADDRESS, Shopper, pay, variant


def _key() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}


def _owner(stage: Stage) -> Shopper:
    return Shopper(stage.as_owner("ordering"), email=None)


def _guest(stage: Stage) -> Shopper:
    return Shopper(stage.as_nobody("ordering"))


def _a_variant(stage: Stage) -> Request:
    return Request(json={"variant_id": str(variant(stage.db)), "quantity": 1})


def _an_item(shopper: Shopper, stage: Stage) -> str:
    item_id: str = shopper.add(variant(stage.db)).json()["items"][0]["id"]
    return item_id


def _an_item_to_change(stage: Stage) -> Request:
    return Request(path={"item_id": _an_item(_owner(stage), stage)}, json={"quantity": 2})


def _an_item_to_remove(stage: Stage) -> Request:
    return Request(path={"item_id": _an_item(_owner(stage), stage)})


def _a_guests_item_with_its_token(stage: Stage) -> Request:
    """Somebody signed in has a cart of their own, whatever token comes along."""
    guest = _guest(stage)
    return Request(path={"item_id": _an_item(guest, stage)}, headers={"X-Cart-Token": str(guest.token)})


def _a_guests_cart_to_merge(stage: Stage) -> Request:
    guest = _guest(stage)
    guest.add(variant(stage.db))
    return Request(headers={"X-Cart-Token": str(guest.token)})


def _a_cart_to_check_out(stage: Stage) -> Request:
    """The owner's cart is full; the others', and a guest's without a token, are empty (409)."""
    _owner(stage).add(variant(stage.db))
    return Request(json={"shipping_address": ADDRESS})


def _a_checkout(stage: Stage) -> Request:
    shopper = _owner(stage)
    shopper.add(variant(stage.db))
    return Request(json={"checkout_id": shopper.check_out().json()["id"]}, headers=_key())


def _a_guests_checkout(stage: Stage) -> Request:
    """Whoever has the cart's token has what was begun with it."""
    guest = _guest(stage)
    guest.add(variant(stage.db))
    checkout_id = guest.check_out().json()["id"]
    return Request(json={"checkout_id": checkout_id}, headers={**_key(), "X-Cart-Token": str(guest.token)})


def _a_checkout_to_show(stage: Stage) -> Request:
    return Request(path=_a_checkout(stage).json)


def _a_guests_checkout_to_show(stage: Stage) -> Request:
    begun = _a_guests_checkout(stage)
    return Request(path=begun.json, headers=begun.headers)


def _an_order(stage: Stage) -> Any:
    return _owner(stage).buy(variant(stage.db))


def _an_order_to_show(stage: Stage) -> Request:
    return Request(path={"order_id": _an_order(stage)["id"]})


def _an_order_with_a_wrong_token(stage: Stage) -> Request:
    other = _guest(stage).buy(variant(stage.db))
    return Request(path={"order_id": _an_order(stage)["id"]}, query={"token": other["token"]})


def _a_guests_order_with_its_token(stage: Stage) -> Request:
    order = _guest(stage).buy(variant(stage.db))
    return Request(path={"order_id": order["id"]}, query={"token": order["token"]})


def _an_order_to_cancel(stage: Stage) -> Request:
    return Request(path={"order_id": _an_order(stage)["id"]}, json={"status": "cancelled", "version": 1})


def _orders_to_move(stage: Stage) -> Request:
    body = {"ids": [_a_paid_order(stage)["id"]], "status": "processing"}
    return Request(json=body, headers=_key())


def _a_wrong_address(stage: Stage) -> Request:
    corrected = {**ADDRESS, "line1": "7 Analytical Row"}
    return Request(path={"order_id": _an_order(stage)["id"]}, json={"address": corrected, "version": 1})


def _an_order_to_write_about(stage: Stage) -> Request:
    return Request(path={"order_id": _an_order(stage)["id"]}, json={"body": "The bell is broken."}, headers=_key())


def _a_note_to_delete(stage: Stage) -> Request:
    order_id = _an_order(stage)["id"]
    note = OrderNote(order_id=order_id, body="The bell is broken.")
    stage.db.add(note)
    stage.db.commit()
    return Request(path={"order_id": order_id, "note_id": note.id})


def _an_order_to_give_up(stage: Stage) -> Request:
    return Request(path={"order_id": _an_order(stage)["id"]}, json={}, headers=_key())


def _a_guests_order_to_give_up(stage: Stage) -> Request:
    order = _guest(stage).buy(variant(stage.db))
    return Request(path={"order_id": order["id"]}, query={"token": order["token"]}, json={}, headers=_key())


def _a_paid_order(stage: Stage) -> Any:
    order = _an_order(stage)
    pay(order["checkout_id"])
    return order


def _an_order_to_ship(stage: Stage) -> Request:
    return Request(path={"order_id": _a_paid_order(stage)["id"]}, json={"carrier": "dhl"}, headers=_key())


def _a_shipment_to_change(stage: Stage) -> Request:
    shipment = shipments.sent(stage.db, UUID(_a_paid_order(stage)["id"]))
    return Request(path={"shipment_id": shipment.id}, json={"status": "delivered", "version": 1})


def _an_order_to_invoice(stage: Stage) -> Request:
    return Request(path={"order_id": _a_paid_order(stage)["id"]})


def _an_invoiced_order(stage: Stage) -> Request:
    request = _an_order_to_invoice(stage)
    api = stage.as_owner("ordering")
    assert api.get(f"/api/v1/orders/{request.path['order_id']}/invoice").status == 200
    return request


def _a_credited_order(stage: Stage) -> Request:
    order = _a_paid_order(stage)
    checkout = stage.db.get_one(Checkout, UUID(order["checkout_id"]))
    payment = payments.payment(stage.db, checkout, f"pi_{checkout.id}", status="succeeded")
    payment.order_id = UUID(order["id"])
    money.refund(stage.db, payment, amount=100)
    documents = stage.as_owner("ordering").get(f"/api/v1/orders/{order['id']}/documents").json()["items"]
    return Request(path={"order_id": order["id"], "number": documents[1]["number"]})


def _what_came(stage: Stage) -> Request:
    """Something that can be sent back, and the request for it."""
    order = _a_paid_order(stage)
    shipments.sent(stage.db, UUID(order["id"]), delivered=True)
    line = {"order_item_id": order["items"][0]["id"], "quantity": 1, "reason": "damaged"}
    return Request(path={"order_id": order["id"]}, json={"lines": [line]}, headers=_key())


def _an_order_with_returns(stage: Stage) -> Request:
    return Request(path={"order_id": _an_order(stage)["id"]})


def _a_return(stage: Stage) -> Request:
    request = _what_came(stage)
    path = f"/api/v1/orders/{request.path['order_id']}/returns"
    made = stage.as_owner("ordering").post(path, json=request.json, headers=request.headers)
    return Request(path={"return_id": made.json()["id"]})


def a_return_to_decide(stage: Stage) -> Request:
    return Request(path=_a_return(stage).path, json={"approve": True, "version": 1})


def _a_return_to_receive(stage: Stage) -> Request:
    """Not yet approved, so nobody can (409)."""
    return Request(path=_a_return(stage).path, json={}, headers=_key())


ROWS: list[Row] = [
    *ordering_addresses.ROWS,
    *ordering_pricing.ROWS,
    public("GET", "/api/v1/cart"),
    public("DELETE", "/api/v1/cart"),
    public("POST", "/api/v1/cart/items", _a_variant),
    owner_only("PUT", "/api/v1/cart/items/{item_id}", _an_item_to_change, nobody=NOT_FOUND),
    owner_only("DELETE", "/api/v1/cart/items/{item_id}", _an_item_to_remove, nobody=NOT_FOUND),
    Row(
        "DELETE", "/api/v1/cart/items/{item_id}", _a_guests_item_with_its_token, case="a guest's, with the cart token",
        nobody=OK, customer=NOT_FOUND, owner=NOT_FOUND,
        creator=NOT_FOUND, vendor=NOT_FOUND, moderator=NOT_FOUND, admin=NOT_FOUND,
    ),
    signed_in("POST", "/api/v1/cart/merge", _a_guests_cart_to_merge),
    Row(
        "POST", "/api/v1/cart/checkout", _a_cart_to_check_out,
        nobody=REFUSED, customer=REFUSED, owner=OK,
        creator=REFUSED, vendor=REFUSED, moderator=REFUSED, admin=REFUSED,
    ),
    owner_only("GET", "/api/v1/checkouts/{checkout_id}", _a_checkout_to_show, nobody=NOT_FOUND),
    public("GET", "/api/v1/checkouts/{checkout_id}", _a_guests_checkout_to_show, case="a guest's, with the cart token"),
    owner_only("POST", "/api/v1/orders", _a_checkout, nobody=NOT_FOUND),
    public("POST", "/api/v1/orders", _a_guests_checkout, case="a guest's, with the cart token"),
    signed_in("GET", "/api/v1/orders"),
    signed_in("GET", "/api/v1/users/orders"),
    owner_only("GET", "/api/v1/orders/{order_id}", _an_order_to_show),
    owner_only(
        "GET", "/api/v1/orders/{order_id}", _an_order_with_a_wrong_token, nobody=NOT_FOUND, case="another order's token"
    ),
    public("GET", "/api/v1/orders/{order_id}", _a_guests_order_with_its_token, case="a guest's, with its token"),
    owner_only("POST", "/api/v1/orders/{order_id}/cancel", _an_order_to_give_up),
    public("POST", "/api/v1/orders/{order_id}/cancel", _a_guests_order_to_give_up, case="a guest's, with its token"),
    owner_or_staff(Permission.ORDERS_READ_ALL, "GET", "/api/v1/orders/{order_id}/invoice", _an_order_to_invoice),
    owner_or_staff(Permission.ORDERS_READ_ALL, "GET", "/api/v1/orders/{order_id}/documents", _an_invoiced_order),
    public(
        "GET", "/api/v1/orders/{order_id}/documents", _a_guests_order_with_its_token, case="a guest's, with its token"
    ),
    owner_or_staff(
        Permission.ORDERS_READ_ALL, "GET", "/api/v1/orders/{order_id}/credit-notes/{number}", _a_credited_order
    ),
    owner_only("POST", "/api/v1/orders/{order_id}/returns", _what_came),
    owner_only("GET", "/api/v1/orders/{order_id}/returns", _an_order_with_returns),
    signed_in("GET", "/api/v1/returns"),
    owner_only("GET", "/api/v1/returns/{return_id}", _a_return),
    public("GET", "/api/v1/site"),
    public("GET", "/api/v1/site/countries/{country}", request=Request(path={"country": "DE"})),
    public("GET", "/api/v1/site/legal/{name}", request=Request(path={"name": "terms"})),
    *ordering_site.ROWS,
    permitted(Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/returns"),
    permitted(Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/returns/{return_id}", _a_return),
    permitted(Permission.ORDERS_WRITE, "POST", "/api/v1/admin/returns/{return_id}/decision", a_return_to_decide),
    permitted(
        Permission.ORDERS_WRITE, "POST", "/api/v1/admin/returns/{return_id}/receipt", _a_return_to_receive,
        outcome=REFUSED,
    ),
    permitted(Permission.ORDERS_WRITE, "POST", "/api/v1/admin/orders/{order_id}/shipments", _an_order_to_ship),
    permitted(Permission.ORDERS_WRITE, "PATCH", "/api/v1/shipments/{shipment_id}", _a_shipment_to_change),
    permitted(Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/orders"),
    permitted(
        Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/orders/totals",
        request=Request(query={"user_id": "01990000-0000-7000-8000-000000000009"}),
    ),
    permitted(Permission.ORDERS_WRITE, "POST", "/api/v1/admin/orders/changes", _orders_to_move),
    permitted(Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/orders/{order_id}", _an_order_to_show),
    permitted(Permission.ORDERS_WRITE, "PUT", "/api/v1/admin/orders/{order_id}", _an_order_to_cancel),
    permitted(Permission.ORDERS_READ_ALL, "GET", "/api/v1/admin/orders/{order_id}/notes", _an_order_to_show),
    permitted(Permission.ORDERS_WRITE, "POST", "/api/v1/admin/orders/{order_id}/notes", _an_order_to_write_about),
    permitted(Permission.ORDERS_WRITE, "DELETE", "/api/v1/admin/orders/{order_id}/notes/{note_id}", _a_note_to_delete),
    permitted(Permission.ORDERS_WRITE, "PUT", "/api/v1/admin/orders/{order_id}/shipping-address", _a_wrong_address),
]  # fmt: skip
