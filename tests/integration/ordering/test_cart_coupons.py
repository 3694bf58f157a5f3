"""Coupons in the cart: entered, shown with what they take off, and reported when they do not apply any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.pricing import Coupon
from shared.web import rate_limits
from tests.factories import catalog, pricing
from tests.factories.ordering import Shopper, change_product, change_variant, variant
from tests.support.lambda_client import Answer, LambdaClient


def enter(shopper: Shopper, code: str, **options: Any) -> Answer:
    return shopper.send("POST", "/cart/coupons", json={"code": code}, **options)


def change(db: Session, coupon: Coupon, **terms: Any) -> None:
    for name, value in terms.items():
        setattr(coupon, name, value)
    db.commit()


def problem(shopper: Shopper) -> Any:
    [coupon] = shopper.cart()["coupons"]
    return coupon["problem"]


def test_a_coupon_takes_its_part_off_whatever_the_case_of_its_code(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "SPRING10", description="10 % off")
    guest.add(variant(db, amount=999), 2)
    reply = enter(guest, " spring10 ")
    assert (reply.status, reply.headers["location"]) == (201, "/api/v1/cart/coupons/SPRING10")
    cart = reply.json()
    assert cart["coupons"] == [
        {
            "code": "SPRING10",
            "description": "10 % off",
            "kind": "percentage",
            "discount_amount": 200,
            "shipping_discount_amount": 0,
            "problem": None,
        }
    ]
    assert (cart["subtotal_amount"], cart["discount_amount"], cart["total_amount"]) == (1998, 200, 1798)
    assert (cart["items"][0]["discount_amount"], cart["items"][0]["total_amount"]) == (200, 1798)
    assert guest.cart() == cart | {"expires_at": guest.cart()["expires_at"], "token": guest.cart()["token"]}


def test_entering_a_coupon_again_changes_nothing(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "SPRING10")
    guest.add(variant(db))
    assert enter(guest, "SPRING10").status == 201
    again = enter(guest, "Spring10")
    assert (again.status, len(again.json()["coupons"])) == (200, 1)


@pytest.mark.parametrize("terms", [None, {"is_active": False}, {"starts_at": 1}, {"ends_at": -1}])
def test_a_code_that_cannot_be_used_now_is_as_unknown_as_one_that_never_was(
    terms: dict[str, Any] | None, guest: Shopper, db: Session
) -> None:
    if terms is not None:
        for name, days in terms.items():
            if name != "is_active":
                terms = {name: datetime.now(UTC) + timedelta(days=days)}
        pricing.coupon(db, "SECRET", **terms)
    guest.add(variant(db))
    reply = enter(guest, "SECRET")
    body = {name: value for name, value in reply.json().items() if name not in ("correlation_id", "instance")}
    assert reply.status == 404
    assert body == {
        "type": body["type"],
        "title": "There is no such coupon, or not at this time",
        "status": 404,
        "detail": "There is no such coupon, or not at this time",
        "code": "coupon_not_found",
    }
    assert guest.cart()["coupons"] == []


@pytest.mark.parametrize(
    ("kind", "terms", "expected"),
    [
        ("fixed", {"currency": "EUR"}, "currency_mismatch"),
        ("fixed", {"minimum_subtotal_amount": 10_000}, "minimum_subtotal"),
        ("percentage", {"product_ids": [UUID(int=1)]}, "no_matching_items"),
        ("percentage", {"category_ids": [UUID(int=1)]}, "no_matching_items"),
        ("buy_x_get_y", {}, "not_enough_items"),
        ("percentage", {"total_limit": 3, "redeemed_count": 3}, "used_up"),
    ],
)
def test_a_coupon_that_does_not_apply_is_not_taken_and_says_why(
    kind: str, terms: dict[str, Any], expected: str, guest: Shopper, db: Session
) -> None:
    pricing.coupon(db, "NOT-NOW", kind=kind, **terms)
    guest.add(variant(db, amount=999))
    reply = enter(guest, "NOT-NOW")
    assert (reply.status, reply.json()["code"], reply.json()["problem"]) == (409, "coupon_not_applicable", expected)
    assert guest.cart()["coupons"] == []


def test_what_has_become_of_a_coupon_is_reported_and_costs_its_discount(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=2000)
    coupon = pricing.coupon(db, "FIVER", kind="fixed", amount=500, minimum_subtotal_amount=1500)
    guest.add(pot)
    enter(guest, "FIVER")
    assert guest.cart()["total_amount"] == 1500

    change_variant(db, pot, price_amount=1400)
    assert (problem(guest), guest.cart()["total_amount"], guest.cart()["has_problems"]) == (
        "minimum_subtotal", 1400, True,
    )  # fmt: skip
    change_variant(db, pot, price_amount=2000)
    assert (problem(guest), guest.cart()["has_problems"]) == (None, False)

    change(db, coupon, ends_at=datetime.now(UTC) - timedelta(seconds=1))
    assert problem(guest) == "expired"
    change(db, coupon, ends_at=None, starts_at=datetime.now(UTC) + timedelta(days=1))
    assert problem(guest) == "not_started"
    change(db, coupon, starts_at=None, is_active=False)
    assert problem(guest) == "inactive"
    change(db, coupon, is_active=True, deleted_at=datetime.now(UTC))
    assert problem(guest) == "inactive"
    change(db, coupon, deleted_at=None)
    change_product(db, pot, is_active=False)
    assert problem(guest) == "no_matching_items"


def test_a_coupon_that_does_not_apply_any_more_stops_a_checkout_until_the_customer_agrees(
    guest: Shopper, db: Session
) -> None:
    coupon = pricing.coupon(db, "SPRING10")
    guest.add(variant(db, amount=1000))
    enter(guest, "SPRING10")
    change(db, coupon, is_active=False)
    refused = guest.check_out()
    assert (refused.status, refused.json()["code"]) == (409, "cart_changed")
    assert refused.json()["coupons"] == [{"code": "SPRING10", "problem": "inactive"}]
    assert guest.check_out(expected_total_amount=900).json()["code"] == "cart_changed"
    assert guest.check_out(expected_total_amount=1000).status == 201
    assert guest.check_out(accept_changes=True).json()["coupons"] == []


def test_a_coupon_is_taken_back(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "SPRING10")
    guest.add(variant(db, amount=1000))
    enter(guest, "SPRING10")
    assert guest.send("DELETE", "/cart/coupons/spring10").status == 204
    assert guest.cart()["total_amount"] == 1000
    gone = guest.send("DELETE", "/cart/coupons/spring10")
    assert (gone.status, gone.json()["code"]) == (404, "coupon_not_found")


def test_only_combinable_coupons_go_together(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "ALONE")
    pricing.coupon(db, "TEN", is_combinable=True)
    pricing.coupon(db, "FIVER", kind="fixed", is_combinable=True)
    guest.add(variant(db, amount=1000), 2)
    assert enter(guest, "TEN").status == enter(guest, "FIVER").status == 201
    assert enter(guest, "ALONE").json()["problem"] == "not_combinable"
    assert guest.cart()["total_amount"] == 2000 - 200 - 500
    guest.send("DELETE", "/cart/coupons/TEN")
    guest.send("DELETE", "/cart/coupons/FIVER")
    enter(guest, "ALONE")
    assert enter(guest, "TEN").json()["problem"] == "not_combinable"


def test_a_cart_holds_five_coupons(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    for number in range(6):
        pricing.coupon(db, f"CODE{number}", is_combinable=True)
    assert [enter(guest, f"CODE{number}").status for number in range(6)] == [201] * 5 + [409]


def test_a_coupon_for_a_category_is_for_what_is_below_it_as_well(guest: Shopper, db: Session) -> None:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    other = catalog.category(db, "Books")
    pricing.coupon(db, "GARDEN", percent_basis_points=5000, category_ids=[garden.id])
    for category in (garden, pots, other):
        guest.add(variant(db, amount=1000, category=category))
    enter(guest, "GARDEN")
    assert [item["discount_amount"] for item in guest.cart()["items"]] == [500, 500, 0]


def test_of_two_bought_the_third_and_cheapest_is_free(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "3FOR2", kind="buy_x_get_y")
    guest.add(variant(db, amount=1000), 2)
    guest.add(variant(db, "Lid", amount=300), 5)
    enter(guest, "3FOR2")
    assert guest.cart()["discount_amount"] == 600  # two sets of three
    assert [item["discount_amount"] for item in guest.cart()["items"]] == [0, 600]


def test_an_empty_cart_takes_no_coupon(guest: Shopper, customer: Shopper, db: Session) -> None:
    pricing.coupon(db)
    for shopper in (guest, customer):
        assert enter(shopper, "SPRING10").json()["code"] == "cart_empty"


def test_a_guests_coupon_comes_along_at_login(guest: Shopper, customer: Shopper, db: Session) -> None:
    pricing.coupon(db)
    guest.add(variant(db, amount=1000))
    enter(guest, "SPRING10")
    merged = customer.send("POST", "/cart/merge", headers={"X-Cart-Token": str(guest.token)}).json()
    assert [coupon["code"] for coupon in merged["coupons"]] == ["SPRING10"]
    assert merged["total_amount"] == 900


def test_emptying_the_cart_takes_its_coupons_out(guest: Shopper, db: Session) -> None:
    pricing.coupon(db)
    guest.add(variant(db))
    enter(guest, "SPRING10")
    guest.send("DELETE", "/cart")
    assert guest.cart()["coupons"] == []


def test_codes_cannot_be_guessed_by_trying(api: LambdaClient, db: Session) -> None:
    """Ten tries a minute, counted for everybody who comes from there, whatever cart they show."""
    guest = Shopper(LambdaClient(api.handler, source_ip="198.51.100.77"))
    guest.add(variant(db))
    limit = rate_limits.Kind.COUPONS.limit
    statuses = [enter(guest, f"GUESS{number}").status for number in range(limit + 1)]
    assert statuses == [404] * limit + [429]
    assert guest.send("GET", "/cart").status == 200


@pytest.mark.parametrize("code", ["", "a b", "x" * 41, "SPRING10'--", "é", "\x00"])
def test_what_cannot_be_a_code_is_refused(code: str, guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    assert enter(guest, code).status == 422
