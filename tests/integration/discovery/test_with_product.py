"""What goes with a product: bought by the same people, alike, or simply popular."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.catalog.repository import search_index
from functions.discovery.repository import neighbours
from functions.discovery.service import refresh_neighbours
from shared.clients import database
from tests.factories import catalog, identity
from tests.factories.ordering import change_stock
from tests.integration.discovery.shop import buy, change, names, shown, with_product
from tests.support import database_logins
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

Refresh = Callable[[], dict[str, Any]]


def test_what_the_same_people_bought_is_recommended_the_closest_first(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot, soil, spade, lamp = (catalog.product(db, name) for name in ("Pot", "Soil", "Spade", "Lamp"))
    for _ in range(4):
        buy(db, pot, soil)
    for _ in range(2):
        buy(db, pot, spade)
    buy(db, lamp)
    refresh()
    assert shown(guest, with_product(pot)) == [("Soil", "also_bought"), ("Spade", "also_bought"), ("Lamp", "popular")]
    assert shown(guest, with_product(soil))[0] == ("Pot", "also_bought")


def test_orders_of_one_customer_belong_together_and_those_of_guests_do_not(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot, soil, lamp = (catalog.product(db, name) for name in ("Pot", "Soil", "Lamp"))
    for _ in range(2):
        buyer = identity.user(db)
        buy(db, pot, buyer=buyer)
        buy(db, soil, buyer=buyer)
        buy(db, pot)
        buy(db, lamp)
    refresh()
    assert names(shown(guest, with_product(pot)), "also_bought") == ["Soil"]


def test_a_bestseller_that_everybody_buys_goes_with_a_product_less_than_what_is_bought_with_it_alone(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot, saucer, bag = (catalog.product(db, name) for name in ("Pot", "Saucer", "Bag"))
    for _ in range(3):
        buy(db, pot, saucer, bag)
    for _ in range(12):
        buy(db, bag)
    refresh()
    assert names(shown(guest, with_product(pot)), "also_bought") == ["Saucer", "Bag"]


def test_what_one_person_bought_together_is_told_to_nobody(guest: LambdaClient, refresh: Refresh, db: Session) -> None:
    pot, book = catalog.product(db, "Pot"), catalog.product(db, "Leaving a Marriage")
    buyer = identity.user(db)
    for _ in range(3):
        buy(db, pot, book, buyer=buyer)
    refresh()
    assert shown(guest, with_product(pot)) == [("Leaving a Marriage", "popular")]


@pytest.mark.parametrize("paid", [True, False])
def test_only_what_was_paid_for_within_a_year_counts(
    guest: LambdaClient, refresh: Refresh, db: Session, *, paid: bool
) -> None:
    from tests.factories.analytics import Line, Sale, record

    pot, soil = catalog.product(db, "Pot"), catalog.product(db, "Soil")
    now = datetime.now(UTC)
    lines = [Line(pot, 1, 999), Line(soil, 1, 999)]
    record(db, [Sale(begun_at=now, paid_at=now if paid else None, lines=lines) for _ in range(2)])
    assert names(refresh_and_show(guest, refresh, pot), "also_bought") == (["Soil"] if paid else [])
    refresh_neighbours.refresh(now + refresh_neighbours.PERIOD + timedelta(days=1))
    assert names(shown(guest, with_product(pot)), "also_bought") == []


def refresh_and_show(guest: LambdaClient, refresh: Refresh, product: Any) -> list[tuple[str, str]]:
    refresh()
    return shown(guest, with_product(product))


def test_a_very_large_order_makes_no_more_pairs_than_an_ordinary_one(
    guest: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "PURCHASES", 3)
    goods = [catalog.product(db, f"Part {number}") for number in range(8)]
    for _ in range(2):
        buy(db, *goods)
    refresh()
    with_company = [p for p in goods if names(shown(guest, with_product(p)), "also_bought")]
    assert len(with_company) == 3


def test_of_rare_products_those_that_are_alike_are_recommended_and_rare_traits_count_more(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    garden = catalog.category(db, "Garden")
    pot = catalog.product(db, "Pot", category=garden, tags=["terracotta", "outdoor"], vendor="Lehm")
    catalog.product(db, "Saucer", category=garden, tags=["terracotta", "outdoor"], vendor="Lehm")
    catalog.product(db, "Urn", tags=["terracotta"])
    for number in range(4):
        catalog.product(db, f"Chair {number}", tags=["outdoor"])
    catalog.product(db, "Knife")
    refresh()
    found = shown(guest, with_product(pot))
    assert names(found, "similar")[:2] == ["Saucer", "Urn"]
    assert names(found, "popular") == ["Knife"]


def test_products_are_alike_by_the_words_of_their_names_in_chinese_too(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    cup, lid, lamp, bowl = (catalog.product(db, name) for name in ("青花瓷茶杯", "青花瓷盖碗", "台灯", "Tea Bowls"))
    tray = catalog.product(db, "Tray for a bowl")
    with database_logins.logged_in("catalog"), database.transaction() as connection:
        search_index.index(connection, [product.id for product in (cup, lid, lamp, bowl, tray)])
    refresh()
    assert names(shown(guest, with_product(cup)), "similar") == ["青花瓷盖碗"]
    assert names(shown(guest, with_product(bowl)), "similar") == ["Tray for a bowl"]


def test_what_was_bought_together_comes_before_what_is_alike_and_nothing_comes_twice(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot, soil = (catalog.product(db, name, tags=["garden"]) for name in ("Pot", "Soil"))
    catalog.product(db, "Urn", tags=["garden"])
    book = catalog.product(db, "Book")
    buy(db, book)
    for _ in range(2):
        buy(db, pot, soil)
    refresh()
    assert shown(guest, with_product(pot)) == [("Soil", "also_bought"), ("Urn", "similar"), ("Book", "popular")]


def test_a_product_that_is_taken_off_sale_vanishes_at_once(guest: LambdaClient, refresh: Refresh, db: Session) -> None:
    pot, soil, urn = (catalog.product(db, name, tags=["garden"]) for name in ("Pot", "Soil", "Urn"))
    refresh()
    assert {name for name, _ in shown(guest, with_product(pot))} == {"Soil", "Urn"}
    change(db, soil, is_active=False)
    change(db, urn, deleted_at=datetime.now(UTC))
    assert shown(guest, with_product(pot)) == []
    for gone in (soil, urn):
        reply = guest.get(with_product(gone))
        assert (reply.status, reply.json()["code"]) == (404, "product_not_found")


def test_what_is_sold_out_comes_last(guest: LambdaClient, refresh: Refresh, db: Session) -> None:
    pot, soil = (catalog.product(db, name, tags=["garden"]) for name in ("Pot", "Soil"))
    catalog.product(db, "Book")
    refresh()
    assert [name for name, _ in shown(guest, with_product(pot))] == ["Soil", "Book"]
    change_stock(db, catalog.variants(db, soil)[0].id, 0)
    assert [name for name, _ in shown(guest, with_product(pot))] == ["Book", "Soil"]


def test_before_the_first_refresh_the_popular_ones_are_there(guest: LambdaClient, db: Session) -> None:
    pot, soil, book = (catalog.product(db, name) for name in ("Pot", "Soil", "Book"))
    change(db, soil, sold_count=9)
    change(db, book, sold_count=3)
    assert shown(guest, with_product(pot)) == [("Soil", "popular"), ("Book", "popular")]


def test_items_look_like_those_of_the_product_list(guest: LambdaClient, db: Session) -> None:
    from functions.catalog.handlers.api import handler as catalog_api

    pot, soil = catalog.product(db, "Pot"), catalog.product(db, "Soil", amount=4200)
    [item] = guest.get(with_product(pot)).json()["items"]
    listed = LambdaClient(catalog_api).get("/api/v1/products").json()["items"]
    assert {**next(one for one in listed if one["id"] == str(soil.id)), "reason": "popular"} == item


def test_the_answer_is_kept_by_everybody_and_known_by_its_etag(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db, "Pot")
    first = guest.get(with_product(pot))
    assert first.headers["cache-control"].startswith("public")
    assert first.headers["cache-tag"] == "catalog,products"
    again = guest.get(f"/api/v1/products/{pot.slug}/recommendations", headers={"If-None-Match": first.headers["etag"]})
    assert again.status == 304


def test_fields_and_limits_are_held(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db, "Pot")
    for number in range(4):
        catalog.product(db, f"Bowl {number}")
    reply = guest.get(with_product(pot), query={"fields": "name,reason", "limit": 3}).json()
    assert [sorted(item) for item in reply["items"]] == [["name", "reason"]] * 3
    assert reply["next_cursor"] is None
    for query in ({"limit": 51}, {"limit": 0}, {"fields": "secret"}):
        assert guest.get(with_product(pot), query=query).status == 422


def test_an_answer_is_one_statement_also_where_there_is_no_such_product(
    guest: LambdaClient, refresh: Refresh, db: Session
) -> None:
    pot, _ = catalog.product(db, "Pot"), catalog.product(db, "Soil")
    refresh()
    for path in (with_product(pot), "/api/v1/products/no-such-pot/recommendations"):
        with recorded() as statements:
            guest.get(path)
        assert len(statements) == 1
