"""Computing what goes together: read meanwhile, never twice at once, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.discovery.repository import neighbours
from functions.discovery.service import refresh_neighbours
from shared.contexts.discovery.models import ProductNeighbours
from tests.factories import catalog
from tests.integration.discovery.shop import buy, change, shown, with_product
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

Refresh = Callable[[], dict[str, Any]]


def some_products(db: Session, count: int = 7) -> list[Any]:
    return [catalog.product(db, f"Pot {number}", amount=100 + number, tags=["garden"]) for number in range(count)]


def test_a_run_tells_how_much_there_is(refresh: Refresh, db: Session) -> None:
    some_products(db, 3)
    catalog.product(db, "Book")
    catalog.product(db, "Hidden", is_active=False, tags=["garden"])
    done = refresh()
    assert (done["products"], done["with_neighbours"]) == (4, 3)
    assert db.query(ProductNeighbours).count() == 3


def test_an_empty_shop_is_no_trouble(refresh: Refresh) -> None:
    assert refresh()["products"] == 0


def test_in_batches_or_at_once_the_neighbours_are_the_same(
    refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods = some_products(db, 9)
    for _ in range(2):
        buy(db, *goods[:3])

    def computed() -> dict[Any, Any]:
        db.rollback()
        db.expire_all()
        return {row.product_id: (row.neighbour_ids, row.scores, row.bought) for row in db.query(ProductNeighbours)}

    refresh()
    first = computed()
    assert len(first) == 9
    monkeypatch.setattr(refresh_neighbours, "_BATCH", 2)
    refresh()
    assert computed() == first


def test_a_product_has_twenty_neighbours_at_most_those_bought_together_first(refresh: Refresh, db: Session) -> None:
    goods = some_products(db, 25)
    for _ in range(2):
        buy(db, *goods[:5])
    refresh()
    for row in db.query(ProductNeighbours):
        expected = 4 if row.product_id in {product.id for product in goods[:5]} else 0
        assert (len(row.neighbour_ids), row.bought) == (neighbours.NEIGHBOURS, expected)
        assert row.product_id not in row.neighbour_ids
        assert len(set(row.neighbour_ids)) == len(row.neighbour_ids)
        assert all(0 < score <= 1 for score in row.scores)


def test_what_is_no_longer_on_sale_is_deleted_by_the_next_run(refresh: Refresh, db: Session) -> None:
    goods = some_products(db, 3)
    refresh()
    change(db, goods[0], is_active=False)
    assert refresh()["with_neighbours"] == 2
    kept = {row.product_id for row in db.query(ProductNeighbours)}
    assert kept == {product.id for product in goods[1:]}
    assert goods[0].id not in {one for row in db.query(ProductNeighbours) for one in row.neighbour_ids}


def test_a_run_leaves_it_to_the_one_that_is_at_it(refresh: Refresh, db: Session, database_url: str) -> None:
    some_products(db)
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (neighbours._REFRESH_LOCK,))
        assert refresh() == {"products": 0, "with_neighbours": 0, "milliseconds": 0}
    assert refresh()["products"] == 7


def test_of_many_runs_at_once_none_fails_and_at_least_one_computes(refresh: Refresh, db: Session) -> None:
    some_products(db)
    done = at_once(4, lambda _: refresh_neighbours.refresh().products)
    assert set(done) <= {0, 7}
    assert 7 in done
    assert db.query(ProductNeighbours).count() == 7


def test_a_run_that_fails_in_the_middle_leaves_what_there_was(
    guest: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods = some_products(db)
    refresh()
    before = shown(guest, with_product(goods[0]))
    change(db, goods[1], tags=[])
    monkeypatch.setattr(refresh_neighbours, "_BATCH", 3)
    compute, calls = neighbours.compute, []

    def break_off(*arguments: Any, **options: Any) -> None:
        compute(*arguments, **options)
        calls.append(1)
        if len(calls) == 2:
            raise psycopg.OperationalError("the server is gone")

    monkeypatch.setattr(neighbours, "compute", break_off)
    with pytest.raises(psycopg.OperationalError):
        refresh()
    assert shown(guest, with_product(goods[0])) == before


def test_the_neighbours_can_be_read_and_products_written_while_they_are_computed(
    guest: LambdaClient, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods = some_products(db)
    refresh()
    before = shown(guest, with_product(goods[0]))
    delete_outdated, looked = neighbours.delete_outdated, []

    def look(connection: Any) -> int:
        db.execute(text("SET lock_timeout = '1s'"))
        change(db, goods[1], name="Renamed")
        db.execute(text("SELECT id FROM products FOR UPDATE"))
        db.commit()
        looked.extend(row.neighbour_ids for row in db.query(ProductNeighbours))
        db.rollback()
        return delete_outdated(connection)

    monkeypatch.setattr(neighbours, "delete_outdated", look)
    refresh()
    assert len(looked) == len(goods)
    assert len(shown(guest, with_product(goods[0]))) == len(before)
