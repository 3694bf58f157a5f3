"""Limits of coupons under real concurrency: processes staged at the last step, then released at once."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Order
from shared.contexts.ordering.models.pricing import Coupon, CouponCustomer, CouponRedemption
from tests.factories import pricing
from tests.factories.ordering import Shopper, lapse, pay, stock_mismatches, variant
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient


def shoppers(api: LambdaClient, count: int, *, email: str | None = None) -> list[Shopper]:
    """Guests at addresses of their own, with an e-mail address each or all with one."""
    return [
        Shopper(
            LambdaClient(api.handler, source_ip=f"198.51.100.{number}"), email=email or f"guest{number}@example.com"
        )
        for number in range(count)
    ]


def fill(shopper: Shopper, variants: list[uuid.UUID], *codes: str) -> Shopper:
    for each in variants:
        assert shopper.add(each).status == 201
    for code in codes:
        assert shopper.send("POST", "/cart/coupons", json={"code": code}).status == 201
    return shopper


def outcome(reply: Answer) -> tuple[int, Any]:
    return reply.status, reply.json().get("code")


def counts_agree(db: Session) -> None:
    """A coupon's count, its customers' counts and its redemptions that are not released say the same."""
    db.rollback()
    for coupon in db.query(Coupon):
        customers = sum(count for (count,) in db.query(CouponCustomer.redeemed_count).filter_by(coupon_id=coupon.id))
        redemptions = db.query(CouponRedemption).filter_by(coupon_id=coupon.id, released_at=None).count()
        assert coupon.redeemed_count == customers == redemptions
        assert coupon.total_limit is None or coupon.redeemed_count <= coupon.total_limit


def test_of_forty_who_race_for_a_coupons_last_use_one_gets_it(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=100)
    coupon = pricing.coupon(db, "LAST", total_limit=3)
    coupon.redeemed_count = 2
    db.commit()
    buyers = [fill(shopper, [pot], "LAST") for shopper in shoppers(api, 40)]

    replies = at_once(40, lambda number: outcome(buyers[number].check_out()))

    won = [reply for reply in replies if reply[0] == 201]
    assert len(won) == 1
    assert {code for status, code in replies if status != 201} <= {"coupon_used_up", "cart_changed"}
    assert {status for status, _ in replies} == {201, 409}
    db.rollback()
    assert coupon.redeemed_count == 3
    assert stock_mismatches(db) == []


def test_one_customer_in_many_carts_uses_a_coupon_as_often_as_one_may(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=100)
    pricing.coupon(db, "TWICE", per_customer_limit=2)
    carts = [fill(shopper, [pot], "TWICE") for shopper in shoppers(api, 12, email="ada@example.com")]

    def act(number: int) -> int:
        checkout = carts[number].check_out()
        return carts[number].order(checkout.json()["id"]).status if checkout.status == 201 else checkout.status

    assert Counter(at_once(12, act)) == {201: 2, 409: 10}
    assert db.query(Order).count() == 2
    counts_agree(db)


def test_a_coupon_used_without_limit_is_counted_every_time(api: LambdaClient, db: Session) -> None:
    pot = variant(db, stock=100)
    coupon = pricing.coupon(db, "ALL")
    buyers = [fill(shopper, [pot], "ALL") for shopper in shoppers(api, 16)]

    assert at_once(16, lambda number: buyers[number].check_out().status) == [201] * 16

    counts_agree(db)
    assert coupon.redeemed_count == 16


def test_coupons_and_stock_in_any_order_do_not_deadlock(api: LambdaClient, expire: Any, db: Session) -> None:
    """Checkouts that replace each other, pay and expire, with several coupons entered in opposite orders."""
    pots = [variant(db, f"Pot {number}", stock=2000) for number in range(3)]
    codes = ["A-ONE", "B-TWO", "C-THREE"]
    for code in codes:
        pricing.coupon(db, code, percent_basis_points=500, is_combinable=True)
    buyers = []
    for number, shopper in enumerate(shoppers(api, 8)):
        order = codes if number % 2 else codes[::-1]
        buyers.append(fill(shopper, pots if number % 3 else pots[::-1], *order[: 2 + number % 2]))

    def act(number: int) -> set[int]:
        shopper = buyers[number]
        statuses = set()
        for turn in range(6):
            checkout = shopper.check_out(accept_changes=True)
            statuses.add(checkout.status)
            shopper.send("DELETE", f"/cart/coupons/{codes[turn % 3]}")
            if turn == 3 and checkout.status == 201:
                pay(checkout.json()["id"])
                shopper.add(pots[number % 3])
            if number == 7:
                expire()
        return statuses

    assert set().union(*at_once(8, act)) <= {201, 409}
    counts_agree(db)
    assert stock_mismatches(db) == []
    deadlocks = db.execute(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
    assert deadlocks.scalar_one() == 0


def test_a_use_that_expires_while_others_want_it_is_one_use(api: LambdaClient, expire: Any, db: Session) -> None:
    pot = variant(db, stock=100)
    pricing.coupon(db, "LAST", total_limit=1)
    first, *others = [fill(shopper, [pot], "LAST") for shopper in shoppers(api, 10)]
    checkout_id = first.check_out().json()["id"]
    lapse(db, checkout_id)

    replies = at_once(11, lambda number: expire() and 200 if number > 8 else outcome(others[number].check_out())[0])

    assert sum(reply == 201 for reply in replies[:9]) <= 1
    counts_agree(db)
    assert pay(checkout_id) in ("paid", "unfulfillable")
    counts_agree(db)
