"""The tree of categories, as admins change it."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Category, Product
from tests.factories import catalog
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

CATEGORIES = "/api/v1/admin/categories"


def made(admin: LambdaClient, name: str = "Garden", **values: Any) -> dict[str, Any]:
    reply = admin.post(CATEGORIES, json={"name": name, **values})
    assert reply.status == 201, reply.body
    found: dict[str, Any] = reply.json()
    return found


def move(admin: LambdaClient, category: dict[str, Any], parent: dict[str, Any] | None) -> Answer:
    current = admin.get(f"{CATEGORIES}/{category['id']}").json()
    body = {name: current[name] for name in ("version", "name", "position")}
    return admin.put(
        f"{CATEGORIES}/{category['id']}", json={**body, "parent_id": parent["id"] if parent is not None else None}
    )


def tree(guest: LambdaClient) -> Any:
    def shape(nodes: list[dict[str, Any]]) -> dict[str, Any]:
        return {node["name"]: shape(node["children"]) for node in nodes}

    return shape(guest.get("/api/v1/categories").json()["items"])


def test_a_category_is_made_read_moved_and_deleted(admin: LambdaClient, guest: LambdaClient) -> None:
    garden = made(admin, "Garden", position=2)
    reply = admin.post(CATEGORIES, json={"name": "Pots & Jugs", "parent_id": garden["id"]})
    pots = reply.json()
    assert reply.headers["location"] == f"{CATEGORIES}/{pots['id']}"
    assert (pots["slug"], pots["version"], pots["parent_id"], pots["position"]) == ("pots-jugs", 1, garden["id"], 0)
    assert admin.get(f"{CATEGORIES}/{pots['id']}").json() == pots
    assert tree(guest) == {"Garden": {"Pots & Jugs": {}}}
    moved = move(admin, pots, None).json()
    assert (moved["version"], moved["parent_id"], moved["slug"]) == (2, None, "pots-jugs")
    assert list(tree(guest)) == ["Pots & Jugs", "Garden"]
    assert admin.delete(f"{CATEGORIES}/{garden['id']}").status == 204
    assert tree(guest) == {"Pots & Jugs": {}}


def test_a_put_that_changes_nothing_leaves_the_version(admin: LambdaClient) -> None:
    assert move(admin, made(admin), None).json()["version"] == 1


def test_what_stands_below_moves_along(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    root, garden = made(admin, "Root"), made(admin, "Garden")
    pots = made(admin, "Pots", parent_id=garden["id"])
    catalog.product(db, "Pot", category=db.get_one(Category, uuid.UUID(pots["id"])))
    assert move(admin, garden, root).status == 200
    assert tree(guest) == {"Root": {"Garden": {"Pots": {}}}}
    listed = guest.get("/api/v1/products", query={"category": "root"}).json()["items"]
    assert [item["name"] for item in listed] == ["Pot"]


def test_a_slug_belongs_to_one_category(admin: LambdaClient) -> None:
    first = made(admin, "Garden", slug="garten")
    second = made(admin, "Garden")
    third = made(admin, "Garden")
    assert (first["slug"], second["slug"]) == ("garten", "garden")
    assert third["slug"].startswith("garden-")
    reply = admin.post(CATEGORIES, json={"name": "X", "slug": "garden"})
    assert (reply.status, reply.json()["code"]) == (409, "slug_taken")
    body = {"version": 1, "name": "X", "slug": "garden", "parent_id": None, "position": 0}
    reply = admin.put(f"{CATEGORIES}/{first['id']}", json=body)
    assert (reply.status, reply.json()["code"]) == (409, "slug_taken")


def test_a_cycle_is_refused(admin: LambdaClient, guest: LambdaClient) -> None:
    a = made(admin, "A")
    b = made(admin, "B", parent_id=a["id"])
    c = made(admin, "C", parent_id=b["id"])
    for below in (a, b, c):
        reply = move(admin, a, below)
        assert (reply.status, reply.json()["code"]) == (409, "category_cycle")
    assert tree(guest) == {"A": {"B": {"C": {}}}}


def test_two_moves_at_once_make_no_cycle(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    ids = [made(admin, f"C{number}")["id"] for number in range(4)]

    def act(number: int) -> int:
        """Each below the next, the last below the first."""
        body = {"version": 1, "name": f"C{number}", "position": 0, "parent_id": ids[(number + 1) % 4]}
        return admin.put(f"{CATEGORIES}/{ids[number]}", json=body).status

    assert sorted(at_once(4, act)) == [200, 200, 200, 409]
    [root] = tree(guest).values()
    assert str(root).count("C") == 3


def test_categories_go_ten_levels_deep(admin: LambdaClient) -> None:
    line = [made(admin, "L1")]
    for level in range(2, 11):
        line.append(made(admin, f"L{level}", parent_id=line[-1]["id"]))
    reply = admin.post(CATEGORIES, json={"name": "L11", "parent_id": line[-1]["id"]})
    assert (reply.status, reply.json()["code"]) == (409, "category_too_deep")
    pair = made(admin, "P1")
    made(admin, "P2", parent_id=pair["id"])
    assert move(admin, pair, line[7]).status == 200
    assert move(admin, pair, line[8]).json()["code"] == "category_too_deep"


def test_only_an_empty_category_is_deleted(admin: LambdaClient, db: Session) -> None:
    garden = made(admin, "Garden")
    pots = made(admin, "Pots", parent_id=garden["id"])
    product = catalog.product(db, category=db.get_one(Category, uuid.UUID(pots["id"])), is_active=False)
    for category in (garden, pots):
        reply = admin.delete(f"{CATEGORIES}/{category['id']}")
        assert (reply.status, reply.json()["code"]) == (409, "category_not_empty")
    assert admin.delete(f"/api/v1/admin/products/{product.id}").status == 204
    assert admin.delete(f"{CATEGORIES}/{pots['id']}", query={"version": 7}).json()["code"] == "version_conflict"
    assert admin.delete(f"{CATEGORIES}/{pots['id']}", query={"version": 1}).status == 204
    db.rollback()
    assert db.get_one(Product, product.id).category_id is None


def test_no_product_comes_into_a_category_that_is_being_deleted(admin: LambdaClient, db: Session) -> None:
    category = made(admin)
    new = {"name": "Pot", "currency": "USD", "category_id": category["id"], "variants": [{"price_amount": 1}]}

    def act(number: int) -> int:
        if number == 0:
            return admin.delete(f"{CATEGORIES}/{category['id']}").status
        return admin.post("/api/v1/admin/products", json=new).status

    deleted, *created = at_once(4, act)
    db.rollback()
    products = db.query(Product).count()
    assert (deleted, created, products) in [(204, [422] * 3, 0), (409, [201] * 3, 3)] or (
        deleted == 409 and products == created.count(201) > 0
    )
    assert db.query(Category).count() == (0 if deleted == 204 else 1)


def test_a_stale_version_is_refused(admin: LambdaClient) -> None:
    category = made(admin)
    body = {"version": 1, "name": "Yard", "parent_id": None, "position": 0}
    assert admin.put(f"{CATEGORIES}/{category['id']}", json=body).json()["version"] == 2
    reply = admin.put(f"{CATEGORIES}/{category['id']}", json={**body, "name": "Lawn"})
    assert (reply.status, reply.json()["code"]) == (409, "version_conflict")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 201},
        {"name": "x", "slug": "a b"},
        {"name": "x", "slug": "search"},
        {"name": "x", "parent_id": str(uuid.uuid4())},
        {"name": "x", "position": -1},
        {"name": "x", "id": str(uuid.uuid4())},
        {"name": "x\x00"},
    ],
)
def test_what_is_not_valid_is_refused_by_name(admin: LambdaClient, body: dict[str, Any]) -> None:
    reply = admin.post(CATEGORIES, json=body)
    assert reply.status == 422
    assert reply.json()["errors"][0]["field"].startswith("body")


def test_an_unknown_category_is_404(admin: LambdaClient) -> None:
    body = {"version": 1, "name": "x", "parent_id": None, "position": 0}
    for category in (uuid.uuid4(), "garden"):
        for reply in (
            admin.get(f"{CATEGORIES}/{category}"),
            admin.put(f"{CATEGORIES}/{category}", json=body),
            admin.delete(f"{CATEGORIES}/{category}"),
        ):
            assert (reply.status, reply.json()["code"]) == (404, "category_not_found")


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_whatever_is_moved_the_tree_stays_a_tree(
    admin: LambdaClient, guest: LambdaClient, db: Session, seed: int
) -> None:
    db.query(Category).update({"parent_id": None})
    db.query(Category).delete()
    db.commit()
    chance = random.Random(seed)
    nodes = [made(admin, f"N{number}") for number in range(5)]
    for _ in range(12):
        assert move(admin, chance.choice(nodes), chance.choice([*nodes, None])).status in (200, 409)
    assert str(tree(guest)).count("N") == 5
