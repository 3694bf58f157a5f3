"""The public catalogue: lists, single products."""

from __future__ import annotations

import json
import uuid
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Category, StockLevel
from tests.factories import catalog
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT
from tests.support.statements import recorded

PRODUCTS = "/api/v1/products"

FROM_ELSEWHERE: dict[str, Any] = {"blurhash": None, "width": None, "height": None, "variants": []}
"""What is known of an image that was not uploaded here."""


def names(guest: LambdaClient, **query: Any) -> list[str]:
    reply = guest.get(PRODUCTS, query=query)
    assert reply.status == 200, reply.body
    return [item["name"] for item in reply.json()["items"]]


def test_the_gateways_event_is_answered(guest: LambdaClient, db: Session) -> None:
    catalog.product(db, "Pot")
    answer = guest.handler(json.loads((ROOT / "events/catalog/api.json").read_text()), Context())
    assert answer["statusCode"] == 200
    assert [item["name"] for item in json.loads(answer["body"])["items"]] == ["Pot"]


def test_a_listed_product_shows_what_a_shopper_chooses_by(guest: LambdaClient, db: Session) -> None:
    product = catalog.product(db, "Pot", amount=999, vendor="Company 123", options={"Size": ["S", "L"]})
    large = catalog.variants(db, product)[1]
    large.price_amount, large.compare_at_amount, product.price_max = 1599, 1999, 1599
    catalog.variants(db, product)[0].compare_at_amount = 1200
    db.commit()
    assert guest.get(PRODUCTS).json()["items"] == [
        {
            "id": str(product.id),
            "slug": product.slug,
            "name": "Pot",
            "vendor": "Company 123",
            "currency": "USD",
            "price_min_amount": 999,
            "price_max_amount": 1599,
            "compare_at_amount": 1200,
            "image": {"url": "https://images.example.com/pot.jpg", "alt": "Pot", **FROM_ELSEWHERE},
            "in_stock": True,
            "rating_average": None,
            "rating_count": 0,
            "updated_at": guest.get(f"{PRODUCTS}/{product.id}").json()["updated_at"],
        }
    ]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["Apple", "Cherry", "Banana"]),
        ("price", ["Banana", "Apple", "Cherry"]),
        ("-price", ["Cherry", "Apple", "Banana"]),
        ("name", ["Apple", "Banana", "Cherry"]),
    ],
)
def test_lists_come_in_the_order_asked_for(guest: LambdaClient, db: Session, sort: str, expected: list[str]) -> None:
    for name, amount in (("Banana", 100), ("Cherry", 300), ("Apple", 200)):
        catalog.product(db, name, amount=amount)
    assert names(guest, sort=sort) == expected


def test_a_category_includes_those_below_it(guest: LambdaClient, db: Session) -> None:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    clay = catalog.category(db, "Clay", parent=pots)
    catalog.product(db, "Hose", category=garden)
    catalog.product(db, "Clay Pot", category=clay)
    catalog.product(db, "Sofa", category=catalog.category(db, "Indoor"))
    assert names(guest, category=garden.slug, sort="name") == ["Clay Pot", "Hose"]
    assert names(guest, category=pots.slug) == ["Clay Pot"]
    assert names(guest, category="no-such-category") == []


def test_prices_filter_from_and_to(guest: LambdaClient, db: Session) -> None:
    for amount in (100, 200, 300):
        catalog.product(db, str(amount), amount=amount)
    assert names(guest, price_min=200, sort="price") == ["200", "300"]
    assert names(guest, price_max=200, sort="price") == ["100", "200"]
    assert names(guest, price_min=150, price_max=250) == ["200"]


def test_stock_counts_what_is_not_reserved_and_what_may_be_backordered(guest: LambdaClient, db: Session) -> None:
    catalog.product(db, "Plenty", stock=3)
    catalog.product(db, "None", stock=0)
    for name, reserved, backorder in (("Reserved", 3, False), ("Backorder", 3, True)):
        variant = catalog.variants(db, catalog.product(db, name, stock=3))[0]
        level = db.get_one(StockLevel, variant.id)
        level.reserved, level.allow_backorder = reserved, backorder
    db.commit()
    assert names(guest, in_stock="true", sort="name") == ["Backorder", "Plenty"]
    assert names(guest, in_stock="false", sort="name") == ["None", "Reserved"]


def rated(db: Session, name: str, *stars: int) -> None:
    product = catalog.product(db, name)
    product.rating_count, product.rating_sum = len(stars), sum(stars)
    db.commit()


def test_ratings_filter_and_sort_by_their_average_then_by_their_number(guest: LambdaClient, db: Session) -> None:
    rated(db, "Unrated")
    rated(db, "Good", 5, 4)
    rated(db, "Better", 5, 5, 5, 5, 5, 5, 4)
    rated(db, "Best", 5)
    rated(db, "Best of many", 5, 5)
    assert names(guest, sort="rating") == ["Best of many", "Best", "Better", "Good", "Unrated"]
    assert names(guest, sort="rating", rating_min=4.5) == ["Best of many", "Best", "Better", "Good"]
    assert names(guest, sort="rating", rating_min=4.51) == ["Best of many", "Best", "Better"]
    shown = {item["name"]: item for item in guest.get(PRODUCTS).json()["items"]}
    assert (shown["Better"]["rating_average"], shown["Better"]["rating_count"]) == (4.86, 7)
    assert (shown["Unrated"]["rating_average"], shown["Unrated"]["rating_count"]) == (None, 0)


def test_the_popular_come_first(guest: LambdaClient, db: Session) -> None:
    for name, sold in (("Some", 3), ("None", 0), ("Many", 70)):
        catalog.product(db, name).sold_count = sold
    db.commit()
    assert names(guest, sort="popular") == ["Many", "Some", "None"]


def test_vendor_and_tag_match_exactly(guest: LambdaClient, db: Session) -> None:
    catalog.product(db, "Pot", vendor="Company 123", tags=["Pot", "Plants"])
    catalog.product(db, "Sofa", vendor="Company 12", tags=["Couch"])
    assert names(guest, vendor="Company 123") == ["Pot"]
    assert names(guest, tag="Plants") == ["Pot"]
    assert names(guest, tag="plants") == []
    assert names(guest, tag="%") == []


def test_options_must_be_met_by_one_variant(guest: LambdaClient, db: Session) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M"]})
    shirt.option_names = ["Size", "Color"]
    small, medium = catalog.variants(db, shirt)
    small.option_values, medium.option_values = ["S", "Red"], ["M", "Blue"]
    catalog.product(db, "Mug", options={"Color": ["S", "Red"]})
    db.commit()
    assert names(guest, **{"option.Size": "S"}) == ["Shirt"]
    assert names(guest, **{"option.Size": "S", "option.Color": "Red"}) == ["Shirt"]
    assert names(guest, **{"option.Size": "S", "option.Color": "Blue"}) == []
    assert names(guest, **{"option.Color": "Red"}, sort="name") == ["Mug", "Shirt"]


def test_deleted_variants_meet_no_filter(guest: LambdaClient, db: Session) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M"]})
    catalog.variants(db, shirt)[1].deleted_at = shirt.created_at
    db.commit()
    assert names(guest, **{"option.Size": "M"}) == []
    assert [option["values"] for option in guest.get(f"{PRODUCTS}/{shirt.id}").json()["options"]] == [["S"]]


@pytest.mark.parametrize(
    "query",
    [
        {"price_min": "-1"},
        {"price_max": "99999999999999999999"},
        {"sort": "popularity"},
        {"in_stock": "perhaps"},
        {"rating_min": "0"},
        {"rating_min": "nan"},
        {"vendor": "x" * 256},
        {"option.": "x"},
        {"option.Size": ""},
        {"option.a": "1", "option.b": "1", "option.c": "1", "option.d": "1"},
        {"option.Size": ["S", "M"]},
        {"fields": "id,version"},
    ],
)
def test_a_bad_filter_is_refused_by_name(guest: LambdaClient, query: dict[str, Any]) -> None:
    reply = guest.get(PRODUCTS, query=query)
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")
    assert reply.json()["errors"][0]["field"].startswith("query.")


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", "%s", "{0}", "\\", "'; DROP TABLE products; --", "%(limit)s"])
def test_filters_are_values_never_sql(guest: LambdaClient, db: Session, hostile: str) -> None:
    catalog.product(db, "Pot")
    for query in ({"vendor": hostile}, {"tag": hostile}, {"category": hostile}, {f"option.{hostile}": hostile}):
        assert names(guest, **query) == []
    assert guest.get(f"{PRODUCTS}/x", query={"fields": hostile}).status in (404, 422)
    assert names(guest) == ["Pot"]


def test_a_cursor_fits_only_its_own_list(guest: LambdaClient, admin: LambdaClient, db: Session) -> None:
    for number in range(3):
        catalog.product(db, f"Pot {number}", tags=["a"])
    cursor = guest.get(PRODUCTS, query={"limit": 1, "tag": "a"}).json()["next_cursor"]
    assert guest.get(PRODUCTS, query={"limit": 1, "tag": "a", "cursor": cursor}).status == 200
    for query in ({}, {"tag": "b"}, {"tag": "a", "sort": "price"}, {"tag": "a", "vendor": ""}):
        reply = guest.get(PRODUCTS, query={"limit": 1, "cursor": cursor, **query})
        assert (reply.status, reply.json()["code"]) == (400, "invalid_cursor")
    assert admin.get("/api/v1/admin/products", query={"limit": 1, "tag": "a", "cursor": cursor}).status == 400


def test_a_list_costs_one_statement_and_with_a_category_two(guest: LambdaClient, db: Session) -> None:
    garden = catalog.category(db)
    for number in range(5):
        catalog.product(db, f"Pot {number}", category=garden)
    slug = garden.slug
    guest.get(PRODUCTS)
    with recorded() as statements:
        assert len(names(guest, vendor="", in_stock="true", sort="price")) == 5
    assert len(statements) == 1
    with recorded() as statements:
        assert len(names(guest, category=slug)) == 5
    assert len(statements) == 2


def test_a_product_page_shows_everything_in_one_statement(guest: LambdaClient, db: Session) -> None:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    product = catalog.product(db, "Pot", category=pots, options={"Size": ["S", "L"]}, stock=20)
    small, large = catalog.variants(db, product)
    db.get_one(StockLevel, large.id).reserved = 18
    db.commit()
    slug = product.slug
    guest.get(PRODUCTS)
    with recorded() as statements:
        page = guest.get(f"{PRODUCTS}/{slug}").json()
    assert len(statements) == 1
    assert page["id"] == str(product.id)
    assert [crumb["slug"] for crumb in page["categories"]] == [garden.slug, pots.slug]
    assert page["options"] == [{"name": "Size", "values": ["S", "L"]}]
    assert page["images"] == [{"url": "https://images.example.com/pot.jpg", "alt": "Pot", **FROM_ELSEWHERE}]
    assert [(v["id"], v["stock_state"], v["available"]) for v in page["variants"]] == [
        (str(small.id), "in_stock", None),
        (str(large.id), "low", 2),
    ]
    assert page["created_at"].endswith("Z")
    assert guest.get(f"{PRODUCTS}/{product.id}").json() == page


def test_how_many_are_left_is_told_only_when_they_are_few(guest: LambdaClient, db: Session) -> None:
    def state(stock: int, *, backorder: bool = False) -> tuple[str, int | None]:
        product = catalog.product(db, stock=stock)
        db.get_one(StockLevel, catalog.variants(db, product)[0].id).allow_backorder = backorder
        db.commit()
        page = guest.get(f"{PRODUCTS}/{product.id}").json()
        assert page["in_stock"] == (page["variants"][0]["stock_state"] != "out")
        return page["variants"][0]["stock_state"], page["variants"][0]["available"]

    assert state(6) == ("in_stock", None)
    assert state(5) == ("low", 5)
    assert state(0) == ("out", 0)
    assert state(0, backorder=True) == ("in_stock", None)


def test_what_is_not_on_sale_is_404_to_the_public(guest: LambdaClient, db: Session) -> None:
    hidden = catalog.product(db, "Hidden", is_active=False)
    for address in (hidden.id, hidden.slug, uuid.uuid4(), "no-such-slug", "x" * 600, "a b"):
        reply = guest.get(f"{PRODUCTS}/{address}")
        assert (reply.status, reply.json()["code"]) == (404, "product_not_found")
    assert names(guest) == []


def test_public_answers_are_cached_and_pruned(guest: LambdaClient, db: Session) -> None:
    product = catalog.product(db, "Pot")
    for path in (PRODUCTS, f"{PRODUCTS}/{product.id}", "/api/v1/categories"):
        first = guest.get(path)
        assert first.headers["cache-control"].startswith("public, max-age=")
        assert guest.get(path, headers={"If-None-Match": first.headers["etag"]}).status == 304
    assert guest.get(f"{PRODUCTS}?fields=name").json()["items"] == [{"name": "Pot"}]
    assert guest.get(f"{PRODUCTS}/{product.id}?fields=slug").json() == {"slug": product.slug}
    etag = guest.get(PRODUCTS).headers["etag"]
    product.name = "Jug"
    db.commit()
    assert guest.get(PRODUCTS, headers={"If-None-Match": etag}).status == 200


def test_the_category_tree_counts_products_below(guest: LambdaClient, db: Session) -> None:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    catalog.category(db, "Empty")
    catalog.product(db, "Hose", category=garden)
    catalog.product(db, "Pot", category=pots)
    catalog.product(db, "Hidden", category=pots, is_active=False)
    tree = guest.get("/api/v1/categories").json()["items"]
    assert [(node["name"], node["product_count"]) for node in tree] == [("Empty", 0), ("Garden", 2)]
    assert tree[1]["children"] == [
        {
            "id": str(pots.id),
            "name": "Pots",
            "slug": pots.slug,
            "former_slugs": [],
            "updated_at": pots.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "product_count": 1,
            "children": [],
        }
    ]


def test_a_deep_tree_costs_one_statement(guest: LambdaClient, db: Session) -> None:
    parent: Category | None = None
    for number in range(40):
        parent = catalog.category(db, f"Level{number}", parent=parent)
    catalog.product(db, category=parent)
    guest.get("/api/v1/categories")
    with recorded() as statements:
        nodes = guest.get("/api/v1/categories").json()["items"]
    assert len(statements) == 1
    depth = 0
    while nodes:
        assert (nodes[0]["name"], nodes[0]["product_count"]) == (f"Level{depth}", 1)
        nodes, depth = nodes[0]["children"], depth + 1
    assert depth == 40


def test_a_cycle_of_categories_hangs_nothing(guest: LambdaClient, db: Session) -> None:
    first = catalog.category(db, "First")
    second = catalog.category(db, "Second", parent=first)
    product = catalog.product(db, category=second)
    first.parent_id = second.id
    db.commit()
    assert guest.get("/api/v1/categories").status == 200
    assert guest.get(f"{PRODUCTS}/{product.id}").status == 200
    assert names(guest, category=first.slug) == [product.name]


@pytest.mark.parametrize(
    ("path", "allowed"), [(PRODUCTS, "GET"), (f"{PRODUCTS}/x", "GET"), ("/api/v1/admin/products", "GET, POST")]
)
def test_a_wrong_method_says_what_is_allowed(guest: LambdaClient, path: str, allowed: str) -> None:
    reply = guest.request("TRACE", path)
    assert reply.status == 405
    assert set(allowed.split(", ")) <= set(reply.headers["allow"].split(", "))
