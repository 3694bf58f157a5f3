"""What staff find orders by, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.permissions import Role
from tests.factories import identity
from tests.factories.ordering import Shopper, pay, variant
from tests.integration.ordering import fulfilment
from tests.integration.ordering.test_invoices import refund
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


def numbers(admin: Shopper, **query: object) -> list[str]:
    """Of all pages, each of two."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = admin.send("GET", "/admin/orders", query={"limit": 2, **query, **({"cursor": cursor} if cursor else {})})
        assert page.status == 200, page.body
        found += [order["number"] for order in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            return found


@pytest.fixture
def bought(api: LambdaClient, db: Session) -> list[Any]:
    """Five orders of one pot and four others, of 1, 3, 2, 3 and 1 units."""
    pot, lid = variant(db, stock=50), variant(db, "Lid", stock=50)
    return [
        Shopper(api, f"{index}@example.com").buy(lid if index == 1 else pot, quantity)
        for index, quantity in enumerate((1, 3, 2, 3, 1))
    ]


def test_a_number_is_found_by_how_it_begins(admin: Shopper, bought: list[Any]) -> None:
    number = bought[2]["number"]
    for beginning in (number, number[:6].lower(), f" {number[:8]} "):
        assert number in numbers(admin, number=beginning)
    shared = [order["number"] for order in reversed(bought) if order["number"][0] == number[0]]
    assert numbers(admin, number=number[0]) == shared
    assert numbers(admin, number=number[1:]) == []
    assert admin.send("GET", "/admin/orders", query={"number": "%"}).status == 422


def test_orders_of_a_customer_and_of_a_product(
    admin: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey, bought: list[Any]
) -> None:
    user = identity.user(db, Role.CUSTOMER)
    pot = bought[0]["items"][0]
    customer = Shopper(api).signed_in(signing_key.authorization(user))
    own = customer.buy(pot["variant_id"])
    pay(own["checkout_id"])
    assert numbers(admin, user_id=user.id) == [own["number"]]
    assert numbers(admin, user_id=user.id, status="pending") == []
    of_pot = [own["number"], *(bought[index]["number"] for index in (4, 3, 2, 0))]
    assert numbers(admin, product_id=pot["product_id"]) == of_pot
    assert numbers(admin, product_id=pot["product_id"], status="paid") == [own["number"]]


def test_orders_by_amount_and_by_time(admin: Shopper, bought: list[Any]) -> None:
    one, three = bought[0]["total_amount"], bought[1]["total_amount"]
    money = {"currency": bought[0]["currency"]}
    in_time = [order["number"] for order in bought]
    assert numbers(admin, sort="oldest") == in_time
    assert numbers(admin) == in_time[::-1]
    rising = [in_time[index] for index in (0, 4, 2, 1, 3)]
    assert numbers(admin, sort="total", **money) == rising
    assert numbers(admin, sort="-total", **money) == rising[::-1]
    assert numbers(admin, sort="total", total_from=one + 1, total_to=three - 1, **money) == rising[2:3]
    assert numbers(admin, total_from=three, **money) == [in_time[3], in_time[1]]
    assert numbers(admin, sort="total", currency="JPY") == []


@pytest.mark.parametrize("query", [{"sort": "total"}, {"total_from": 1}, {"total_to": 1}])
def test_amounts_of_no_currency_are_not_compared(admin: Shopper, query: dict[str, object]) -> None:
    refused = admin.send("GET", "/admin/orders", query=query)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "query.currency")


def test_a_cursor_of_one_sort_fits_no_other(admin: Shopper, bought: list[Any]) -> None:
    cursor = admin.send("GET", "/admin/orders?limit=1&sort=oldest").json()["next_cursor"]
    assert admin.send("GET", "/admin/orders", query={"limit": 1, "cursor": cursor}).json()["code"] == "invalid_cursor"


def test_staff_read_one_return_of_anybody_s(admin: Shopper, customer: Shopper, db: Session) -> None:
    sent = fulfilment.delivered(customer, admin, variant(db))
    asked = fulfilment.send_back(customer, sent, {sent["items"][0]["id"]: 1}).json()
    assert admin.send("GET", f"/admin/returns/{asked['id']}").json() == asked
    unknown = admin.send("GET", f"/admin/returns/{sent['id']}")
    assert (unknown.status, unknown.json()["code"]) == (404, "return_not_found")
    assert customer.send("GET", f"/admin/returns/{asked['id']}").status == 403


def test_returns_of_a_customer(admin: Shopper, customer: Shopper, guest: Shopper, db: Session) -> None:
    asked = []
    for shopper in (customer, customer, guest):
        sent = fulfilment.delivered(shopper, admin, variant(db))
        asked.append(fulfilment.send_back(shopper, sent, {sent["items"][0]["id"]: 1}).json())
    whose = {"user_id": admin.send("GET", f"/admin/orders/{asked[0]['order_id']}").json()["user_id"]}
    first = admin.send("GET", "/admin/returns", query={**whose, "limit": 1}).json()
    rest = admin.send("GET", "/admin/returns", query={**whose, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [asked[1]["id"], asked[0]["id"]]
    assert admin.send("GET", "/admin/returns", query={**whose, "status": "received"}).json()["items"] == []


def test_what_the_orders_of_a_customer_come_to(
    admin: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey, bought: list[Any]
) -> None:
    user = identity.user(db)
    customer = Shopper(api).signed_in(signing_key.authorization(user))
    whose = {"user_id": user.id}
    nothing = admin.send("GET", "/admin/orders/totals", query=whose).json()
    assert nothing == {"order_count": 0, "last_order_at": None, "currencies": []}
    pot = variant(db, stock=50)
    orders = [customer.buy_and_pay(pot), customer.buy_and_pay(pot, 2), customer.buy(variant(db, "Lid"))]
    refund(db, orders[1], 100)
    totals = admin.send("GET", "/admin/orders/totals", query=whose).json()
    assert (totals["order_count"], totals["last_order_at"]) == (3, orders[2]["created_at"])
    paid = orders[0]["total_amount"] + orders[1]["total_amount"]
    assert totals["currencies"] == [
        {
            "currency": "USD",
            "order_count": 3,
            "paid_order_count": 2,
            "paid_amount": paid,
            "refunded_amount": 100,
        }
    ]


def test_totals_are_of_somebody(admin: Shopper, customer: Shopper) -> None:
    assert admin.send("GET", "/admin/orders/totals").json()["errors"][0]["field"] == "query.user_id"
    assert admin.send("GET", "/admin/orders/totals", query={"user_id": "x"}).status == 422
    refused = customer.send("GET", "/admin/orders/totals", query={"user_id": "01990000-0000-7000-8000-000000000009"})
    assert refused.status == 403
