"""Suggestions while a query is being written."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.orm import Session

from functions.catalog.repository import search_index
from shared.clients import database
from shared.contexts.catalog.models.products import Product
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

SUGGESTIONS = "/api/v1/products/search/suggestions"


def index(db: Session) -> None:
    with database.transaction() as connection:
        search_index.index(connection, [product.id for product in db.query(Product)])


def suggested(guest: LambdaClient, q: str) -> list[tuple[str, str]]:
    reply = guest.get(SUGGESTIONS, query={"q": q})
    assert reply.status == 200, reply.body
    return [(item["kind"], item["text"]) for item in reply.json()["items"]]


def test_names_that_begin_like_it_are_suggested(guest: LambdaClient, db: Session) -> None:
    tea = catalog.category(db, "Terrace")
    for name, sold in (("Terracotta Pot", 1), ("Small Terracotta Jug", 9), ("Oak Tray", 5)):
        catalog.product(db, name, vendor="Terra Firma", category=tea).sold_count = sold
    catalog.product(db, "Hidden Terracotta", is_active=False, vendor="Terra Nova")
    db.commit()
    index(db)
    assert suggested(guest, "TERR") == [
        ("product", "Small Terracotta Jug"),
        ("product", "Terracotta Pot"),
        ("category", "Terrace"),
        ("vendor", "Terra Firma"),
    ]
    assert suggested(guest, "terracotta p") == [("product", "Terracotta Pot")]
    slugs = [item["slug"] for item in guest.get(SUGGESTIONS, query={"q": "terrac"}).json()["items"]]
    assert slugs[2:] == [tea.slug]
    assert None not in slugs


@pytest.mark.parametrize("q", ["青", "青瓷", "青瓷盖", "盖碗"])
def test_chinese_names_are_suggested(guest: LambdaClient, db: Session, q: str) -> None:
    catalog.product(db, "青瓷盖碗", vendor="青瓷坊")
    catalog.category(db, "青瓷")
    index(db)
    others = [("category", "青瓷")] if q in "青瓷" else []
    others += [("vendor", "青瓷坊")] if "青瓷坊".startswith(q) else []
    assert suggested(guest, q) == [("product", "青瓷盖碗"), *others]


@pytest.mark.parametrize(
    ("vendor", "q"),
    [
        ("Hi-Fi Klub", "hifi k"),
        ("Łódź Glass", "lodz g"),
        ("Ｋｙｏ", "kyo"),
        ("カメラ店", "かめ"),
        ("ｶﾞﾗｽ工房", "ガラス"),
        ("½ Pint", "½"),
    ],
)
def test_suggestions_read_names_as_searches_do(guest: LambdaClient, db: Session, vendor: str, q: str) -> None:
    catalog.product(db, f"{vendor} bag", vendor=vendor)
    catalog.product(db, "Other", vendor="Other")
    catalog.category(db, f"{vendor} bags")
    index(db)
    assert suggested(guest, q) == [("product", f"{vendor} bag"), ("category", f"{vendor} bags"), ("vendor", vendor)]


def test_suggestions_are_few_and_cost_one_statement(guest: LambdaClient, db: Session) -> None:
    for number in range(12):
        catalog.product(db, f"Pot {number}", vendor=f"Potter {number}")
        catalog.category(db, f"Pots {number}")
    index(db)
    guest.get(SUGGESTIONS, query={"q": "p"})
    with recorded() as statements:
        found = [kind for kind, _ in suggested(guest, "p")]
    assert found == ["product"] * 6 + ["category"] * 3 + ["vendor"] * 3
    assert len(statements) == 1


@pytest.mark.parametrize("q", ["%", "_", "\\", "%(query)s", "'", "?!", "﷽", "x" * 100])
def test_nothing_is_a_pattern(guest: LambdaClient, db: Session, q: str) -> None:
    catalog.product(db, "Pot", vendor="Vendor")
    index(db)
    assert suggested(guest, q) == []


def test_suggestions_come_from_indexes(database_url: str, environment: None) -> None:
    from functions.catalog.repository import suggestions

    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("TRUNCATE products CASCADE")
        connection.execute(
            "INSERT INTO products (slug, name, vendor, currency, price_min, price_max)"
            " SELECT 'p' || n, 'P' || n, 'V' || n % 900, 'USD', 1, 1 FROM generate_series(1, 5000) n"
        )
        connection.execute(
            "INSERT INTO product_search_documents SELECT id, to_tsvector('simple', name), '' FROM products"
        )
        for table in ("products", "product_search_documents"):
            connection.execute(f"VACUUM ANALYZE {table}".encode())
    parameters = {"query": "'p49':*", "beginning": "V 4", "candidates": 200, "products": 6, "others": 3}
    row = database.connection().execute("EXPLAIN (FORMAT JSON) " + suggestions._SUGGEST, parameters).fetchone()
    assert row is not None
    assert "ix_products_vendor_key" in str(row)
    assert "ix_product_search_documents_name_terms" in str(row)
