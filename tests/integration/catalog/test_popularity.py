"""What is sold lately makes a product popular."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy.orm import Session

from functions.catalog.service import popularity
from shared.contexts.catalog.models.products import Product
from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT

NOW = datetime.now(UTC)


def refresh() -> int:
    from functions.catalog.handlers.refresh_popularity import handler

    return handler(json.loads((ROOT / "events/catalog/refresh_popularity.json").read_text()), Context())["products"]


def sell(db: Session, product: Product, *quantities: int, paid: bool = True) -> None:
    record(
        db,
        [
            Sale(begun_at=NOW, paid_at=NOW if paid else None, lines=[Line(product, quantity, 100)])
            for quantity in quantities
        ],
    )


def counts(db: Session) -> dict[str, int]:
    db.rollback()
    return {product.name: product.sold_count for product in db.query(Product)}


def test_units_of_paid_orders_are_counted(guest: LambdaClient, db: Session) -> None:
    pot, jug, lid = (catalog.product(db, name) for name in ("Pot", "Jug", "Lid"))
    sell(db, pot, 2, 3)
    sell(db, jug, 9)
    sell(db, lid, 50, paid=False)
    before = guest.get(f"/api/v1/products/{pot.id}").json()
    assert refresh() == 2
    assert counts(db) == {"Pot": 5, "Jug": 9, "Lid": 0}
    listed = guest.get("/api/v1/products", query={"sort": "popular"}).json()["items"]
    assert [item["name"] for item in listed] == ["Jug", "Pot", "Lid"]
    assert guest.get(f"/api/v1/products/{pot.id}").json() == before  # being sold is no change of the product
    assert refresh() == 0


def test_what_was_sold_long_ago_counts_no_more(db: Session, aws: Cloud) -> None:
    sell(db, catalog.product(db, "Pot"), 4)
    assert popularity.refresh() == 1
    assert popularity.refresh(NOW + timedelta(days=89)) == 0
    assert popularity.refresh(NOW + timedelta(days=91)) == 1
    assert counts(db) == {"Pot": 0}


def test_a_product_that_is_being_written_is_left_to_the_next_count(db: Session, aws: Cloud, database_url: str) -> None:
    pot, jug = catalog.product(db, "Pot"), catalog.product(db, "Jug")
    sell(db, pot, 1)
    sell(db, jug, 1)
    with psycopg.connect(database_url) as editor:
        editor.execute("SELECT FROM products WHERE id = %s FOR NO KEY UPDATE", (pot.id,))
        assert refresh() == 1
    assert counts(db) == {"Pot": 0, "Jug": 1}
    assert refresh() == 1
    assert counts(db) == {"Pot": 1, "Jug": 1}
