"""What was ordered and never paid comes back into the cart."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import outbox
from shared.clients import database
from shared.contexts.ordering import ordered_carts, orders
from tests.factories import pricing
from tests.factories.ordering import Shopper, lapse, pay, stock_mismatches, variant
from tests.integration.ordering.fulfilment import cancel
from tests.support.lambda_client import LambdaClient


def contents(shopper: Shopper) -> dict[str, int]:
    return {item["variant_id"]: item["quantity"] for item in shopper.cart()["items"]}


def test_an_order_that_is_cancelled_unpaid_gives_its_lines_and_coupons_back(guest: Shopper, db: Session) -> None:
    pot, jug = variant(db, "Pot", amount=1200), variant(db, "Jug", amount=500)
    pricing.coupon(db, "SPRING", per_customer_limit=1)
    guest.add(pot, 2)
    guest.add(jug, 1)
    assert guest.send("POST", "/cart/coupons", json={"code": "SPRING"}).status == 201
    before = guest.cart()
    order = guest.order(guest.check_out().json()["id"]).json()
    assert contents(guest) == {}
    assert cancel(guest, order).status == 200
    after = guest.cart()
    assert (contents(guest), after["total_amount"]) == ({str(pot): 2, str(jug): 1}, before["total_amount"])
    assert [coupon["code"] for coupon in after["coupons"]] == ["SPRING"]
    assert guest.order(guest.check_out().json()["id"]).status == 201, "the coupon can be used again"


def test_an_order_that_expires_adds_to_what_was_put_in_meanwhile(guest: Shopper, db: Session, expire: Any) -> None:
    pot, lid = variant(db, "Pot", stock=20), variant(db, "Lid", stock=20)
    order = guest.buy(pot, 3)
    guest.add(pot, 1)
    guest.add(lid, 2)
    lapse(db, order["checkout_id"])
    assert expire()["failures"] == 0
    assert contents(guest) == {str(pot): 4, str(lid): 2}
    assert expire()["checkouts"] == 0
    assert contents(guest) == {str(pot): 4, str(lid): 2}, "once"


def test_an_order_that_is_paid_after_it_expired_leaves_the_cart_again(guest: Shopper, db: Session, expire: Any) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    lapse(db, order["checkout_id"])
    expire()
    assert contents(guest) == {str(pot): 2}
    assert pay(order["checkout_id"]) == "paid"
    assert contents(guest) == {}
    assert stock_mismatches(db) == []


def test_a_cart_of_another_currency_stays_as_it_is(guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db, "Pot", currency="USD"))
    other = variant(db, "Tasse", currency="EUR")
    guest.add(other, 1)
    assert cancel(guest, order).status == 200
    assert contents(guest) == {str(other): 1}


def test_no_more_than_a_cart_holds_comes_back(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=3000)
    order = guest.buy(pot, 600)
    guest.add(pot, 700)
    assert cancel(guest, order).status == 200
    assert contents(guest) == {str(pot): 999}


def test_a_paid_order_that_is_cancelled_fills_no_cart(guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    pay(order["checkout_id"])
    assert cancel(guest, order).status == 200
    assert contents(guest) == {}


def test_a_cart_that_somebody_changes_is_not_waited_for(guest: Shopper, db: Session, expire: Any) -> None:
    """The schedule has locked the checkout before: waiting for the cart would be the wrong way round."""
    pot = variant(db, stock=9)
    order = guest.buy(pot, 1)
    lapse(db, order["checkout_id"])
    cart_id = db.execute(
        text("SELECT cart_id FROM checkouts WHERE id = :id"), {"id": order["checkout_id"]}
    ).scalar_one()
    db.execute(text("SELECT FROM carts WHERE id = :id FOR UPDATE"), {"id": cart_id})
    assert expire() == {"checkouts": 0, "failures": 0, "carts": 0}
    db.rollback()
    assert expire()["checkouts"] == 1
    assert contents(guest) == {str(pot): 1}


def test_an_order_whose_cart_is_gone_expires_all_the_same(api: LambdaClient, db: Session, expire: Any) -> None:
    shopper = Shopper(api)
    order = shopper.buy(variant(db))
    db.execute(text("DELETE FROM carts"))
    db.commit()
    lapse(db, order["checkout_id"])
    assert expire()["checkouts"] == 1
    with outbox.unit_of_work() as connection:
        ordered_carts.refill(connection, uuid.UUID(order["checkout_id"]))
        assert orders.expire(connection, uuid.UUID(order["checkout_id"])) is False
    assert database.connection().execute("SELECT FROM carts").fetchall() == []
