"""Signing in with a full cart: nothing is lost, nothing counted twice."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Cart
from tests.factories import identity
from tests.factories.ordering import (
    Shopper,
    change_product,
    change_stock,
    change_variant,
    pay,
    stock_mismatches,
    stock_of,
    variant,
)
from tests.integration.ordering.test_checkouts import payment
from tests.support.tokens import TestSigningKey


@pytest.fixture
def customer(guest: Shopper, db: Session, signing_key: TestSigningKey) -> Shopper:
    """The guest, signed in."""
    return guest.signed_in(signing_key.authorization(identity.user(db)))


def merge(guest: Shopper, customer: Shopper) -> dict[str, object]:
    customer.token = guest.token
    reply = customer.send("POST", "/cart/merge")
    assert reply.status == 200, reply.json()
    cart: dict[str, object] = reply.json()
    return cart


def quantities(cart: object) -> list[int]:
    return [item["quantity"] for item in cart["items"]]  # type: ignore[index]


def test_a_guests_cart_becomes_the_new_customers(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, amount=999)
    guest.add(pot, 2)
    change_variant(db, pot, price_amount=1099)
    cart = merge(guest, customer)
    assert (quantities(cart), cart["token"], cart["capped"]) == ([2], None, [])
    assert cart["items"][0]["price_at_time"] == 999  # type: ignore[index]
    assert cart["currency"] == "USD"
    assert guest.cart()["id"] is None
    assert db.query(Cart).count() == 1


def test_quantities_add_up_to_the_stock_and_the_rest_is_reported(
    guest: Shopper, customer: Shopper, db: Session
) -> None:
    pot, lid = variant(db, "Pot", stock=5), variant(db, "Lid", stock=50)
    customer.add(pot, 2)
    customer.add(lid, 1)
    guest.add(pot, 4)
    guest.add(lid, 3)
    cart = merge(guest, customer)
    assert quantities(cart) == [5, 4]
    assert cart["capped"] == [
        {
            "variant_id": str(pot),
            "name": "Pot",
            "variant_title": "",
            "wanted": 6,
            "quantity": 5,
            "reason": "insufficient_stock",
        }
    ]


def test_what_is_no_longer_for_sale_does_not_come_over(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db)
    guest.add(pot)
    change_product(db, pot, is_active=False)
    cart = merge(guest, customer)
    assert quantities(cart) == []
    assert [(line["quantity"], line["reason"]) for line in cart["capped"]] == [(0, "removed")]  # type: ignore[attr-defined]


def test_what_the_customer_had_stays_even_above_the_stock(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=9)
    customer.add(pot, 6)
    guest.add(pot, 1)
    change_stock(db, pot, 3)
    cart = merge(guest, customer)
    assert quantities(cart) == [6]
    assert cart["items"][0]["problems"] == ["insufficient_stock"]  # type: ignore[index]


def test_a_line_holds_no_more_than_999(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=5000)
    customer.add(pot, 600)
    guest.add(pot, 600)
    cart = merge(guest, customer)
    assert quantities(cart) == [999]
    assert [(line["wanted"], line["reason"]) for line in cart["capped"]] == [(1200, "limit")]  # type: ignore[attr-defined]


def test_merging_again_changes_nothing(guest: Shopper, customer: Shopper, db: Session) -> None:
    guest.add(variant(db), 2)
    first = merge(guest, customer)
    second = merge(guest, customer)
    assert (quantities(first), quantities(second)) == ([2], [2])


def test_a_guests_checkout_is_given_up_for_the_merged_cart(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=3)
    guest.add(pot, 3)
    guest.check_out()
    assert stock_of(db, pot) == (3, 3)
    assert quantities(merge(guest, customer)) == [3]
    assert stock_of(db, pot) == (3, 0)
    assert customer.check_out().status == 201
    assert stock_mismatches(db) == []


def test_a_guests_paid_order_is_not_touched(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=3)
    order = guest.buy(pot, 2)
    pay(order["checkout_id"])
    assert quantities(merge(guest, customer)) == []
    assert stock_of(db, pot) == (1, 0)


def test_a_guests_checkout_that_is_being_paid_is_ordered_first(guest: Shopper, customer: Shopper, db: Session) -> None:
    guest.add(variant(db), 2)
    checkout_id = guest.check_out().json()["id"]
    payment(db, checkout_id, "succeeded")
    customer.token = guest.token
    reply = customer.send("POST", "/cart/merge")
    assert (reply.status, reply.json()["code"]) == (409, "payment_in_progress")
    assert reply.json()["checkout_id"] == checkout_id
    assert customer.order(checkout_id).json()["status"] == "paid"
    assert quantities(merge(guest, customer)) == []


def test_carts_of_two_currencies_stay_apart(guest: Shopper, customer: Shopper, db: Session) -> None:
    customer.add(variant(db))
    guest.add(variant(db, "Cup", currency="CNY"))
    customer.token = guest.token
    reply = customer.send("POST", "/cart/merge")
    assert (reply.status, reply.json()["code"]) == (409, "currency_mismatch")
    assert guest.cart()["item_count"] == customer.cart()["item_count"] == 1


def test_merging_needs_an_account_and_a_token(guest: Shopper, customer: Shopper, db: Session) -> None:
    guest.add(variant(db))
    assert guest.send("POST", "/cart/merge").status == 401
    assert customer.send("POST", "/cart/merge").json()["code"] == "cart_token_required"
    customer.token = "forged"
    assert customer.send("POST", "/cart/merge").json()["code"] == "invalid_cart_token"
