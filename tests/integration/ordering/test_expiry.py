"""The schedule that gives back what was reserved and not bought; and money that comes before, during and after it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import outbox
from shared.contexts.ordering import order_refunds, orders
from shared.contexts.ordering.models.orders import Cart, Checkout, Order
from tests.factories.ordering import Shopper, lapse, pay, stock_mismatches, stock_of, variant
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient

EVENTS = Path(__file__).parents[3] / "events"


def status_of(db: Session, order: Any) -> str:
    db.rollback()
    status: str = db.query(Order.status).filter_by(id=uuid.UUID(order["id"])).scalar()
    return status


def test_a_lapsed_checkout_gives_its_stock_back_once(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    lapse(db, guest.check_out().json()["id"])
    assert expire() == {"checkouts": 1, "failures": 0, "carts": 0}
    assert expire() == {"checkouts": 0, "failures": 0, "carts": 0}
    assert stock_of(db, pot) == (5, 0)
    assert db.query(Checkout.status).scalar() == "expired"
    assert guest.cart()["item_count"] == 2  # the customer may try again
    assert guest.check_out().status == 201


def test_an_open_checkout_is_left_alone(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    guest.check_out()
    assert expire()["checkouts"] == 0
    assert stock_of(db, pot) == (5, 2)


def test_an_unpaid_order_is_cancelled_with_its_checkout(guest: Shopper, expire: Any, db: Session, aws: Cloud) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    aws.published()
    lapse(db, order["checkout_id"])
    expire()
    shown = guest.send("GET", f"/orders/{order['id']}", query={"token": order["token"]}).json()
    assert (shown["status"], shown["version"], shown["payable_until"]) == ("cancelled", 2, None)
    assert shown["timeline"][-1]["actor"] == "system"
    assert shown["cancelled_at"] is not None
    assert stock_of(db, pot) == (5, 0)
    assert [event["detail"]["data"]["after"] for event in aws.published()] == ["cancelled"]


def test_a_paid_order_never_expires(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    pay(order["checkout_id"])
    lapse(db, order["checkout_id"])
    assert expire()["checkouts"] == 0
    assert (status_of(db, order), stock_of(db, pot)) == ("paid", (3, 0))


def test_money_that_comes_late_gets_the_stock_that_is_still_there(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    lapse(db, order["checkout_id"])
    expire()
    assert [pay(order["checkout_id"]) for _ in range(2)] == ["paid", "already_paid"]
    shown = guest.send("GET", f"/orders/{order['id']}", query={"token": order["token"]}).json()
    assert (shown["status"], shown["cancelled_at"]) == ("paid", None)
    assert stock_of(db, pot) == (3, 0)
    assert stock_mismatches(db) == []


def test_money_that_comes_late_and_finds_nothing_must_go_back_and_stays_refused(
    guest: Shopper, customer: Shopper, expire: Any, db: Session, aws: Cloud
) -> None:
    pot = variant(db, stock=2)
    order = guest.buy(pot, 2)
    lapse(db, order["checkout_id"])
    expire()
    lucky = customer.buy(pot, 2)
    assert pay(order["checkout_id"]) == "unfulfillable"
    lapse(db, lucky["checkout_id"])
    expire()  # the units are free again, but the money is on its way back
    assert pay(order["checkout_id"]) == "unfulfillable"
    assert status_of(db, order) == "cancelled"
    assert stock_of(db, pot) == (2, 0)
    assert "OrderPaid" not in [event["detail-type"] for event in aws.published()]


def test_money_for_a_replaced_checkout_buys_what_it_was_for(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=10)
    guest.add(pot, 2)
    first = guest.check_out().json()["id"]
    guest.add(pot, 1)
    second = guest.check_out().json()["id"]
    assert pay(first) == "paid"
    assert guest.order(first).json()["items"][0]["quantity"] == 2
    assert guest.cart()["items"][0]["quantity"] == 1
    assert stock_of(db, pot) == (8, 3)
    assert guest.order(second).status == 201


def test_a_refund_moves_the_order_once(guest: Shopper, db: Session, aws: Cloud) -> None:
    order = guest.buy(variant(db))
    pay(order["checkout_id"])
    aws.published()
    for in_full in (False, True, True, False):
        with outbox.unit_of_work() as connection:
            order_refunds.record(connection, uuid.UUID(order["id"]), in_full=in_full)
    assert [event["detail"]["data"]["after"] for event in aws.published()] == ["partially_refunded", "refunded"]
    assert pay(order["checkout_id"]) == "already_paid"
    assert status_of(db, order) == "refunded"


def test_one_that_fails_stops_no_other(api: LambdaClient, expire: Any, db: Session) -> None:
    pot = variant(db, stock=9)
    placed = []
    for number in range(3):
        shopper = Shopper(api, f"guest{number}@example.com")
        placed.append(shopper.buy(pot))
        lapse(db, placed[-1]["checkout_id"])
    # An order that says it is pending, and a timeline that refuses the next entry: the database itself fails it.
    db.execute(
        text(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NEW.order_id = '{placed[0]['id']}' THEN RAISE 'refused'; END IF; RETURN NEW; END $$;"
            " CREATE TRIGGER refuse BEFORE INSERT ON order_status_changes FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    )
    db.commit()
    try:
        assert expire() == {"checkouts": 2, "failures": 1, "carts": 0}
        assert [status_of(db, order) for order in placed] == ["pending", "cancelled", "cancelled"]
    finally:
        db.execute(text("DROP FUNCTION refuse CASCADE"))
        db.commit()
    assert expire()["checkouts"] == 1
    assert stock_of(db, pot) == (9, 0)


def test_it_stops_when_the_invocation_is_almost_over(guest: Shopper, db: Session, aws: Cloud) -> None:
    from functions.ordering.handlers.expire_reservations import handler

    pot = variant(db, stock=5)
    guest.add(pot)
    lapse(db, guest.check_out().json()["id"])
    with patch.object(Context, "get_remaining_time_in_millis", lambda _: 3_000):
        assert handler({}, Context()) == {"checkouts": 0, "failures": 0, "carts": 0}
    assert stock_of(db, pot) == (5, 1)


def test_ended_guest_carts_are_deleted_and_others_kept(
    guest: Shopper, customer: Shopper, api: LambdaClient, expire: Any, db: Session
) -> None:
    pot = variant(db, stock=50)
    kept = guest.add(pot).json()["id"]
    customers = customer.add(pot).json()["id"]
    ended = Shopper(api)
    checkout = ended.add(pot) and ended.check_out().json()
    db.execute(text("UPDATE carts SET expires_at = now() WHERE id NOT IN (:a, :b)"), {"a": kept, "b": customers})
    db.commit()
    assert expire()["carts"] == 1
    assert {str(id_) for (id_,) in db.query(Cart.id)} == {kept, customers}
    assert ended.order(checkout["id"]).status == 201  # its checkout still holds its stock


def test_the_sample_event_is_handled_and_counted(
    guest: Shopper, db: Session, aws: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    from functions.ordering.handlers.expire_reservations import handler

    lapse(db, guest.buy(variant(db))["checkout_id"])
    aws.published()
    event = json.loads((EVENTS / "ordering" / "expire_reservations.json").read_text())
    capsys.readouterr()
    assert handler(event, Context()) == {"checkouts": 1, "failures": 0, "carts": 0}
    metric = next(json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line)
    assert metric["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "ShareStack"
    assert (metric["CheckoutsExpired"], metric["CheckoutExpiryFailures"]) == ([1.0], [0.0])
    assert [said["detail"]["correlation_id"] for said in aws.published()] == [event["id"]]


def test_paying_without_an_order_makes_one(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    checkout_id = guest.check_out().json()["id"]
    with outbox.unit_of_work() as connection:
        order_id, outcome = orders.mark_paid(
            connection, uuid.UUID(checkout_id), payment_intent_id="pi_1", paid_at=datetime.now(UTC)
        )
    assert outcome is orders.PaymentOutcome.PAID
    assert guest.order(checkout_id).json()["id"] == str(order_id)
    assert stock_of(db, pot) == (3, 0)
