"""Pages of every list together are the whole list, also while products are added; and an index serves each of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.repository.products import ProductSort, list_statement
from shared.clients import database
from shared.contexts.catalog.models.products import Product
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient

PRODUCTS = "/api/v1/products"
SORT_KEYS: dict[str, tuple[Callable[[Product], Any], bool]] = {
    "newest": (lambda product: (product.created_at, product.id), True),
    "price": (lambda product: (product.price_min, product.id), False),
    "-price": (lambda product: (product.price_min, product.id), True),
    "name": (lambda product: (product.name, product.id), False),
    "popular": (lambda product: (product.sold_count, product.id), True),
    "rating": (lambda product: (product.rating_rank, product.id), True),
}


def walk(guest: LambdaClient, between: Callable[[], None], **query: Any) -> list[str]:
    """The ids on all pages; `between` runs after each of them."""
    ids: list[str] = []
    cursor: str | None = None
    while True:
        # Each page from another address: the pages of one list are more than an address may read in a minute.
        guest.source_ip = f"198.51.{random.randrange(256)}.{random.randrange(256)}"
        page = guest.get(PRODUCTS, query={**query, **({"cursor": cursor} if cursor else {})}).json()
        ids += [item["id"] for item in page["items"]]
        between()
        cursor = page["next_cursor"]
        if cursor is None:
            return ids


@settings(max_examples=12)
@given(data=st.data())
def test_pages_together_are_the_whole_filtered_list(guest: LambdaClient, db: Session, data: st.DataObject) -> None:
    db.query(Product).delete()
    db.commit()
    amounts = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=14), label="amounts")
    for amount in amounts:  # few different values: equals are what pages go wrong on
        product = catalog.product(db, f"Product {amount}", amount=amount, stock=amount % 2, tags=[f"tag{amount % 3}"])
        product.sold_count, product.rating_count, product.rating_sum = amount % 3, amount % 2, amount % 2 * amount
    db.commit()
    sort = data.draw(st.sampled_from(sorted(SORT_KEYS)), label="sort")
    limit = data.draw(st.integers(1, 5), label="limit")
    filters: dict[str, Any] = data.draw(
        st.sampled_from([{}, {"in_stock": "true"}, {"in_stock": "false"}, {"tag": "tag1"}, {"price_min": 2}]),
        label="filters",
    )
    key, descending = SORT_KEYS[sort]
    wanted = [
        str(product.id)
        for product in sorted(db.query(Product), key=key, reverse=descending)
        if ("in_stock" not in filters or (product.price_min % 2 == 1) == (filters["in_stock"] == "true"))
        and ("tag" not in filters or filters["tag"] in product.tags)
        and ("price_min" not in filters or product.price_min >= 2)
    ]
    assert walk(guest, lambda: None, sort=sort, limit=limit, **filters) == wanted


@pytest.mark.parametrize("sort", sorted(SORT_KEYS))
def test_nothing_repeats_and_nothing_is_missed_while_products_are_added(
    guest: LambdaClient, db: Session, sort: str
) -> None:
    before = {str(catalog.product(db, f"P{number % 3}", amount=number % 3).id) for number in range(9)}

    def add() -> None:
        catalog.product(db, "P1", amount=1)

    ids = walk(guest, add, sort=sort, limit=4)
    assert len(ids) == len(set(ids))
    assert before <= set(ids)


@pytest.fixture(scope="module")
def stocked(database_url: str) -> str:
    """A few thousand products in forty categories, of a hundred vendors, with tags and options."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("TRUNCATE products, categories CASCADE")
        connection.execute(
            "INSERT INTO categories (name, slug) SELECT 'C' || n, 'c' || n FROM generate_series(1, 40) n"
        )
        connection.execute(
            "INSERT INTO products (slug, name, vendor, tags, category_id, currency, option_names, price_min, price_max,"
            " created_at) SELECT 'p' || n, 'Product ' || n * 7919 % 6000, 'V' || n % 100, ARRAY['t' || n % 300], c.id,"
            " 'USD', '{Size}', n * 31 % 5000, 5000, now() - make_interval(mins => n)"
            " FROM generate_series(1, 6000) n JOIN categories c ON c.slug = 'c' || (n % 40 + 1)"
        )
        connection.execute(
            "INSERT INTO variants (product_id, position, option_values, price_amount)"
            " SELECT id, 1, ARRAY['S' || row_number() OVER () % 400], price_min FROM products"
        )
        connection.execute("INSERT INTO stock_levels (variant_id, on_hand) SELECT id, 3 FROM variants")
        for table in ("products", "variants", "stock_levels", "product_images"):
            connection.execute(f"VACUUM ANALYZE {table}".encode())
        category = connection.execute("SELECT id FROM categories WHERE slug = 'c1'").fetchone()
    assert category is not None
    return str(category[0])


@pytest.mark.parametrize("sort", list(ProductSort))
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"price_min": 4000, "price_max": 4100},
        {"in_stock": True},
        {"vendor": "V7"},
        {"tag": "t3"},
        {"categories": True},
        {"options": {"Size": "S9"}},
        {"active": None},
        {"in_stock": False},
        {"rating_min": 4.9},
    ],
    ids=lambda filters: "+".join(filters) or "all",
)
def test_no_list_reads_a_table_whole(
    stocked: str, environment: None, sort: ProductSort, filters: dict[str, Any]
) -> None:
    given = {**filters, "categories": [stocked]} if "categories" in filters else filters
    statement, parameters = list_statement(ProductFilters(**given), sort, limit=21, after=None)
    row = database.connection().execute(b"EXPLAIN (FORMAT JSON) " + statement, parameters).fetchone()
    assert row is not None
    scanned = {
        node.get("Relation Name") for node in nodes(row["QUERY PLAN"][0]["Plan"]) if node["Node Type"] == "Seq Scan"
    }
    # product_images is empty here, so that reading it whole is reading nothing.
    assert scanned <= {"product_images"}


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(below for child in plan.get("Plans", []) for below in nodes(child))]
