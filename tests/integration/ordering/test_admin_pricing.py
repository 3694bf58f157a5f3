"""Administrators keep coupons, shipping zones and rates, and tax rates."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import catalog, identity, pricing
from tests.factories.ordering import Shopper, variant
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

COUPON: dict[str, Any] = {"code": "spring-10", "kind": "percentage", "percent_basis_points": 1000}
ZONE: dict[str, Any] = {"name": "Germany", "countries": ["DE"]}
RATE: dict[str, Any] = {"name": "Standard", "kind": "flat", "currency": "USD", "amount": 490}
TAX: dict[str, Any] = {"name": "MwSt.", "country": "DE", "rate_basis_points": 1900, "prices_include_tax": True}


@pytest.fixture
def administrator(db: Session) -> User:
    return identity.user(db, Role.ADMIN)


@pytest.fixture
def admin(api: LambdaClient, administrator: User, signing_key: TestSigningKey) -> Shopper:
    return Shopper(api).signed_in(signing_key.authorization(administrator))


def in_a_zone(admin: Shopper) -> str:
    zone_id = admin.send("POST", "/admin/shipping/zones", json=ZONE).json()["id"]
    return f"/admin/shipping/zones/{zone_id}/rates"


def collection(kind: str, admin: Shopper) -> tuple[str, dict[str, Any]]:
    return {
        "coupon": lambda: ("/admin/coupons", COUPON),
        "zone": lambda: ("/admin/shipping/zones", ZONE),
        "rate": lambda: (in_a_zone(admin), RATE),
        "tax": lambda: ("/admin/tax/rates", TAX),
    }[kind]()


each_kind = pytest.mark.parametrize("kind", ["coupon", "zone", "rate", "tax"])


@each_kind
def test_what_is_created_is_read_replaced_and_deleted(kind: str, admin: Shopper) -> None:
    path, body = collection(kind, admin)
    created = admin.send("POST", path, json=body)
    assert created.status == 201
    document = created.json()
    own = f"{path}/{document['id']}"
    assert created.headers["location"] == f"/api/v1{own}"
    assert document["version"] == 1
    assert admin.send("GET", own).json() == document
    assert admin.send("GET", path).json() == {"items": [document], "next_cursor": None}
    assert admin.send("GET", f"{own}?fields=id,version").json() == {"id": document["id"], "version": 1}

    replaced = admin.send("PUT", own, json={**body, "is_active": False, "version": 1})
    assert replaced.status == 200
    assert (replaced.json()["is_active"], replaced.json()["version"]) == (False, 2)
    assert replaced.json()["updated_at"] > document["updated_at"]
    stale = admin.send("PUT", own, json={**body, "version": 1})
    assert (stale.status, stale.json()["code"], stale.json()["version"]) == (409, "version_conflict", 2)

    assert admin.send("DELETE", f"{own}?version=1").json()["code"] == "version_conflict"
    assert admin.send("DELETE", own).status == 204
    assert [admin.send(method, own).status for method in ("GET", "DELETE")] == [404, 404]
    assert admin.send("PUT", own, json={**body, "version": 2}).status == 404
    assert admin.send("GET", path).json()["items"] == []


@each_kind
def test_lists_go_from_page_to_page_newest_first(kind: str, admin: Shopper) -> None:
    path, body = collection(kind, admin)
    countries = ["DE", "FR", "NL"]
    ids = [
        admin.send("POST", path, json={**body, **_different(kind, number, countries)}).json()["id"]
        for number in range(3)
    ]
    first = admin.send("GET", path, query={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == ids[:0:-1]
    second = admin.send("GET", path, query={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert ([item["id"] for item in second["items"]], second["next_cursor"]) == (ids[:1], None)
    foreign = admin.send("GET", "/orders", query={"cursor": first["next_cursor"]})
    assert (foreign.status, foreign.json()["code"]) == (400, "invalid_cursor")


def _different(kind: str, number: int, countries: list[str]) -> dict[str, Any]:
    return {"coupon": {"code": f"CODE{number}"}, "tax": {"country": countries[number]}}.get(kind, {})


@each_kind
def test_who_changed_what_is_kept(kind: str, admin: Shopper, administrator: User, db: Session) -> None:
    path, body = collection(kind, admin)
    document = admin.send("POST", path, json=body).json()
    admin.send("PUT", f"{path}/{document['id']}", json={**body, "is_active": False, "version": 1})
    admin.send("DELETE", f"{path}/{document['id']}")
    entries = db.query(AuditEntry).filter_by(subject_id=document["id"]).order_by(AuditEntry.id).all()
    assert [entry.action.partition(".")[2] for entry in entries] == ["created", "changed", "deleted"]
    assert {entry.actor_id for entry in entries} == {administrator.id}
    assert [entry.changes["is_active"] for entry in entries] == [[None, True], [True, False], [False, None]]
    assert entries[1].changes == {"is_active": [True, False]}


def test_a_code_is_one_coupons_whatever_its_case_until_that_is_deleted(admin: Shopper) -> None:
    coupon = admin.send("POST", "/admin/coupons", json=COUPON).json()
    assert coupon["code"] == "SPRING-10"
    taken = admin.send("POST", "/admin/coupons", json={**COUPON, "code": "Spring-10"})
    assert (taken.status, taken.json()["code"]) == (409, "coupon_code_taken")
    other = admin.send("POST", "/admin/coupons", json={**COUPON, "code": "OTHER"}).json()
    replaced = admin.send("PUT", f"/admin/coupons/{other['id']}", json={**COUPON, "version": 1})
    assert (replaced.status, replaced.json()["code"]) == (409, "coupon_code_taken")
    admin.send("DELETE", f"/admin/coupons/{coupon['id']}")
    assert admin.send("POST", "/admin/coupons", json=COUPON).status == 201


def test_coupons_are_found_by_code_and_by_whether_they_are_active(admin: Shopper, db: Session) -> None:
    pricing.coupon(db, "ONE")
    pricing.coupon(db, "TWO", is_active=False)

    def found(**query: Any) -> list[str]:
        return [coupon["code"] for coupon in admin.send("GET", "/admin/coupons", query=query).json()["items"]]

    assert found() == ["TWO", "ONE"]
    assert (found(code="one"), found(code="three"), found(active="false")) == (["ONE"], [], ["TWO"])


def test_a_coupon_tells_how_often_it_is_used_and_a_use_moves_no_version(
    admin: Shopper, guest: Shopper, db: Session
) -> None:
    coupon = admin.send("POST", "/admin/coupons", json=COUPON).json()
    guest.add(variant(db))
    guest.send("POST", "/cart/coupons", json={"code": "SPRING-10"})
    guest.check_out()
    shown = admin.send("GET", f"/admin/coupons/{coupon['id']}").json()
    assert shown == coupon | {"redeemed_count": 1}


@pytest.mark.parametrize(
    "terms",
    [
        {"percent_basis_points": None},
        {"percent_basis_points": 0},
        {"percent_basis_points": 10_001},
        {"amount": 500, "currency": "USD"},
        {"kind": "fixed", "percent_basis_points": None, "amount": 500},
        {"kind": "fixed", "percent_basis_points": None, "amount": -500, "currency": "USD"},
        {"kind": "buy_x_get_y", "percent_basis_points": None, "buy_quantity": 2},
        {"kind": "free_shipping"},
        {"kind": "gift"},
        {"minimum_subtotal_amount": 1000},
        {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"},
        {"starts_at": "2026-02-01T00:00:00"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"ends_at": "9999-12-31T23:59:59-14:00"},
        {"total_limit": 0},
        {"code": "A"},
        {"code": "WITH SPACE"},
        {"redeemed_count": 5},
        {"category_ids": [str(uuid.UUID(int=1))]},
        {"product_ids": [str(uuid.UUID(int=1))]},
    ],
)
def test_a_coupon_that_makes_no_sense_is_refused(terms: dict[str, Any], admin: Shopper) -> None:
    reply = admin.send("POST", "/admin/coupons", json={**COUPON, **terms})
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")


def test_a_coupon_is_for_categories_and_products_that_exist(admin: Shopper, db: Session) -> None:
    category = catalog.category(db)
    product = catalog.product(db)
    terms = {**COUPON, "category_ids": [str(category.id)], "product_ids": [str(product.id)]}
    assert admin.send("POST", "/admin/coupons", json=terms).json()["category_ids"] == [str(category.id)]
    wrong = admin.send("POST", "/admin/coupons", json={**terms, "code": "X-2", "product_ids": [str(category.id)]})
    assert wrong.json()["errors"][0]["field"] == "body.product_ids"


@pytest.mark.parametrize(
    "fields",
    [
        {"countries": []},
        {"countries": ["XX"]},
        {"countries": ["DE", "*"]},
        {"countries": ["DE", "FR"], "regions": ["BY"]},
        {"countries": ["*"], "postal_prefixes": ["1"]},
        {"name": ""},
    ],
)
def test_a_zone_that_is_no_place_is_refused(fields: dict[str, Any], admin: Shopper) -> None:
    assert admin.send("POST", "/admin/shipping/zones", json={**ZONE, **fields}).status == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None},
        {"amount": -1},
        {"bands": [{"up_to": None, "amount": 1}]},
        {"kind": "by_weight", "amount": None},
        {"kind": "by_weight", "bands": [{"up_to": None, "amount": 1}]},
        {"kind": "by_weight", "amount": None, "bands": [{"up_to": 2, "amount": 1}, {"up_to": 1, "amount": 1}]},
        {"kind": "by_weight", "amount": None, "bands": [{"up_to": None, "amount": 1}, {"up_to": 1, "amount": 1}]},
        {"min_days": 3, "max_days": 1},
        {"currency": "usd"},
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(fields: dict[str, Any], admin: Shopper) -> None:
    assert admin.send("POST", in_a_zone(admin), json={**RATE, **fields}).status == 422


def test_a_rate_belongs_to_its_zone(admin: Shopper) -> None:
    mine, other = in_a_zone(admin), in_a_zone(admin)
    rate_id = admin.send("POST", mine, json=RATE).json()["id"]
    assert admin.send("GET", f"{other}/{rate_id}").json()["code"] == "shipping_rate_not_found"
    assert admin.send("DELETE", f"{other}/{rate_id}").status == 404
    nowhere = f"/admin/shipping/zones/{uuid.uuid4()}/rates"
    assert [admin.send("GET", nowhere).status, admin.send("POST", nowhere, json=RATE).status] == [404, 404]


def test_a_zone_takes_its_rates_with_it(admin: Shopper) -> None:
    rates = in_a_zone(admin)
    rate_id = admin.send("POST", rates, json=RATE).json()["id"]
    assert admin.send("DELETE", rates.removesuffix("/rates")).status == 204
    assert admin.send("GET", f"{rates}/{rate_id}").status == 404


def test_a_place_has_one_tax_rate(admin: Shopper) -> None:
    admin.send("POST", "/admin/tax/rates", json=TAX)
    bavaria = admin.send("POST", "/admin/tax/rates", json={**TAX, "region": " by "}).json()
    assert bavaria["region"] == "BY"
    for region in ("", "By"):
        taken = admin.send("POST", "/admin/tax/rates", json={**TAX, "region": region})
        assert (taken.status, taken.json()["code"]) == (409, "tax_place_taken")
    assert admin.send("POST", "/admin/tax/rates", json={**TAX, "region": "ß" * 51}).status == 422
    moved = admin.send("PUT", f"/admin/tax/rates/{bavaria['id']}", json={**TAX, "version": 1})
    assert (moved.status, moved.json()["code"]) == (409, "tax_place_taken")
    french = admin.send("GET", "/admin/tax/rates?country=FR").json()
    german = admin.send("GET", "/admin/tax/rates?country=DE").json()
    assert (len(french["items"]), len(german["items"])) == (0, 2)


def test_a_tax_rate_names_categories_that_exist_and_each_once(admin: Shopper, db: Session) -> None:
    category = catalog.category(db)
    own = {"category_id": str(category.id), "rate_basis_points": 700}
    unknown = {"category_id": str(uuid.UUID(int=1)), "rate_basis_points": 700}
    wrong = admin.send("POST", "/admin/tax/rates", json={**TAX, "category_rates": [own, unknown]})
    assert wrong.json()["errors"][0]["field"] == "body.category_rates.1.category_id"
    assert admin.send("POST", "/admin/tax/rates", json={**TAX, "category_rates": [own, own]}).status == 422
    assert admin.send("POST", "/admin/tax/rates", json={**TAX, "category_rates": [own]}).json()["category_rates"] == [
        own
    ]
