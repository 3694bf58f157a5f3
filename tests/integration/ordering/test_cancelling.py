"""Cancelling: before anything left, once, with stock and money going back, whoever else acts at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories.ordering import Shopper, pay, stock_mismatches, stock_of, variant
from tests.integration.ordering.fulfilment import cancel, placed, ship
from tests.support.cloud import Cloud
from tests.support.contenders import at_once


def requested(db: Session) -> list[Any]:
    """What payments is asked to give back."""
    db.rollback()
    return list(db.execute(text("SELECT payload FROM outbox_events WHERE type = 'RefundRequested'")).scalars())


def test_a_paid_order_is_cancelled_and_all_that_was_paid_is_asked_back(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    pot = variant(db, stock=5, amount=999)
    order = placed(customer, pot, 2)
    assert stock_of(db, pot) == (3, 0)

    reply = cancel(customer, order, reason="ordered by mistake")

    assert (reply.status, reply.json()["status"]) == (200, "cancelled")
    assert stock_of(db, pot) == (5, 0)
    [request] = requested(db)
    assert (request["reason"], request["order_id"], request["currency"]) == ("cancelled", order["id"], "USD")
    assert request["amount"] == order["total_amount"]
    [item] = order["items"]
    assert request["lines"] == [{"order_item_id": item["id"], "quantity": 2, "amount": item["total_amount"]}]
    assert stock_mismatches(db) == []
    timeline = admin.send("GET", f"/admin/orders/{order['id']}").json()["timeline"]
    assert (timeline[-1]["actor"], timeline[-1]["reason"]) == ("customer", "ordered by mistake")


def test_an_unpaid_order_is_cancelled_without_a_refund(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    assert cancel(guest, order).json()["status"] == "cancelled"
    assert stock_of(db, pot) == (5, 0)
    assert requested(db) == []


def test_what_cost_nothing_is_cancelled_without_a_refund(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db, amount=0))
    assert order["status"] == "paid"
    assert cancel(customer, order).json()["status"] == "cancelled"
    assert requested(db) == []


def test_cancelling_again_changes_nothing(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db))
    first, again = cancel(customer, order), cancel(customer, order)
    assert (again.status, again.json()) == (200, first.json())
    assert len(requested(db)) == 1


def test_cancelling_needs_a_key(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db))
    reply = customer.send("POST", f"/orders/{order['id']}/cancel", json={})
    assert (reply.status, reply.json()["code"]) == (400, "idempotency_key_required")


def test_a_shipped_order_is_not_cancelled(customer: Shopper, admin: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    order = placed(customer, pot, 2)
    [item] = order["items"]
    ship(admin, order, {item["id"]: 1})
    partly = cancel(customer, order)
    assert (partly.status, partly.json()["code"]) == (409, "already_shipped")
    ship(admin, order)
    wholly = cancel(customer, order)
    assert (wholly.status, wholly.json()["code"]) == (409, "illegal_status_move")
    assert stock_of(db, pot) == (3, 0)
    assert requested(db) == []


def test_an_administrator_who_cancels_a_paid_order_gives_its_money_back(
    customer: Shopper, admin: Shopper, db: Session
) -> None:
    order = placed(customer, variant(db))
    change = {"status": "cancelled", "version": 2, "reason": "sold out after all"}
    assert admin.send("PUT", f"/admin/orders/{order['id']}", json=change).status == 200
    assert [request["amount"] for request in requested(db)] == [order["total_amount"]]


def test_a_stranger_and_a_wrong_link_cancel_nothing(guest: Shopper, customer: Shopper, db: Session) -> None:
    order, other = guest.buy(variant(db)), guest.buy(variant(db))
    assert cancel(customer, {**order, "token": None}).status == 404
    assert cancel(guest, {**order, "token": other["token"]}).status == 404
    assert cancel(guest, {**order, "token": None}).status == 401
    assert cancel(guest, order).status == 200


@pytest.mark.parametrize("attempt", range(3))
def test_cancelling_while_the_money_arrives_ends_cancelled_with_the_money_due_back(
    attempt: int, guest: Shopper, db: Session
) -> None:
    """Whoever comes first: the cancelled order asks for it, or the payment finds that it bought nothing."""
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)

    outcomes = at_once(
        3, lambda number: pay(order["checkout_id"]) if number == 0 else cancel(guest, order).json()["status"]
    )

    assert outcomes[1:] == ["cancelled", "cancelled"]
    assert (outcomes[0], len(requested(db))) in [("paid", 1), ("unfulfillable", 0)]
    assert stock_of(db, pot) == (5, 0)
    assert stock_mismatches(db) == []


@pytest.mark.parametrize("attempt", range(3))
def test_cancelling_while_it_is_shipped_ends_in_one_or_the_other(
    attempt: int, customer: Shopper, admin: Shopper, db: Session
) -> None:
    pot = variant(db, stock=5)
    order = placed(customer, pot, 2)

    statuses = at_once(4, lambda number: (ship(admin, order) if number % 2 else cancel(customer, order)).status)

    seen = customer.send("GET", f"/orders/{order['id']}").json()
    cancelled = seen["status"] == "cancelled"
    assert len(seen["shipments"]) == (0 if cancelled else 1)
    assert len(requested(db)) == (1 if cancelled else 0)
    assert stock_of(db, pot) == ((5, 0) if cancelled else (3, 0))
    assert sorted(statuses) == ([200, 200, 409, 409] if cancelled else [201, 409, 409, 409])
