"""What may please the caller: from what they bought, wish for and hold; never what they have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.discovery.repository import recommendations
from shared.contexts.identity.models.accounts import User
from tests.factories import catalog, identity
from tests.integration.discovery.shop import (
    FOR_CALLER,
    buy,
    change,
    customer,
    hold,
    names,
    say,
    shown,
    wish,
    with_product,
)
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

Refresh = Callable[[], dict[str, Any]]
AsCustomer = Callable[[User], LambdaClient]


@pytest.mark.parametrize("how", [buy, wish, hold])
def test_what_goes_with_what_a_customer_has_comes_first_and_what_they_have_never(
    as_customer: AsCustomer, refresh: Refresh, db: Session, how: Callable[..., None]
) -> None:
    pot, soil, book = (catalog.product(db, name) for name in ("Pot", "Soil", "Book"))
    change(db, book, sold_count=50)
    for _ in range(2):
        buy(db, pot, soil)
    ada = customer(db)
    if how is buy:
        buy(db, pot, buyer=ada)
    else:
        how(db, ada, pot)
    refresh()
    assert shown(as_customer(ada), FOR_CALLER) == [("Soil", "for_you"), ("Book", "popular")]


def test_guests_and_customers_without_a_past_get_what_sells_best(
    guest: LambdaClient, as_customer: AsCustomer, db: Session
) -> None:
    pot, soil = catalog.product(db, "Pot"), catalog.product(db, "Soil")
    change(db, soil, sold_count=9)
    change(db, pot, sold_count=1)
    for client in (guest, as_customer(customer(db))):
        assert shown(client, FOR_CALLER) == [("Soil", "popular"), ("Pot", "popular")]


def test_who_did_not_agree_is_nobody_in_particular_and_may_change_their_mind_and_back(
    as_customer: AsCustomer, refresh: Refresh, db: Session
) -> None:
    pot, soil = catalog.product(db, "Pot"), catalog.product(db, "Soil")
    ada = identity.user(db)
    for buyer in (ada, None):
        buy(db, pot, soil, buyer=buyer)
    urn = catalog.product(db, "Urn", tags=["garden"])
    change(db, pot, tags=["garden"])
    refresh()
    for granted in (None, True, False):
        if granted is not None:
            say(db, ada, granted=granted)
        found, beside_urn = (shown(as_customer(ada), FOR_CALLER, **query) for query in ({}, {"product": urn.slug}))
        if granted:
            assert (found, beside_urn) == ([("Urn", "for_you")], [])
        else:
            assert {reason for _, reason in found} == {"popular"}
            assert len(found) == 3
            assert names(beside_urn, "similar") == ["Pot"]


def test_what_many_of_ones_things_go_with_comes_before_what_one_of_them_goes_with(
    as_customer: AsCustomer, refresh: Refresh, db: Session
) -> None:
    pot, urn, soil, lamp = (catalog.product(db, name) for name in ("Pot", "Urn", "Soil", "Lamp"))
    for first, second in ((pot, soil), (urn, soil), (pot, lamp)):
        for _ in range(3):
            buy(db, first, second)
    ada = customer(db)
    buy(db, pot, buyer=ada)
    buy(db, urn, buyer=ada)
    refresh()
    assert names(shown(as_customer(ada), FOR_CALLER), "for_you") == ["Soil", "Lamp"]


def test_with_a_product_customers_are_not_shown_what_they_have(
    guest: LambdaClient, as_customer: AsCustomer, refresh: Refresh, db: Session
) -> None:
    pot, soil, spade = (catalog.product(db, name) for name in ("Pot", "Soil", "Spade"))
    for other in (soil, spade):
        for _ in range(2):
            buy(db, pot, other)
    ada = customer(db)
    buy(db, soil, buyer=ada)
    refresh()
    assert shown(as_customer(ada), FOR_CALLER, product=pot.id) == [("Spade", "also_bought")]
    assert shown(guest, FOR_CALLER, product=pot.slug) == shown(guest, with_product(pot))
    assert guest.get(FOR_CALLER, query={"product": "no-such-pot"}).status == 404


def test_what_somebody_else_has_stays_theirs(as_customer: AsCustomer, refresh: Refresh, db: Session) -> None:
    pot, soil = catalog.product(db, "Pot"), catalog.product(db, "Soil")
    for _ in range(2):
        buy(db, pot, soil)
    buy(db, pot, buyer=customer(db))
    refresh()
    assert {reason for _, reason in shown(as_customer(customer(db)), FOR_CALLER)} == {"popular"}


def test_the_answer_is_kept_by_nobody(guest: LambdaClient, as_customer: AsCustomer, db: Session) -> None:
    for client in (guest, as_customer(customer(db))):
        assert client.get(FOR_CALLER).headers["cache-control"] == "private, no-store"
    forged = guest.signed_in({"Authorization": "Bearer of.bad.news"})
    assert forged.get(FOR_CALLER).status == 401


def test_who_bought_all_that_sells_best_still_gets_a_full_answer(
    as_customer: AsCustomer, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendations, "POPULAR", 3)
    goods = [catalog.product(db, f"Part {number}") for number in range(6)]
    for number, product in enumerate(goods):
        change(db, product, sold_count=number)
    ada = customer(db)
    buy(db, *goods[3:], buyer=ada)
    assert [name for name, _ in shown(as_customer(ada), FOR_CALLER)] == ["Part 2", "Part 1", "Part 0"]


def test_an_answer_is_one_statement(as_customer: AsCustomer, refresh: Refresh, db: Session) -> None:
    pot, ada = catalog.product(db, "Pot"), customer(db)
    catalog.product(db, "Soil")
    buy(db, pot, buyer=ada)
    refresh()
    client = as_customer(ada)
    client.get(FOR_CALLER)
    for query in ({}, {"product": pot.slug}):
        with recorded() as statements:
            assert client.get(FOR_CALLER, query=query).status == 200
        assert len(statements) == 1
