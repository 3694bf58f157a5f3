"""Shipments: in parts, never more than was ordered, and the order's status after them."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.ordering.domain.carriers import Carrier, tracking_url
from shared.contexts.ordering.models.fulfilment import ShipmentLine
from tests.factories.ordering import Shopper, change_variant, pay, variant
from tests.integration.ordering.fulfilment import deliver, placed, quantities, ship
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer
from tests.support.statements import recorded


def events(aws: Cloud) -> dict[str, list[dict[str, Any]]]:
    """What was put on the bus so far, by its kind."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in aws.published():
        found[event["detail-type"]].append(event["detail"]["data"])
    return found


def test_an_order_leaves_in_parts_and_its_status_follows(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    order = placed(customer, variant(db, "Pot"), 3, variant(db, "Lid"), 1)
    pot, lid = order["items"]

    first = ship(admin, order, {pot["id"]: 2}, carrier="ups", tracking_number="1Z999AA10123456784")
    assert first.status == 201
    assert first.headers["location"] == f"/api/v1/shipments/{first.json()['id']}"
    assert customer.send("GET", f"/orders/{order['id']}").json()["status"] == "processing"

    second = ship(admin, order).json()
    assert quantities(second) == {pot["id"]: 1, lid["id"]: 1}
    seen = customer.send("GET", f"/orders/{order['id']}").json()
    assert seen["status"] == "shipped"
    assert [shipment["tracking_url"] for shipment in seen["shipments"]] == [
        "https://www.ups.com/track?tracknum=1Z999AA10123456784", None,
    ]  # fmt: skip

    assert deliver(admin, first.json()).json()["delivered_at"] is not None
    assert customer.send("GET", f"/orders/{order['id']}").json()["status"] == "shipped"
    deliver(admin, second)
    assert customer.send("GET", f"/orders/{order['id']}").json()["status"] == "delivered"

    told = events(aws)
    assert [event["complete"] for event in told["OrderShipped"]] == [False, True]
    assert told["OrderShipped"][0]["lines"] == [{"name": "Pot", "quantity": 2}]
    assert [event["number"] for event in told["OrderDelivered"]] == [order["number"]]


def test_the_timeline_tells_of_status_and_shipments_in_order(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = placed(customer, variant(db))
    shipment = ship(admin, order).json()
    deliver(admin, shipment)
    timeline = customer.send("GET", f"/orders/{order['id']}").json()["timeline"]
    assert [(entry["kind"], entry["status"], entry["actor"]) for entry in timeline] == [
        ("status", "pending", "customer"),
        ("status", "paid", "payment"),
        ("status", "shipped", "admin"),
        ("shipment", "shipped", "admin"),
        ("status", "delivered", "admin"),
        ("shipment", "delivered", "admin"),
    ]
    assert {entry["reference"] for entry in timeline} == {None, shipment["id"]}
    assert all("reason" not in entry for entry in timeline), "reasons are for the shop"


def test_no_more_units_leave_than_were_ordered(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = placed(customer, variant(db), 2)
    [item] = order["items"]
    refused = ship(admin, order, {item["id"]: 3})
    assert (refused.status, refused.json()["code"]) == (409, "units_exceeded")
    assert refused.json()["lines"] == [{"order_item_id": item["id"], "wanted": 3, "left": 2}]
    ship(admin, order)
    assert ship(admin, order).json()["code"] == "not_shippable"


def test_shipments_made_at_once_never_hold_more_than_was_ordered(
    customer: Shopper, admin: Shopper, db: Session
) -> None:
    order = placed(customer, variant(db), 5)
    [item] = order["items"]

    statuses = at_once(8, lambda _: ship(admin, order, {item["id"]: 2}).status)

    assert Counter(statuses) == {201: 2, 409: 6}
    assert sum(quantity for (quantity,) in db.query(ShipmentLine.quantity)) == 4


def test_the_same_request_ships_once(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = placed(customer, variant(db), 5)
    [item] = order["items"]
    key = str(uuid.uuid4())
    replies = [ship(admin, order, {item["id"]: 1}, key=key) for _ in range(2)]
    assert replies[0].json() == replies[1].json()
    assert db.query(ShipmentLine).count() == 1


@pytest.mark.parametrize("status", ["pending", "cancelled"])
def test_what_is_not_paid_is_not_shipped(status: str, guest: Shopper, admin: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    if status == "cancelled":
        admin.send("PUT", f"/admin/orders/{order['id']}", json={"status": "cancelled", "version": 1})
    refused = ship(admin, order)
    assert (refused.status, refused.json()["code"], refused.json()["order_status"]) == (409, "not_shippable", status)


def test_files_are_not_shipped(customer: Shopper, admin: Shopper, db: Session) -> None:
    pot, file = variant(db, "Pot"), variant(db, "Pattern")
    change_variant(db, file, requires_shipping=False)
    order = placed(customer, pot, 1, file, 1)
    shipment = ship(admin, order).json()
    assert quantities(shipment) == {order["items"][0]["id"]: 1}
    assert customer.send("GET", f"/orders/{order['id']}").json()["status"] == "shipped"


def test_an_order_said_to_be_shipped_and_delivered_has_shipments_that_say_so(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    order = placed(customer, variant(db), 3)
    [item] = order["items"]
    ship(admin, order, {item["id"]: 1})

    def put(status: str) -> Answer:
        version = admin.send("GET", f"/admin/orders/{order['id']}").json()["version"]
        return admin.send("PUT", f"/admin/orders/{order['id']}", json={"status": status, "version": version})

    assert [quantities(shipment) for shipment in put("shipped").json()["shipments"]] == [
        {item["id"]: 1},
        {item["id"]: 2},
    ]
    assert {shipment["status"] for shipment in put("delivered").json()["shipments"]} == {"delivered"}
    told = events(aws)
    assert (len(told["OrderShipped"]), len(told["OrderDelivered"])) == (2, 1)


def test_a_stale_change_of_a_shipment_is_refused(customer: Shopper, admin: Shopper, db: Session) -> None:
    shipment = ship(admin, placed(customer, variant(db))).json()
    change = {"tracking_number": "RR123456785CN", "carrier": "china_post", "version": 1}
    corrected = admin.send("PATCH", f"/shipments/{shipment['id']}", json=change).json()
    assert (corrected["tracking_number"], corrected["version"]) == ("RR123456785CN", 2)
    stale = admin.send("PATCH", f"/shipments/{shipment['id']}", json=change)
    assert (stale.status, stale.json()["code"], stale.json()["version"]) == (409, "version_conflict", 2)


def test_two_parcels_that_arrive_at_once_deliver_the_order_once(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    order = placed(customer, variant(db), 2)
    [item] = order["items"]
    parcels = [ship(admin, order, {item["id"]: 1}).json() for _ in range(2)]

    assert at_once(2, lambda number: deliver(admin, parcels[number]).status) == [200, 200]

    seen = customer.send("GET", f"/orders/{order['id']}").json()
    assert seen["status"] == "delivered"
    assert [entry["status"] for entry in seen["timeline"] if entry["kind"] == "status"].count("delivered") == 1


def test_lines_of_another_order_and_lines_named_twice_are_refused(
    customer: Shopper, admin: Shopper, db: Session
) -> None:
    order, other = placed(customer, variant(db)), placed(customer, variant(db))
    assert ship(admin, order, {other["items"][0]["id"]: 1}).status == 422
    line = {"order_item_id": order["items"][0]["id"], "quantity": 1}
    twice = {"lines": [line, line], "carrier": "dhl"}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    assert admin.send("POST", f"/admin/orders/{order['id']}/shipments", json=twice, headers=headers).status == 422


@pytest.mark.parametrize("number", ["<script>", "1Z 99\r\nX", "../../x", "", "A" * 61])
def test_a_tracking_number_holds_letters_and_digits(
    number: str, customer: Shopper, admin: Shopper, db: Session
) -> None:
    assert ship(admin, placed(customer, variant(db)), carrier="ups", tracking_number=number).status == 422


def test_every_known_carriers_parcels_can_be_followed() -> None:
    for carrier in Carrier:
        url = tracking_url(carrier, "AB 12-3")
        assert (url is None) == (carrier is Carrier.OTHER)
        assert url is None or (url.startswith("https://") and "AB%2012-3" in url)
        assert tracking_url(carrier, None) is None


def test_shipping_stays_within_its_statements(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, "Pot"), 2, variant(db, "Lid"), 1)
    with recorded() as statements:
        assert ship(admin, order).status == 201
    # Rights; idempotency 2, order, units, shipment, event, then status: order, change, timeline, event; and audit.
    # Publishing takes 2.
    assert len(statements) <= 15


def test_paying_marks_nothing_shipped(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db))
    pay(order["checkout_id"])
    assert customer.send("GET", f"/orders/{order['id']}").json()["shipments"] == []
