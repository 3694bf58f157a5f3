"""Returns: within the window, never more than arrived, paid back to the last minor unit."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.domain.returns import ReturnUnits, refund_share
from shared import outbox
from shared.contexts.ordering import order_refunds
from shared.contexts.ordering.models.fulfilment import ReturnLine
from tests.factories import identity
from tests.factories.ordering import Shopper, change_stock, stock_mismatches, stock_of, variant
from tests.integration.ordering.fulfilment import decide, delivered, placed, receive, send_back, ship
from tests.integration.ordering.test_cancelling import requested
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey


def item(order: Any, number: int = 0) -> str:
    item_id: str = order["items"][number]["id"]
    return item_id


def approved(customer: Shopper, admin: Shopper, order: Any, quantity: int = 1) -> Any:
    """A return of units of the first line that may come."""
    asked = send_back(customer, order, {item(order): quantity})
    assert asked.status == 201
    return decide(admin, asked.json(), approve=True).json()


def test_what_arrived_is_asked_for_approved_received_and_paid_back(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    pot = variant(db, stock=5, amount=999)
    order = delivered(customer, admin, pot, 3)

    asked = send_back(customer, order, {item(order): 2}, reason="damaged", note="Both lids are broken.")
    assert (asked.status, asked.json()["status"]) == (201, "requested")
    assert asked.headers["location"] == f"/api/v1/returns/{asked.json()['id']}"
    assert customer.send("GET", f"/returns/{asked.json()['id']}").json() == asked.json()

    decided = decide(admin, asked.json(), approve=True, note="Please use the label.").json()
    assert (decided["status"], decided["decision_note"]) == ("approved", "Please use the label.")
    assert stock_of(db, pot) == (2, 0), "nothing is back yet"

    received = receive(admin, decided).json()
    assert (received["status"], received["refund_amount"]) == ("received", None), "payments has recorded nothing yet"
    assert received["lines"] == [
        {"order_item_id": item(order), "quantity": 2, "reason": "damaged", "restocked": True, "refund_amount": None}
    ]
    assert stock_of(db, pot) == (4, 0)
    assert stock_mismatches(db) == []
    [request] = requested(db)
    assert (request["reason"], request["amount"]) == ("returned", 1998)
    assert request["lines"] == [{"order_item_id": item(order), "quantity": 2, "amount": 1998}]
    [told] = [event["detail"]["data"] for event in aws.published() if event["detail-type"] == "ReturnDecided"]
    assert (told["approved"], told["note"], told["number"]) == (True, "Please use the label.", order["number"])


def test_what_cannot_be_sold_again_is_not_put_back(customer: Shopper, admin: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    order = delivered(customer, admin, pot, 2)
    accepted = approved(customer, admin, order, 2)
    received = receive(admin, accepted, {item(order): False}).json()
    assert received["lines"][0]["restocked"] is False
    assert stock_of(db, pot) == (3, 0)
    assert len(requested(db)) == 1


def test_a_refused_return_gives_its_units_free_again(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 1)
    asked = send_back(customer, order, {item(order): 1}).json()
    assert send_back(customer, order, {item(order): 1}).json()["code"] == "units_exceeded"
    decide(admin, asked, approve=False, note="It was worn.")
    assert customer.send("GET", f"/returns/{asked['id']}").json()["status"] == "rejected"
    assert send_back(customer, order, {item(order): 1}).status == 201


@pytest.mark.parametrize("move", ["receive", "decide again"])
def test_a_return_goes_one_step_after_the_other(move: str, customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 1)
    asked = send_back(customer, order, {item(order): 1}).json()
    if move == "receive":
        refused = receive(admin, asked)
        assert (refused.json()["return_status"], refused.json()["legal"]) == ("requested", ["approved", "rejected"])
    else:
        decided = decide(admin, asked, approve=False).json()
        refused = decide(admin, decided, approve=True)
        assert (refused.json()["return_status"], refused.json()["legal"]) == ("rejected", [])
    assert (refused.status, refused.json()["code"]) == (409, "illegal_return_move")


def test_a_stale_decision_is_refused(customer: Shopper, admin: Shopper, db: Session) -> None:
    asked = send_back(customer, order := delivered(customer, admin, variant(db)), {item(order): 1}).json()
    decide(admin, asked, approve=True)
    stale = decide(admin, asked, approve=False)
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")


def test_what_is_on_its_way_cannot_be_sent_back_yet(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = placed(customer, variant(db), 2)
    ship(admin, order)
    refused = send_back(customer, order, {item(order): 1})
    assert (refused.status, refused.json()["code"]) == (409, "units_exceeded")
    assert refused.json()["lines"] == [{"order_item_id": item(order), "wanted": 1, "left": 0}]


def test_after_thirty_days_it_is_too_late(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 2)
    db.execute(text("UPDATE shipments SET delivered_at = now() - interval '29 days 23 hours'"))
    db.commit()
    assert send_back(customer, order, {item(order): 1}).status == 201
    db.execute(text("UPDATE shipments SET delivered_at = now() - interval '30 days 1 hour'"))
    db.commit()
    late = send_back(customer, order, {item(order): 1})
    assert (late.status, late.json()["code"], late.json()["days"]) == (409, "return_window_over", 30)


def test_an_order_tells_what_of_it_can_come_back_and_until_when(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 3)

    def returnable() -> Any:
        return customer.send("GET", f"/orders/{order['id']}/returns").json()["returnable"]

    [units] = returnable()
    delivered_at = db.scalar(text("SELECT delivered_at FROM shipments"))
    assert (units["order_item_id"], units["quantity"]) == (item(order), 3)
    assert datetime.fromisoformat(units["until"]) == delivered_at + timedelta(days=30)
    send_back(customer, order, {item(order): 2})
    assert [each["quantity"] for each in returnable()] == [1]
    db.execute(text("UPDATE shipments SET delivered_at = now() - interval '30 days 1 hour'"))
    db.commit()
    assert returnable() == []


def test_customers_page_through_their_own_returns(
    customer: Shopper, admin: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    order = delivered(customer, admin, variant(db), 3)
    asked = [send_back(customer, order, {item(order): 1}).json() for _ in range(2)]
    first = customer.send("GET", "/returns?limit=1").json()
    second = customer.send("GET", "/returns", query={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [each["id"] for each in first["items"] + second["items"]] == [asked[1]["id"], asked[0]["id"]]
    assert first["items"][0]["order_number"] == order["number"]
    assert second["next_cursor"] is None
    stranger = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    assert stranger.send("GET", "/returns").json()["items"] == []
    assert stranger.send("GET", "/returns", query={"cursor": first["next_cursor"]}).status == 400
    assert Shopper(api).send("GET", "/returns").status == 401


def test_returns_asked_for_at_once_never_hold_more_than_arrived(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 5)

    statuses = at_once(8, lambda _: send_back(customer, order, {item(order): 2}).status)

    assert Counter(statuses) == {201: 2, 409: 6}
    assert sum(quantity for (quantity,) in db.query(ReturnLine.quantity)) == 4


def test_a_return_received_twice_at_once_is_paid_back_and_restocked_once(
    customer: Shopper, admin: Shopper, db: Session
) -> None:
    pot = variant(db, stock=5)
    accepted = approved(customer, admin, delivered(customer, admin, pot, 2), 2)

    statuses = at_once(4, lambda _: receive(admin, accepted).status)

    assert Counter(statuses) == {200: 1, 409: 3}
    assert stock_of(db, pot) == (5, 0)
    assert len(requested(db)) == 1


def test_payments_word_makes_a_return_refunded(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db, amount=999), 2)
    accepted = approved(customer, admin, order, 1)
    receive(admin, accepted)
    [request] = requested(db)
    with database_logins.logged_in("payments"), outbox.unit_of_work() as connection:
        payment = connection.execute(
            "INSERT INTO payments (checkout_id, order_id, provider, provider_payment_id, amount, currency, status,"
            " amount_captured) VALUES (%s, %s, 'stripe', 'pi_1', 1998, 'USD', 'succeeded', 1998) RETURNING id",
            (order["checkout_id"], order["id"]),
        ).fetchone()
        assert payment is not None
        connection.execute(
            "INSERT INTO refunds (payment_id, order_id, provider, request_id, amount, currency, status, reason, actor,"
            " next_attempt_at) VALUES (%s, %s, 'stripe', %s, 999, 'USD', 'succeeded', 'returned', 'ordering', now())",
            (payment["id"], order["id"], request["request_id"]),
        )
        order_refunds.record(connection, uuid.UUID(order["id"]), in_full=False)

    assert customer.send("GET", f"/returns/{accepted['id']}").json()["status"] == "refunded"
    seen = customer.send("GET", f"/orders/{order['id']}").json()
    assert (seen["status"], seen["payment_status"]) == ("delivered", "partially_refunded")
    told = [(entry["kind"], entry["status"], entry["amount"]) for entry in seen["timeline"][-4:]]
    assert told == [
        ("return", "requested", None),
        ("return", "approved", None),
        ("return", "received", None),
        ("refund", "succeeded", 999),
    ]


def test_a_guest_sends_back_by_the_orders_token(guest: Shopper, api: LambdaClient, admin: Shopper, db: Session) -> None:
    order = delivered(guest, admin, variant(db), 2)
    reader = Shopper(api)
    assert send_back(reader, {**order, "token": None}, {item(order): 1}).status == 401
    asked = send_back(reader, order, {item(order): 1})
    assert asked.status == 201
    path, query = f"/returns/{asked.json()['id']}", {"token": order["token"]}
    assert reader.send("GET", path, query=query).status == 200
    other = guest.buy(variant(db))
    assert reader.send("GET", path, query={"token": other["token"]}).status == 404
    listed = reader.send("GET", f"/orders/{order['id']}/returns", query=query).json()
    assert [one["id"] for one in listed["items"]] == [asked.json()["id"]]


def test_administrators_page_through_all_returns(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 5)
    ids = [send_back(customer, order, {item(order): 1}).json()["id"] for _ in range(3)]
    decide(admin, {"id": ids[1], "version": 1}, approve=True)
    first = admin.send("GET", "/admin/returns?limit=2").json()
    second = admin.send("GET", "/admin/returns", query={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None
    chosen = admin.send("GET", "/admin/returns?status=approved").json()["items"]
    assert [one["id"] for one in chosen] == [ids[1]]


@pytest.mark.parametrize(
    "body",
    [
        {"lines": []},
        {"lines": [{"order_item_id": str(uuid.uuid4()), "quantity": 1, "reason": "damaged"}]},
        {"lines": [{"order_item_id": "own", "quantity": 0, "reason": "damaged"}]},
        {"lines": [{"order_item_id": "own", "quantity": 1, "reason": "because"}]},
        {"lines": [{"order_item_id": "own", "quantity": 1, "reason": "damaged", "refund_amount": 10_000}]},
    ],
)
def test_what_makes_no_sense_is_refused(body: Any, customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 1)
    for line in body["lines"]:
        line["order_item_id"] = line["order_item_id"].replace("own", item(order))
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    assert customer.send("POST", f"/orders/{order['id']}/returns", json=body, headers=headers).status == 422


def test_what_comes_back_of_a_backorder_serves_what_is_owed_first(
    customer: Shopper, admin: Shopper, db: Session
) -> None:
    pot = variant(db, stock=1)
    change_stock(db, pot, 1, allow_backorder=True)
    order = delivered(customer, admin, pot, 3)
    assert stock_of(db, pot) == (0, 0)
    receive(admin, approved(customer, admin, order, 3))
    assert stock_of(db, pot) == (1, 0)
    assert stock_mismatches(db) == []


def test_the_routes_of_returns_stay_within_their_statements(customer: Shopper, admin: Shopper, db: Session) -> None:
    order = delivered(customer, admin, variant(db), 2)
    with recorded() as asked:
        made = send_back(customer, order, {item(order): 1}).json()
    with recorded() as shown:
        customer.send("GET", f"/returns/{made['id']}")
    with recorded() as listed:
        admin.send("GET", "/admin/returns")
    accepted = decide(admin, made, approve=True).json()
    with recorded() as received:
        receive(admin, accepted)
    # Receiving: the key twice, the return twice, order, units, the request, the return, stock, event, publishing twice.
    # And staff's rights, of each of their requests.
    assert (len(asked), len(shown), len(listed)) == (7, 2, 2)
    assert len(received) <= 14


@given(
    total=st.integers(0, 10**9),
    portions=st.lists(st.integers(1, 9), min_size=1, max_size=12),
    by_hand=st.integers(0, 5),
)
def test_all_units_together_are_paid_back_exactly(total: int, portions: list[int], by_hand: int) -> None:
    """Whatever the portions, no return pays more than its units' share rounded up, and all pay the line's total."""
    quantity = sum(portions) + by_hand
    paid = total * by_hand // quantity
    received = 0
    for portion in portions:
        unit = ReturnUnits(
            id=uuid.uuid4(), variant_id=uuid.uuid4(), quantity=quantity, total_amount=total, delivered=quantity,
            in_time=quantity, requested=quantity, received=received, refunded_by_hand=by_hand,
        )  # fmt: skip
        share = refund_share(unit, portion, "USD")
        assert 0 <= share <= -(-total * portion // quantity)
        paid += share
        received += portion
    assert paid == total
