"""Slugs that products and categories had lead to them, until somebody else takes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import ProductSlugHistory
from shared.tables.platform import OutboxEvent
from tests.factories import catalog
from tests.support.lambda_client import LambdaClient

PRODUCTS = "/api/v1/products"
ADMIN = "/api/v1/admin/products"
CATEGORIES = "/api/v1/admin/categories"


def rename(admin: LambdaClient, product_id: Any, slug: str) -> None:
    version = admin.get(f"{ADMIN}/{product_id}").json()["version"]
    reply = admin.patch(f"{ADMIN}/{product_id}", json={"version": version, "slug": slug})
    assert reply.status == 200, reply.body


def create(admin: LambdaClient, slug: str) -> str:
    reply = admin.post(
        ADMIN, json={"name": "Pot", "slug": slug, "currency": "USD", "variants": [{"price_amount": 999}]}
    )
    assert reply.status == 201, reply.body
    made: str = reply.json()["id"]
    return made


def slug_at(guest: LambdaClient, address: str) -> str:
    reply = guest.get(f"{PRODUCTS}/{address}")
    assert reply.status == 200, reply.body
    slug: str = reply.json()["slug"]
    return slug


def changed_products(db: Session) -> list[str]:
    changed = select(OutboxEvent.payload).where(OutboxEvent.type == "ProductChanged").order_by(OutboxEvent.id)
    return [payload["product_id"] for payload in db.scalars(changed)]


def test_every_slug_that_a_product_had_leads_to_it_at_once(admin: LambdaClient, guest: LambdaClient) -> None:
    product = create(admin, "first-pot")
    for slug in ("second-pot", "third-pot"):
        rename(admin, product, slug)
    assert [slug_at(guest, slug) for slug in ("first-pot", "second-pot", "third-pot")] == ["third-pot"] * 3


def test_a_product_that_gets_its_slug_back_has_it_for_itself(
    admin: LambdaClient, guest: LambdaClient, db: Session
) -> None:
    product = create(admin, "first-pot")
    rename(admin, product, "second-pot")
    rename(admin, product, "first-pot")
    assert slug_at(guest, "second-pot") == "first-pot"
    assert db.scalars(select(ProductSlugHistory.slug)).all() == ["second-pot"]


def test_whoever_takes_a_slug_anew_has_it_and_pages_of_before_are_purged(
    admin: LambdaClient, guest: LambdaClient, db: Session
) -> None:
    older = create(admin, "pot")
    rename(admin, older, "old-pot")
    before = len(changed_products(db))
    newer = create(admin, "pot")
    assert guest.get(f"{PRODUCTS}/pot").json()["id"] == newer
    assert sorted(changed_products(db)[before:]) == sorted([older, newer])


def test_a_slug_taken_by_renaming_leads_no_longer_to_the_other_product(
    admin: LambdaClient, guest: LambdaClient
) -> None:
    older, newer = create(admin, "pot"), create(admin, "jug")
    rename(admin, older, "old-pot")
    rename(admin, newer, "pot")
    assert guest.get(f"{PRODUCTS}/pot").json()["id"] == newer
    rename(admin, newer, "new-jug")
    assert [guest.get(f"{PRODUCTS}/{slug}").json()["id"] for slug in ("pot", "jug")] == [newer, newer]


def test_a_deleted_product_is_gone_at_all_of_its_addresses(admin: LambdaClient, guest: LambdaClient) -> None:
    product = create(admin, "pot")
    rename(admin, product, "old-pot")
    assert admin.delete(f"{ADMIN}/{product}").status == 204
    for address in ("pot", "old-pot", product):
        reply = guest.get(f"{PRODUCTS}/{address}")
        assert (reply.status, reply.json()["code"]) == (410, "product_gone"), address
    assert guest.get(f"{PRODUCTS}/no-pot").status == 404
    newer = create(admin, "old-pot")
    assert guest.get(f"{PRODUCTS}/old-pot").json()["id"] == newer


def test_what_is_not_on_sale_is_not_told_to_have_been(admin: LambdaClient, guest: LambdaClient, db: Session) -> None:
    hidden = catalog.product(db, is_active=False)
    slug = hidden.slug
    rename(admin, hidden.id, "draft")
    assert guest.get(f"{PRODUCTS}/{slug}").status == 404
    assert admin.delete(f"{ADMIN}/{hidden.id}").status == 204
    assert guest.get(f"{PRODUCTS}/draft").status == 404


def test_what_is_kept_at_a_slug_of_before_is_purged_with_the_product(admin: LambdaClient, guest: LambdaClient) -> None:
    product = create(admin, "first-pot")
    rename(admin, product, "second-pot")
    reply = guest.get(f"{PRODUCTS}/first-pot")
    assert f"product:{product}" in reply.headers["cache-tag"]


@pytest.fixture
def garden(admin: LambdaClient) -> dict[str, Any]:
    reply = admin.post(CATEGORIES, json={"name": "Garden", "slug": "garden"})
    assert reply.status == 201, reply.body
    made: dict[str, Any] = reply.json()
    return made


def move(admin: LambdaClient, category_id: str, slug: str) -> None:
    stored = admin.get(f"{CATEGORIES}/{category_id}").json()
    body = {name: stored[name] for name in ("name", "parent_id", "position", "version")} | {"slug": slug}
    assert admin.put(f"{CATEGORIES}/{category_id}", json=body).status == 200


def test_a_category_is_known_by_the_slugs_that_it_had(
    admin: LambdaClient, guest: LambdaClient, db: Session, garden: dict[str, Any]
) -> None:
    for slug in ("yard", "outdoors"):
        move(admin, garden["id"], slug)
    below = catalog.product(db, "Pot", category=catalog.category(db, "Pots"))
    pots = below.category_id
    assert pots is not None
    version = admin.get(f"{CATEGORIES}/{pots}").json()["version"]
    body = {"name": "Pots", "parent_id": garden["id"], "position": 0, "version": version}
    assert admin.put(f"{CATEGORIES}/{pots}", json=body).status == 200
    [node] = guest.get("/api/v1/categories").json()["items"]
    assert (node["slug"], node["former_slugs"]) == ("outdoors", ["garden", "yard"])
    for slug in ("garden", "yard", "outdoors"):
        found = guest.get(PRODUCTS, query={"category": slug}).json()["items"]
        assert [UUID(item["id"]) for item in found] == [below.id], slug
    assert guest.get(PRODUCTS, query={"category": "nowhere"}).json()["items"] == []


def test_a_new_category_takes_a_slug_of_before(
    admin: LambdaClient, guest: LambdaClient, garden: dict[str, Any]
) -> None:
    move(admin, garden["id"], "yard")
    assert admin.post(CATEGORIES, json={"name": "Garden", "slug": "garden"}).status == 201
    nodes = {node["slug"]: node["former_slugs"] for node in guest.get("/api/v1/categories").json()["items"]}
    assert nodes == {"garden": [], "yard": []}
    move(admin, garden["id"], "courtyard")
    assert admin.delete(f"{CATEGORIES}/{garden['id']}").status == 204, "its slugs of before go with it"


def test_lists_say_when_a_page_was_written_last(admin: LambdaClient, guest: LambdaClient) -> None:
    product = create(admin, "pot")
    [listed] = guest.get(PRODUCTS, query={"fields": "slug,updated_at"}).json()["items"]
    assert listed["updated_at"] == guest.get(f"{PRODUCTS}/{product}").json()["updated_at"]
