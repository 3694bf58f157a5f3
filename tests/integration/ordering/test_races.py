"""Races, with real processes against the real database: all contenders are staged at the last step, then released."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.service import carts
from functions.ordering.service.owners import Owner
from shared.contexts.ordering.models.orders import CartItem, Checkout, Order
from tests.factories import identity
from tests.factories.ordering import Shopper, lapse, pay, stock_mismatches, stock_of, variant
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey


def shoppers(api: LambdaClient, count: int) -> list[Shopper]:
    """Guests at addresses of their own."""
    return [Shopper(LambdaClient(api.handler, source_ip=f"198.51.100.{number}")) for number in range(count)]


def outcome(reply: Answer) -> tuple[int, Any]:
    return reply.status, reply.json()


def buy(shopper: Shopper) -> tuple[int, Any]:
    """The last step of a purchase: reserve, and order what was reserved."""
    checkout = shopper.check_out()
    return outcome(shopper.order(checkout.json()["id"]) if checkout.status == 201 else checkout)


def test_forty_buyers_of_five_units_make_exactly_five_orders(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=5)
    buyers = shoppers(api, 40)
    for buyer in buyers:
        assert buyer.add(pot).status == 201

    replies = at_once(40, lambda number: buy(buyers[number]))

    assert Counter(status for status, _ in replies) == {201: 5, 409: 35}
    refused = [body for status, body in replies if status == 409]
    assert {body["code"] for body in refused} == {"insufficient_stock"}
    assert all(body["shortages"] == [{"variant_id": str(pot), "wanted": 1, "available": 0}] for body in refused)
    assert stock_of(db, pot) == (5, 5)
    assert db.query(Order).count() == db.query(Checkout).count() == 5
    assert stock_mismatches(db) == []


def test_two_hundred_buyers_of_a_hundred_units_get_exactly_a_hundred(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=100)
    buyers = shoppers(api, 200)
    for buyer in buyers:
        buyer.add(pot)

    replies = at_once(20, lambda number: [buy(buyer)[0] for buyer in buyers[number::20]])

    assert Counter(status for statuses in replies for status in statuses) == {201: 100, 409: 100}
    assert stock_of(db, pot) == (100, 100)
    assert stock_mismatches(db) == []


@pytest.mark.parametrize("keys", ["one key", "a key each"])
def test_a_checkout_ordered_three_times_at_once_is_one_order_with_one_answer(
    keys: str, guest: Shopper, db: Session
) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    checkout_id = guest.check_out().json()["id"]
    same = str(uuid.uuid4())

    replies = at_once(
        3, lambda _: outcome(guest.order(checkout_id, key=same if keys == "one key" else str(uuid.uuid4())))
    )

    assert [status for status, _ in replies] == [201, 201, 201]
    assert replies[0][1] == replies[1][1] == replies[2][1]
    assert db.query(Order).count() == 1
    assert stock_of(db, pot) == (5, 2)


def test_a_cart_checked_out_three_times_at_once_keeps_one_checkout_open(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 5)

    statuses = at_once(3, lambda _: guest.check_out().status)

    assert statuses == [201, 201, 201]
    assert Counter(status for (status,) in db.query(Checkout.status)) == {"open": 1, "abandoned": 2}
    assert stock_of(db, pot) == (5, 5)
    assert stock_mismatches(db) == []


def test_a_cart_bought_three_times_at_once_is_bought_once(guest: Shopper, db: Session) -> None:
    """Whole purchases of one cart at once: whoever comes late finds the checkout replaced, or the cart empty."""
    pot = variant(db, stock=50)
    guest.add(pot, 2)

    replies = at_once(3, lambda _: buy(guest))

    assert {status for status, _ in replies} <= {201, 409}
    assert sum(status == 201 for status, _ in replies) == 1
    assert db.query(Order).count() == 1
    assert stock_mismatches(db) == []


def test_adding_at_once_loses_no_unit(guest: Shopper, db: Session) -> None:
    pot, lid = variant(db, stock=100), variant(db, "Lid", stock=100)
    guest.add(lid)

    statuses = at_once(12, lambda _: guest.add(pot, 3).status)

    assert Counter(statuses) == {201: 1, 200: 11}
    assert [item["quantity"] for item in guest.cart()["items"]] == [1, 36]


def test_a_customers_first_items_added_at_once_land_in_one_cart(customer: Shopper, db: Session) -> None:
    pots = [variant(db, f"Pot {number}") for number in range(8)]

    assert at_once(8, lambda number: customer.add(pots[number]).status) == [201] * 8

    assert customer.cart()["item_count"] == 8


def test_two_currencies_added_at_once_never_share_a_cart(customer: Shopper, db: Session) -> None:
    pots = [variant(db, f"Pot {number}", currency=("USD", "CNY")[number % 2]) for number in range(8)]

    replies = at_once(8, lambda number: outcome(customer.add(pots[number])))

    assert Counter(status for status, _ in replies) == {201: 4, 409: 4}
    assert {body["code"] for status, body in replies if status == 409} == {"currency_mismatch"}
    assert customer.cart()["has_problems"] is False


def test_merging_twice_while_adding_counts_every_unit_once(
    api: LambdaClient, guest: Shopper, db: Session, signing_key: TestSigningKey
) -> None:
    pot = variant(db, stock=500)
    guest.add(pot, 5)
    customer = guest.signed_in(signing_key.authorization(identity.user(db)))
    customer.add(pot, 2)

    def act(number: int) -> int:
        if number < 2:
            return customer.send("POST", "/cart/merge").status
        return customer.add(pot, 10).status

    assert set(at_once(5, act)) == {200}

    assert [item["quantity"] for item in customer.cart()["items"]] == [5 + 2 + 3 * 10]
    assert guest.cart()["id"] is None


def test_a_guest_adding_while_the_cart_is_merged_loses_nothing(
    guest: Shopper, db: Session, signing_key: TestSigningKey
) -> None:
    """The unit lands in the merged cart, or in a new guest cart that the answer names."""
    pot = variant(db, stock=500)
    guest.add(pot, 5)
    customer = guest.signed_in(signing_key.authorization(identity.user(db)))

    def act(number: int) -> int:
        return (customer.send("POST", "/cart/merge") if number == 0 else guest.add(pot, 1)).status

    assert set(at_once(6, act)) <= {200, 201}

    db.rollback()
    assert sum(quantity for (quantity,) in db.query(CartItem.quantity)) == 10


def test_what_is_added_while_ordering_stays_in_the_cart(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=500)
    guest.add(pot, 5)
    checkout_id = guest.check_out().json()["id"]

    statuses = at_once(6, lambda number: (guest.order(checkout_id) if number == 3 else guest.add(pot, 2)).status)

    assert set(statuses) <= {200, 201}
    assert [item["quantity"] for item in guest.cart()["items"]] == [5 * 2]


def test_an_order_waits_for_what_is_just_being_added(guest: Shopper, db: Session, database_url: str) -> None:
    """The unlucky moment of the race above, held still: the addition is made but not committed when the order comes."""
    pot = variant(db, stock=500)
    guest.add(pot, 5)
    checkout_id = guest.check_out().json()["id"]
    with psycopg.connect(database_url, row_factory=dict_row) as other:
        carts.add(other, Owner(None, guest.token), pot, 2)
        committing = threading.Timer(0.5, other.commit)
        committing.start()
        assert guest.order(checkout_id).status == 201
        committing.join()
    assert [item["quantity"] for item in guest.cart()["items"]] == [2]


@pytest.mark.parametrize("attempt", range(3))
def test_expiry_racing_an_order_ends_in_one_or_the_other(
    attempt: int, guest: Shopper, expire: Any, db: Session
) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 2)
    checkout_id = guest.check_out().json()["id"]
    lapse(db, checkout_id)

    replies = at_once(4, lambda number: expire() if number % 2 else guest.order(checkout_id).status)

    assert {replies[0], replies[2]} == {409}  # its time was over before the race began
    assert replies[1]["checkouts"] + replies[3]["checkouts"] == 1
    assert stock_of(db, pot) == (5, 0)


@pytest.mark.parametrize("attempt", range(3))
def test_expiry_racing_a_payment_sells_or_sells_again_but_never_twice(
    attempt: int, guest: Shopper, expire: Any, db: Session
) -> None:
    pot = variant(db, stock=5)
    order = guest.buy(pot, 2)
    lapse(db, order["checkout_id"])

    def act(number: int) -> Any:
        return expire() if number % 2 else pay(order["checkout_id"])

    at_once(4, act)

    assert guest.send("GET", f"/orders/{order['id']}", query={"token": order["token"]}).json()["status"] == "paid"
    assert stock_of(db, pot) == (3, 0)
    assert stock_mismatches(db) == []


def test_many_runs_of_the_expiry_at_once_share_the_work(api: LambdaClient, expire: Any, db: Session) -> None:
    pot = variant(db, stock=60)
    for shopper in shoppers(api, 60):
        shopper.add(pot)
        shopper.check_out()
    db.execute(text("UPDATE checkouts SET expires_at = now() - interval '1 second'"))
    db.commit()

    runs = at_once(4, lambda _: expire())

    assert sum(run["checkouts"] for run in runs) == 60
    assert sum(run["failures"] for run in runs) == 0
    assert stock_of(db, pot) == (60, 0)


def test_carts_of_the_same_variants_in_opposite_orders_do_not_deadlock(api: LambdaClient, db: Session) -> None:
    """Everything that locks stock, at once and repeatedly, over the same variants in any order: no 5xx, no deadlock."""
    pots = [variant(db, f"Pot {number}", stock=2000) for number in range(6)]
    buyers = shoppers(api, 10)

    def act(number: int) -> set[int]:
        mine = pots if number % 2 else pots[::-1]
        statuses = set()
        for turn in range(8):
            wanted = mine[turn % 3 :] + mine[: turn % 2]
            for pot in dict.fromkeys(wanted):
                statuses.add(buyers[number].add(pot, 1).status)
            statuses.add(buyers[number].check_out().status)
            if turn % 2:  # otherwise the next checkout gives this one up, holding other variants
                checkout = buyers[number].check_out().json()
                statuses.add(buyers[number].order(checkout["id"]).status)
                pay(checkout["id"])
        return statuses

    assert set().union(*at_once(10, act)) <= {200, 201}
    assert stock_mismatches(db) == []
    deadlocks = db.execute(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
    assert deadlocks.scalar_one() == 0
