"""Coupons at checkout: redeemed with it, counted by their limits, and released when nothing is sold."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.pricing import Coupon, CouponCustomer, CouponRedemption
from shared.permissions import Role
from tests.factories import identity, pricing
from tests.factories.ordering import Shopper, lapse, pay, variant
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


def entered(shopper: Shopper, *codes: str) -> Shopper:
    for code in codes:
        assert shopper.send("POST", "/cart/coupons", json={"code": code}).status == 201
    return shopper


def uses(db: Session, coupon: Coupon) -> tuple[int, int, int]:
    """By the coupon's own count, by its customers', and by its redemptions that are not released; always the same."""
    db.rollback()
    customers = db.query(CouponCustomer.redeemed_count).filter_by(coupon_id=coupon.id)
    redemptions = db.query(CouponRedemption).filter_by(coupon_id=coupon.id, released_at=None)
    return coupon.redeemed_count, sum(count for (count,) in customers), redemptions.count()


def another(api: LambdaClient, email: str = "other@example.com") -> Shopper:
    return Shopper(LambdaClient(api.handler, source_ip="198.51.100.8"), email=email)


def test_a_checkout_redeems_and_the_order_tells(guest: Shopper, db: Session) -> None:
    coupon = pricing.coupon(db, "SPRING10")
    guest.add(variant(db, amount=1000), 2)
    entered(guest, "SPRING10")
    checkout = guest.check_out(expected_total_amount=1800).json()
    assert [(each["code"], each["discount_amount"]) for each in checkout["coupons"]] == [("SPRING10", 200)]
    assert uses(db, coupon) == (1, 1, 1)
    order = guest.order(checkout["id"]).json()
    assert order["coupons"] == [{"code": "SPRING10", "discount_amount": 200, "shipping_discount_amount": 0}]
    assert (order["discount_amount"], order["total_amount"]) == (200, 1800)
    assert order["items"][0]["total_amount"] == 1800
    assert guest.cart()["coupons"] == []  # what was redeemed is not for the next order
    assert uses(db, coupon) == (1, 1, 1)


def test_another_checkout_of_the_cart_uses_the_coupon_once(guest: Shopper, db: Session) -> None:
    coupon = pricing.coupon(db, "LAST", total_limit=1, per_customer_limit=1)
    guest.add(variant(db))
    entered(guest, "LAST")
    for _ in range(3):
        assert guest.check_out().status == 201
        assert guest.cart()["coupons"][0]["problem"] is None  # it is this cart's own use
    assert uses(db, coupon) == (1, 1, 1)


def test_a_coupon_that_is_used_up_is_nobody_elses(guest: Shopper, api: LambdaClient, db: Session) -> None:
    pricing.coupon(db, "LAST", total_limit=1)
    pot = variant(db)
    guest.add(pot)
    entered(guest, "LAST")
    late = another(api)
    late.add(pot)
    entered(late, "LAST")
    assert guest.check_out().status == 201
    assert late.cart()["coupons"][0]["problem"] == "used_up"
    refused = late.check_out()
    assert (refused.status, refused.json()["code"]) == (409, "cart_changed")
    assert late.check_out(accept_changes=True).json()["discount_amount"] == 0


def test_one_customer_is_one_e_mail_address_however_it_is_written(
    guest: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    coupon = pricing.coupon(db, "ONCE", per_customer_limit=1)
    pot = variant(db, stock=50)
    guest.email = "ada@example.com"
    guest.add(pot)
    entered(guest, "ONCE")
    guest.order(guest.check_out().json()["id"])
    for email in ("ADA@example.com", "ada+shop@example.com"):
        again = another(api, email)
        again.add(pot)
        entered(again, "ONCE")  # nobody knows yet who this guest is
        refused = again.check_out()
        assert (refused.status, refused.json()["code"]) == (409, "cart_changed")
        assert refused.json()["coupons"] == [{"code": "ONCE", "problem": "used_up_by_customer"}]
    user = identity.user(db, email="Ada@Example.com")
    account = Shopper(api).signed_in(signing_key.authorization(user))
    account.add(pot)
    assert account.send("POST", "/cart/coupons", json={"code": "ONCE"}).json()["problem"] == "used_up_by_customer"
    assert uses(db, coupon) == (1, 1, 1)


@pytest.mark.parametrize("ordered", [False, True])
def test_time_gives_a_use_back(ordered: bool, guest: Shopper, expire: Any, db: Session) -> None:
    coupon = pricing.coupon(db, "LAST", total_limit=1, per_customer_limit=1)
    guest.add(variant(db))
    entered(guest, "LAST")
    checkout_id = guest.check_out().json()["id"]
    if ordered:
        guest.order(checkout_id)
    lapse(db, checkout_id)
    assert expire()["checkouts"] == 1
    assert uses(db, coupon) == (0, 0, 0)
    assert expire()["checkouts"] == 0
    assert uses(db, coupon) == (0, 0, 0)


@pytest.mark.parametrize("paid", [False, True])
def test_a_cancelled_order_gives_its_use_back(
    paid: bool, guest: Shopper, db: Session, api: LambdaClient, signing_key: TestSigningKey
) -> None:
    coupon = pricing.coupon(db, "LAST", total_limit=1)
    guest.add(variant(db))
    entered(guest, "LAST")
    checkout_id = guest.check_out().json()["id"]
    order = guest.order(checkout_id).json()
    if paid:
        pay(checkout_id)
    admin = Shopper(api).signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))
    version = admin.send("GET", f"/admin/orders/{order['id']}").json()["version"]
    change = {"status": "cancelled", "version": version, "reason": "asked for"}
    assert admin.send("PUT", f"/admin/orders/{order['id']}", json=change).status == 200
    assert uses(db, coupon) == (0, 0, 0)


def test_money_that_comes_late_uses_the_coupon_again(guest: Shopper, expire: Any, db: Session) -> None:
    coupon = pricing.coupon(db, "LAST", total_limit=1)
    guest.add(variant(db))
    entered(guest, "LAST")
    checkout_id = guest.check_out().json()["id"]
    lapse(db, checkout_id)
    expire()
    assert pay(checkout_id) == "paid"
    assert uses(db, coupon) == (1, 1, 1)


def test_money_that_comes_after_somebody_else_took_the_last_use_goes_back(
    guest: Shopper, api: LambdaClient, expire: Any, db: Session
) -> None:
    coupon = pricing.coupon(db, "LAST", total_limit=1)
    pot = variant(db)
    guest.add(pot)
    entered(guest, "LAST")
    checkout_id = guest.check_out().json()["id"]
    lapse(db, checkout_id)
    expire()
    other = another(api)
    other.add(pot)
    entered(other, "LAST")
    assert other.check_out().status == 201
    assert pay(checkout_id) == "unfulfillable"
    assert uses(db, coupon) == (1, 1, 1)


def test_a_checkout_that_fails_uses_nothing(guest: Shopper, db: Session) -> None:
    coupon = pricing.coupon(db, "SPRING10")
    guest.add(variant(db))
    entered(guest, "SPRING10")
    assert guest.check_out(expected_total_amount=1).status == 409
    assert uses(db, coupon) == (0, 0, 0)


def test_a_total_of_nothing_is_paid_when_it_is_ordered(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "GIFT", percent_basis_points=10_000)
    guest.add(variant(db, amount=1000))
    entered(guest, "GIFT")
    checkout = guest.check_out().json()
    assert (checkout["total_amount"], checkout["next"]["path"]) == (0, "/api/v1/orders")
    assert guest.order(checkout["id"], key=uuid.uuid4().hex).json()["status"] == "paid"
