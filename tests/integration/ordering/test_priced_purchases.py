"""One price from cart to order, whatever makes it; and few statements for it, however much makes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import keys
from shared.contexts.catalog.models.products import Category
from shared.contexts.ordering.models.pricing import Coupon
from shared.web import rate_limits
from tests.factories import catalog, identity, pricing
from tests.factories.ordering import ADDRESS, Shopper, change_variant, pay, variant
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

DESTINATION = {"country": "US", "region": "CA"}
TO = {**ADDRESS, **DESTINATION}
PRICE = (
    "currency", "prices_include_tax", "subtotal_amount", "shipping_amount", "tax_amount", "discount_amount",
    "total_amount",
)  # fmt: skip

carts = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.integers(0, 20_000),
            "quantity": st.integers(1, 7),
            "taxable": st.booleans(),
            "requires_shipping": st.booleans(),
            "in_category": st.booleans(),
            "weight_grams": st.integers(0, 2000),
        }
    ),
    min_size=1,
    max_size=4,
)
coupons = st.lists(
    st.one_of(
        st.fixed_dictionaries({"kind": st.just("percentage"), "percent_basis_points": st.integers(1, 10_000)}),
        st.fixed_dictionaries({"kind": st.just("fixed"), "amount": st.integers(1, 10_000)}),
        st.fixed_dictionaries(
            {"kind": st.just("buy_x_get_y"), "buy_quantity": st.integers(1, 3), "get_quantity": st.integers(1, 3)}
        ),
        st.fixed_dictionaries({"kind": st.just("free_shipping")}),
    ),
    max_size=3,
)
taxes = st.none() | st.fixed_dictionaries(
    {
        "points": st.integers(0, 3000),
        "included": st.booleans(),
        "shipping_taxable": st.booleans(),
        "category_points": st.none() | st.integers(0, 3000),
    }
)
rates = st.lists(st.integers(0, 3000), max_size=2)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(lines=carts, codes=coupons, tax=taxes, amounts=rates, data=st.data())
def test_the_price_in_the_cart_is_that_of_checkout_order_and_lines(
    *,
    db: Session,
    api: LambdaClient,
    lines: list[dict[str, Any]],
    codes: list[dict[str, Any]],
    tax: dict[str, Any] | None,
    amounts: list[int],
    data: st.DataObject,
) -> None:
    db.rollback()
    for rules in ("UPDATE coupons SET deleted_at = now()", "DELETE FROM shipping_zones", "DELETE FROM tax_rates"):
        db.execute(text(rules))  # those of the example before
    db.commit()
    rate_limits._windows.clear()
    guest = Shopper(LambdaClient(api.handler, source_ip=f"2001:db8:0:{data.draw(st.integers(0, 0xFFFF)):x}::1"))
    category = catalog.category(db)
    fill(db, guest, category, lines)
    set_up(db, category, tax, amounts)
    for number, terms in enumerate(codes):
        pricing.coupon(db, f"CODE{number}", is_combinable=True, **terms)
        assert guest.send("POST", "/cart/coupons", json={"code": f"CODE{number}"}).status in (201, 409)

    cart = guest.send("GET", "/cart", query=DESTINATION).json()
    checked_out = guest.check_out(shipping_address=TO, expected_total_amount=cart["total_amount"])
    checkout = checked_out.json()
    if checked_out.status == 409:
        assert (checkout["code"], 0 < cart["total_amount"] < checkout["minimum_amount"]) == ("amount_too_small", True)
        return
    order = guest.order(checkout["id"]).json()

    for name in PRICE:
        assert cart[name] == checkout[name] == order[name], name
    for parts in zip(cart["items"], checkout["lines"], order["items"], strict=True):
        for name in ("quantity", "unit_amount", "amount", "discount_amount", "tax_amount", "total_amount"):
            assert len({part[name] for part in parts}) == 1, name
    added_to_shipping = 0 if order["prices_include_tax"] else checkout["shipping_tax_amount"]
    shipping = order["shipping_amount"] + added_to_shipping
    assert sum(item["total_amount"] for item in order["items"]) == order["total_amount"] - shipping
    assert sum(item["discount_amount"] for item in order["items"]) == order["discount_amount"]
    assert sum(coupon["discount_amount"] for coupon in order["coupons"]) == order["discount_amount"]


def fill(db: Session, shopper: Shopper, category: Category, lines: list[dict[str, Any]]) -> None:
    for line in lines:
        made = variant(db, amount=line["amount"], stock=50, category=category if line["in_category"] else None)
        columns = {name: line[name] for name in ("taxable", "requires_shipping", "weight_grams")}
        change_variant(db, made, **columns)
        assert shopper.add(made, line["quantity"]).status == 201


def set_up(db: Session, category: Category, tax: dict[str, Any] | None, amounts: list[int]) -> None:
    if tax is not None:
        points = tax.pop("category_points")
        own = [{"category_id": str(category.id), "rate_basis_points": points}] if points is not None else []
        pricing.tax(db, "US", tax.pop("points"), category_rates=own, region="CA", **tax)
    if amounts:
        zone = pricing.zone(db, "US")
        for amount in amounts:
            pricing.rate(db, zone, amount, free_from_amount=30_000)


@pytest.fixture
def everything(db: Session) -> list[Coupon]:
    """A shop with all that makes prices; its coupons are for a category, so that categories have to be read."""
    category = catalog.category(db, "Garden")
    own = [{"category_id": str(category.id), "rate_basis_points": 700}]
    pricing.tax(db, "US", 725, included=False, category_rates=own)
    for amount in (490, 990):
        pricing.rate(db, pricing.zone(db, "US"), amount)
    return [pricing.coupon(db, f"CODE{number}", is_combinable=True, category_ids=[category.id]) for number in range(3)]


def test_a_purchase_with_everything_takes_few_statements_however_many_lines(
    customer: Shopper, everything: list[Coupon], db: Session
) -> None:
    """saleor #14857 counted 230 statements for a checkout."""
    category = db.query(Category).one()
    for number in range(12):
        customer.add(variant(db, f"Pot {number}", category=category), 2)
    for coupon in everything:
        assert customer.send("POST", "/cart/coupons", json={"code": coupon.code}).status == 201
    with recorded() as cart:
        shown = customer.send("GET", "/cart", query=DESTINATION).json()
    with recorded() as first:
        assert customer.check_out(shipping_address=TO, expected_total_amount=shown["total_amount"]).status == 201
    with recorded() as again:
        checkout = customer.check_out(shipping_address=TO)
    with recorded() as order:
        assert customer.order(checkout.json()["id"]).status == 201
    assert len(cart) <= 4
    assert len(first) <= 10
    assert len(again) <= 10
    assert len(order) <= 20
    assert len(checkout.json()["coupons"]) == 3


def test_without_rules_a_price_takes_one_statement_more_than_its_lines(customer: Shopper, db: Session) -> None:
    customer.add(variant(db))
    keys.service_key("reservation-network")  # read once by a process
    with recorded() as cart:
        customer.cart()
    with recorded() as checkout:
        customer.check_out()
    assert (len(cart), len(checkout)) == (3, 6)


@pytest.mark.parametrize(("header", "expected"), [(None, "en"), ("zh-CN,zh;q=0.9,en;q=0.5", "zh-CN"), ("??", "en")])
def test_a_guest_is_written_to_in_the_language_that_the_browser_asks_for(
    header: str | None, expected: str, guest: Shopper, db: Session
) -> None:
    guest.add(variant(db))
    headers = {"Accept-Language": header} if header else {}
    checkout = guest.send(
        "POST", "/cart/checkout", json={"email": "a@example.com", "shipping_address": ADDRESS}, headers=headers
    ).json()
    guest.order(checkout["id"])
    pay(checkout["id"])
    db.rollback()
    assert db.execute(text("SELECT language FROM orders")).scalar_one() == expected
    told = db.execute(text("SELECT payload->>'language' FROM outbox_events WHERE type = 'OrderPaid'"))
    assert told.scalar_one() == expected


def test_a_customer_is_written_to_in_the_accounts_language(
    api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    user = identity.user(db)
    user.language = "zh-CN"
    db.commit()
    customer = Shopper(api).signed_in(signing_key.authorization(user))
    customer.add(variant(db))
    body = {"shipping_address": ADDRESS}
    customer.send("POST", "/cart/checkout", json=body, headers={"Accept-Language": "de"})
    assert db.execute(text("SELECT language FROM checkouts")).scalar_one() == "zh-CN"
