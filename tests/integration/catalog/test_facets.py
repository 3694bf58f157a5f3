"""Facets: how many products each further choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from functions.catalog.repository.facets import Facet
from functions.catalog.service import facets
from shared.contexts.catalog.models.products import Category, Product
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

PRODUCTS = "/api/v1/products"


def counted(guest: LambdaClient, names: str = "true", **query: Any) -> dict[str, Any]:
    facets.reset()
    reply = guest.get(PRODUCTS, query={"facets": names, **query})
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.json()["facets"]
    return found


@pytest.fixture
def shop(db: Session) -> dict[str, Category]:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    catalog.product(db, "Clay", vendor="A", tags=["x", "y"], category=pots, amount=100, options={"Size": ["S", "L"]})
    catalog.product(db, "Iron", vendor="A", tags=["x"], category=pots, amount=200, options={"Size": ["S"]}, stock=0)
    catalog.product(db, "Hose", vendor="B", tags=["z"], category=garden, amount=300, options={"Color": ["Red"]})
    rated = catalog.product(db, "Sofa", amount=900)
    rated.rating_count, rated.rating_sum = 2, 9
    catalog.product(db, "Hidden", vendor="C", is_active=False)
    db.commit()
    return {"garden": garden, "pots": pots}


def test_all_facets_of_all_products(guest: LambdaClient, shop: dict[str, Category]) -> None:
    garden, pots = shop["garden"], shop["pots"]
    assert counted(guest) == {
        "total": 4,
        "approximate": False,
        "categories": [
            {"id": str(garden.id), "slug": garden.slug, "name": "Garden", "count": 3},
            {"id": str(pots.id), "slug": pots.slug, "name": "Pots", "count": 2},
        ],
        "vendors": [{"value": "A", "count": 2}, {"value": "B", "count": 1}],
        "tags": [{"value": "x", "count": 2}, {"value": "y", "count": 1}, {"value": "z", "count": 1}],
        "options": [
            {"name": "Size", "values": [{"value": "S", "count": 2}, {"value": "L", "count": 1}]},
            {"name": "Color", "values": [{"value": "Red", "count": 1}]},
        ],
        "price": {"min_amount": 100, "max_amount": 900},
        "ratings": [{"min": 4, "count": 1}, {"min": 3, "count": 1}, {"min": 2, "count": 1}, {"min": 1, "count": 1}],
        "in_stock": [{"value": True, "count": 3}, {"value": False, "count": 1}],
    }


def test_a_facet_is_counted_without_its_own_filter_and_with_all_others(
    guest: LambdaClient, shop: dict[str, Category]
) -> None:
    found = counted(guest, vendor="A", **{"option.Size": "L"})
    assert found["total"] == 1
    assert found["vendors"] == [{"value": "A", "count": 1}]  # of those with Size L
    assert found["options"] == [{"name": "Size", "values": [{"value": "S", "count": 2}, {"value": "L", "count": 1}]}]
    assert [value["value"] for value in found["tags"]] == ["x", "y"]
    found = counted(guest, price_min=250)
    assert found["price"] == {"min_amount": 100, "max_amount": 900}
    assert found["vendors"] == [{"value": "B", "count": 1}]
    found = counted(guest, category=shop["pots"].slug, in_stock="true")
    assert [category["name"] for category in found["categories"]] == ["Garden", "Pots"]
    assert found["in_stock"] == [{"value": True, "count": 1}, {"value": False, "count": 1}]
    assert counted(guest, category="no-such-category")["total"] == 0


def test_only_the_facets_that_are_asked_for(guest: LambdaClient, shop: dict[str, Category]) -> None:
    assert set(counted(guest, "tags,price")) == {"total", "approximate", "tags", "price"}
    assert set(guest.get(PRODUCTS).json()) == {"items", "next_cursor"}
    assert set(guest.get(PRODUCTS, query={"facets": "false"}).json()) == {"items", "next_cursor"}
    reply = guest.get(PRODUCTS, query={"facets": "tags,colours"})
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "query.facets")


def test_admins_see_the_facets_of_what_is_not_on_sale(admin: LambdaClient, shop: dict[str, Category]) -> None:
    facets.reset()
    found = admin.get("/api/v1/admin/products", query={"facets": "vendors"}).json()["facets"]
    assert (found["total"], found["vendors"][-1]) == (5, {"value": "C", "count": 1})


def test_a_list_with_facets_costs_three_statements_and_for_a_minute_two(
    guest: LambdaClient, shop: dict[str, Category], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"category": shop["garden"].slug, "vendor": "A", "in_stock": "true", "option.Size": "S", "facets": "true"}
    guest.get(PRODUCTS)
    for expected in (3, 2):
        with recorded() as statements:
            assert guest.get(PRODUCTS, query=query).status == 200
        assert len(statements) == expected
    monkeypatch.setattr(facets, "CACHE_SECONDS", 0.0)
    with recorded() as statements:
        guest.get(PRODUCTS, query=query)
    assert len(statements) == 3


@dataclass(frozen=True)
class Drawn:
    """A product of the property test."""

    vendor: str
    tags: frozenset[str]
    amount: int
    stock: int
    sizes: tuple[str, ...]
    stars: int


drawn_products = st.lists(
    st.builds(
        Drawn,
        vendor=st.sampled_from(["A", "B"]),
        tags=st.frozensets(st.sampled_from(["x", "y"])),
        amount=st.integers(1, 3),
        stock=st.integers(0, 1),
        sizes=st.sampled_from([(), ("S",), ("S", "L")]),
        stars=st.integers(0, 5),
    ),
    max_size=8,
)
FILTERS: dict[str, tuple[dict[str, Any], Callable[[Drawn], bool]]] = {
    "vendors": ({"vendor": "A"}, lambda product: product.vendor == "A"),
    "tags": ({"tag": "x"}, lambda product: "x" in product.tags),
    "price": ({"price_max": 2}, lambda product: product.amount <= 2),
    "in_stock": ({"in_stock": "true"}, lambda product: product.stock > 0),
    "options": ({"option.Size": "L"}, lambda product: "L" in product.sizes),
    "ratings": ({"rating_min": 3}, lambda product: product.stars >= 3),
}


@settings(max_examples=15)
@given(products=drawn_products, chosen=st.sets(st.sampled_from(sorted(FILTERS))))
def test_counts_are_those_of_the_products(
    guest: LambdaClient, db: Session, products: list[Drawn], chosen: set[str]
) -> None:
    db.query(Product).delete()
    for number, one in enumerate(products):
        options = {"Size": list(one.sizes)} if one.sizes else None
        made = catalog.product(
            db,
            f"P{number}",
            vendor=one.vendor,
            tags=sorted(one.tags),
            amount=one.amount,
            stock=one.stock,
            options=options,
        )
        made.rating_count, made.rating_sum = (1, one.stars) if one.stars else (0, 0)
    db.commit()
    query = {name: value for facet in chosen for name, value in FILTERS[facet][0].items()}
    found = counted(guest, **query)

    def left(facet: str) -> list[Drawn]:
        return [one for one in products if all(FILTERS[other][1](one) for other in chosen if other != facet)]

    def values(name: str) -> dict[str, int]:
        return {value["value"]: value["count"] for value in found[name]}

    assert found["total"] == len(left("none"))
    assert values("vendors") == Counter(one.vendor for one in left("vendors"))
    assert values("tags") == Counter(tag for one in left("tags") for tag in one.tags)
    sizes = Counter(size for one in left("options") for size in one.sizes)
    assert {v["value"]: v["count"] for option in found["options"] for v in option["values"]} == sizes
    amounts = [one.amount for one in left("price")]
    assert found["price"] == {"min_amount": min(amounts, default=None), "max_amount": max(amounts, default=None)}
    assert [r["count"] for r in found["ratings"]] == [
        sum(one.stars >= stars for one in left("ratings")) for stars in (4, 3, 2, 1)
    ]
    assert [s["count"] for s in found["in_stock"]] == [
        sum(bool(one.stock) is there for one in left("in_stock")) for there in (True, False)
    ]


@pytest.fixture(scope="module")
def many(database_url: str) -> int:
    """More products than are counted one by one."""
    total = 20_000
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("TRUNCATE products, categories CASCADE")
        connection.execute(
            "INSERT INTO products (slug, name, vendor, tags, currency, price_min, price_max, option_names)"
            " SELECT 'p' || n, 'P' || n, 'V' || n %% 4, ARRAY['t' || n %% 100], 'USD', 1 + n %% 7, 9, '{Size}'"
            " FROM generate_series(1, %s) n",
            (total,),
        )
        connection.execute(
            "INSERT INTO variants (product_id, position, option_values, price_amount)"
            " SELECT id, 1, ARRAY['S' || price_min % 2], price_min FROM products"
        )
        connection.execute("INSERT INTO stock_levels (variant_id, on_hand) SELECT id, price_amount % 2 FROM variants")
        for table in ("products", "variants", "stock_levels"):
            connection.execute(f"VACUUM ANALYZE {table}".encode())
    return total


def test_counts_of_many_products_are_estimates(many: int, aws: object) -> None:
    from functions.catalog.handlers.api import handler

    guest = LambdaClient(handler)
    found = counted(guest)
    assert found["approximate"] is True
    assert found["total"] == pytest.approx(many, rel=0.2)
    assert {v["value"]: v["count"] for v in found["vendors"]} == pytest.approx(
        {f"V{n}": many / 4 for n in range(4)}, rel=0.35
    )
    assert len(found["tags"]) == 20
    assert found["price"] == {"min_amount": 1, "max_amount": 7}
    [sizes] = found["options"]
    assert sum(v["count"] for v in sizes["values"]) == pytest.approx(many, rel=0.2)
    found = counted(guest, tag="t7")
    assert (found["total"], found["price"]["min_amount"]) == (many // 100, 1)
    assert [v["count"] for v in found["vendors"]] == [many // 100]


def test_no_facet_reads_all_products(many: int, environment: None) -> None:
    from functions.catalog.repository.facets import _statement
    from shared.clients import database

    text, _ = _statement(("active",), 0, tuple(Facet))
    row = database.connection().execute(b"EXPLAIN (FORMAT JSON) " + text).fetchone()
    assert row is not None
    plan = str(row["QUERY PLAN"])
    assert "ix_products_sample" in plan
