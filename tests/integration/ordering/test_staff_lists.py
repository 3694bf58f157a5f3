"""What staff find orders by, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.permissions import Role
from tests.factories import identity
from tests.factories.ordering import Shopper, pay, variant
from tests.integration.ordering import fulfilment
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
