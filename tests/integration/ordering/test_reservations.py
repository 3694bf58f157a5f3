"""Stock cannot be hoarded: how long, how often and how much of it is held without paying."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import outbox
from shared.contexts.ordering import reservations
from shared.contexts.ordering.models.orders import Checkout
from tests.factories.ordering import (
    Shopper,
    change_stock,
    count_mismatches,
    lapse,
    pay,
    stock_mismatches,
    stock_of,
    variant,
)
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient


def guest_at(api: LambdaClient, address: str, pot: UUID, quantity: int) -> Shopper:
    """A guest with a new cart, at this address."""
    shopper = Shopper(LambdaClient(api.handler, source_ip=address))
    assert shopper.add(pot, quantity).status == 201
    return shopper


def refusal(reply: Answer) -> tuple[int, str]:
    return reply.status, reply.json().get("code", "")


def an_hour_passes(db: Session) -> None:
    db.execute(text("UPDATE checkouts SET reserved_at = reserved_at - interval '1 hour'"))
    db.execute(text("UPDATE network_reservations SET since = since - interval '1 hour'"))
    db.commit()


def ends(checkout: Any) -> datetime:
    return datetime.fromisoformat(checkout["expires_at"])


def test_an_order_without_a_payment_does_not_outlive_its_checkout(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot)
    checkout = guest.check_out().json()
    order = guest.order(checkout["id"]).json()
    assert order["payable_until"] == checkout["expires_at"]
    lapse(db, checkout["id"])
    expire()
    assert stock_of(db, pot) == (5, 0)


def test_a_customer_who_changes_the_address_again_and_again_is_not_refused_and_holds_no_longer(
    guest: Shopper, db: Session
) -> None:
    pot = variant(db, stock=12)
    guest.add(pot, 6)
    first = guest.check_out().json()
    replies = [guest.check_out(email=f"ada+{number}@example.com") for number in range(6)]
    assert [reply.status for reply in replies] == [201] * 6
    assert {ends(reply.json()) for reply in replies} == {ends(first)}
    assert (stock_of(db, pot), count_mismatches(db)) == ((12, 6), [])
    assert db.execute(text("SELECT held, taken FROM network_reservations")).one() == (6, 6)


def test_what_is_left_of_an_extended_time_goes_on_and_a_second_payment_does_not_extend_it(
    guest: Shopper, db: Session
) -> None:
    guest.add(variant(db))
    first = UUID(guest.check_out().json()["id"])
    with outbox.unit_of_work() as connection:
        until = reservations.open_payment(connection, first)
    second = guest.check_out().json()
    assert ends(second) == until
    with outbox.unit_of_work() as connection:
        assert reservations.open_payment(connection, UUID(second["id"])) == until


def test_a_time_that_is_almost_over_begins_anew(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    checkout = guest.check_out().json()
    db.execute(text("UPDATE checkouts SET expires_at = now() + interval '50 seconds'"))
    db.commit()
    assert timedelta(minutes=2) < ends(guest.check_out().json()) - ends(checkout) + timedelta(minutes=3)
    db.execute(text("UPDATE checkouts SET expires_at = now() + interval '50 seconds'"))
    db.commit()
    guest.check_out()
    db.execute(text("UPDATE checkouts SET expires_at = now() + interval '50 seconds'"))
    db.commit()
    last = guest.check_out()  # no renewal is left: it has what is left, and is not refused
    assert last.status == 201
    left = db.execute(text("SELECT expires_at - now() FROM checkouts WHERE status = 'open'")).scalar_one()
    assert timedelta(seconds=40) < left <= timedelta(seconds=50)


@pytest.mark.parametrize("ending", ["expired", "cancelled"])
def test_a_cart_that_never_pays_renews_twice_an_hour(
    ending: str, guest: Shopper, api: LambdaClient, expire: Any, db: Session
) -> None:
    pot = variant(db, stock=40)
    guest.add(pot, 2)
    statuses = []
    for number in range(4):
        guest.client = LambdaClient(api.handler, source_ip=f"198.51.100.{number}")  # whatever network it comes from
        reply = guest.check_out()
        statuses.append(reply.status)
        if reply.status != 201:
            break
        if ending == "expired":
            lapse(db, reply.json()["id"])
            expire()
        else:
            order = guest.order(reply.json()["id"]).json()
            guest.send("POST", f"/orders/{order['id']}/cancel", query={"token": order["token"]}, json={},
                       headers={"Idempotency-Key": order["id"]})  # fmt: skip
    assert statuses == [201, 201, 201, 429]
    assert refusal(reply) == (429, "reservation_renewals_exceeded")
    assert 3500 < int(reply.headers["retry-after"]) <= 3600
    assert "2 times an hour" in reply.json()["detail"]
    an_hour_passes(db)
    assert guest.check_out().status == 201


def test_a_cart_that_pays_reserves_as_often_as_it_likes(customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=40)
    for _ in range(5):
        assert customer.buy_and_pay(pot, 2)["status"] == "pending"
    assert stock_of(db, pot) == (30, 0)


def test_one_network_holds_half_of_the_stock_whatever_carts_it_makes(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=96)
    greedy = guest_at(api, "2001:db8:7:1::1", pot, 96)
    reply = greedy.check_out()
    assert refusal(reply) == (409, "reservation_share_exceeded")
    assert "50 %" in reply.json()["detail"]
    assert reply.json()["items"] == [{"variant_id": str(pot), "wanted": 96, "reservable": None}]  # the shop's own
    assert "retry-after" not in reply.headers  # it would never fit
    holder = guest_at(api, "2001:db8:7:1:aaaa::2", pot, 46)
    order = holder.order(holder.check_out().json()["id"]).json()
    third = guest_at(api, "2001:db8:7:1:ffff::3", pot, 3).check_out()
    assert (refusal(third), third.headers["retry-after"]) == ((409, "reservation_share_exceeded"), "180")
    assert third.json()["items"][0]["reservable"] == 2
    honest = guest_at(api, "2001:db8:7:2::1", pot, 48)
    assert honest.check_out().status == 201
    assert stock_of(db, pot) == (96, 94)
    pay(order["checkout_id"])  # what is paid is held no longer
    assert guest_at(api, "2001:db8:7:1::4", pot, 2).check_out().status == 201
    assert (stock_mismatches(db), count_mismatches(db)) == ([], [])


def test_a_few_units_can_be_held_however_small_the_stock_and_backorders_without_end(
    api: LambdaClient, db: Session
) -> None:
    few, endless = variant(db, "Few", stock=11), variant(db, "Endless", stock=2)
    change_stock(db, endless, 2, allow_backorder=True)
    assert guest_at(api, "198.51.100.1", few, 10).check_out().status == 201
    assert refusal(guest_at(api, "198.51.100.1", few, 1).check_out()) == (409, "reservation_share_exceeded")
    assert guest_at(api, "198.51.100.1", endless, 400).check_out().status == 201
    assert guest_at(api, "198.51.100.2", few, 1).check_out().status == 201


def test_one_cart_holds_no_more_than_a_share_from_several_networks(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=20)
    guest.add(pot, 8)
    guest.order(guest.check_out().json()["id"])
    guest.client = LambdaClient(guest.client.handler, source_ip="198.51.100.9")
    guest.add(pot, 3)
    assert refusal(guest.check_out()) == (409, "reservation_share_exceeded")


def test_one_network_renews_its_share_twice_an_hour_by_new_carts(api: LambdaClient, expire: Any, db: Session) -> None:
    pot = variant(db, stock=20)
    replies = []
    for _ in range(4):
        replies.append(guest_at(api, "198.51.100.1", pot, 10).check_out())
        db.execute(text("UPDATE checkouts SET expires_at = now() - interval '1 second' WHERE status = 'open'"))
        db.commit()
        expire()
    assert [refusal(reply) for reply in replies] == [(201, "")] * 3 + [(429, "reservation_renewals_exceeded")]
    assert 3500 < int(replies[3].headers["retry-after"]) <= 3600
    assert guest_at(api, "198.51.100.2", pot, 10).check_out().status == 201
    an_hour_passes(db)
    assert guest_at(api, "198.51.100.1", pot, 10).check_out().status == 201
    assert count_mismatches(db) == []


def test_buyers_behind_one_address_who_pay_buy_everything(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=30)
    for _ in range(15):
        buyer = guest_at(api, "198.51.100.1", pot, 2)
        checkout = buyer.check_out().json()
        buyer.order(checkout["id"])
        pay(checkout["id"])
    assert stock_of(db, pot) == (0, 0)


def test_eight_at_once_from_one_network_hold_no_more_than_its_share(api: LambdaClient, db: Session) -> None:
    pot, lid = variant(db, stock=40), variant(db, "Lid", stock=40)
    buyers = []
    for number in range(8):
        both = (pot, lid) if number % 2 else (lid, pot)
        buyers.append(guest_at(api, "198.51.100.1", both[0], 6))
        buyers[-1].add(both[1], 6)
    replies = at_once(8, lambda number: buyers[number].check_out())
    assert Counter(refusal(reply) for reply in replies) == {(201, ""): 3, (409, "reservation_share_exceeded"): 5}
    assert (stock_of(db, pot), stock_of(db, lid)) == ((40, 18), (40, 18))
    assert (stock_mismatches(db), count_mismatches(db)) == ([], [])
    assert db.query(Checkout).count() == 3


def test_counts_of_networks_end_an_hour_after_they_hold_nothing(
    guest: Shopper, customer: Shopper, expire: Any, db: Session
) -> None:
    pot, lid = variant(db, stock=5), variant(db, "Lid", stock=5)
    guest.add(pot)
    lapse(db, guest.check_out().json()["id"])
    customer.add(lid)
    customer.check_out()
    expire()
    networks = text("SELECT count(*) FROM network_reservations")
    assert db.execute(networks).scalar_one() == 2
    assert b"203.0.113.7" not in b"".join(db.execute(text("SELECT network FROM network_reservations")).scalars())
    an_hour_passes(db)
    expire()
    assert db.execute(text("SELECT variant_id FROM network_reservations")).scalars().all() == [lid]


def test_a_payment_in_progress_keeps_the_stock_until_it_fails(guest: Shopper, expire: Any, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot)
    checkout_id = UUID(guest.check_out().json()["id"])
    with outbox.unit_of_work() as connection:
        reservations.open_payment(connection, checkout_id)
        reservations.start_processing(connection, checkout_id)
    left = text("SELECT expires_at - now() FROM checkouts")
    assert db.execute(left).scalar_one() > timedelta(days=6)
    with outbox.unit_of_work() as connection:
        reservations.end_processing(connection, checkout_id)
    db.rollback()
    assert timedelta(minutes=14) < db.execute(left).scalar_one() <= timedelta(minutes=15)
