"""Prices that depend on a region: found however it is written, asked for where it is missing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import pricing
from tests.factories.ordering import ADDRESS, Shopper, change_variant, variant

TORONTO: dict[str, Any] = {**ADDRESS, "country": "CA", "city": "Toronto", "postal_code": "M5V 2T6"}


@pytest.fixture
def canada(db: Session) -> None:
    """Ontario has a tax of its own; delivery to Nunavut has its own price."""
    pricing.tax(db, "CA", 500, included=False)
    pricing.tax(db, "CA", 1300, included=False, region="ON")
    pricing.rate(db, pricing.zone(db, "CA"), 900)
    pricing.rate(db, pricing.zone(db, "CA", regions=["NU"]), 4900)


@pytest.mark.usefixtures("canada")
@pytest.mark.parametrize(
    ("region", "shipping", "tax"),
    [("ON", 900, 377), ("ontario", 900, 377), ("CA-ON", 900, 377), ("Ontário", 900, 377), ("ᴺunavut", 4900, 345),
     ("nu", 4900, 345), ("Yukon", 900, 145)],
)  # fmt: skip
def test_a_region_costs_the_same_however_it_is_written(
    guest: Shopper, db: Session, region: str, shipping: int, tax: int
) -> None:
    guest.add(variant(db, amount=2000))
    checkout = guest.check_out(shipping_address={**TORONTO, "region": region}).json()
    assert (checkout["shipping_amount"], checkout["tax_amount"]) == (shipping, tax)
    assert checkout["shipping_address"]["region"] == region


@pytest.mark.usefixtures("canada")
@pytest.mark.parametrize("region", [None, "", "Ontari", "Texas"])
def test_a_region_that_prices_depend_on_is_asked_for(guest: Shopper, db: Session, region: str | None) -> None:
    guest.add(variant(db, amount=2000))
    refused = guest.check_out(shipping_address={**TORONTO, "region": region})
    [error] = refused.json()["errors"]
    assert (refused.status, error["field"]) == (422, "body.shipping_address.region")
    assert "NU (Nunavut), ON (Ontario)" in error["message"]


@pytest.mark.usefixtures("canada")
def test_a_country_without_rules_for_regions_takes_any_text(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "NZ"), 700)
    guest.add(variant(db, amount=2000))
    assert guest.check_out(shipping_address={**TORONTO, "country": "NZ", "region": "Down south"}).status == 201


@pytest.mark.usefixtures("canada")
def test_estimates_say_what_they_do_not_know_yet(guest: Shopper, db: Session) -> None:
    guest.add(variant(db, amount=2000))
    country = guest.send("GET", "/cart?country=CA").json()
    assert (country["is_tax_known"], country["tax_amount"], country["shipping_amount"]) == (False, 0, 0)
    known = guest.send("GET", "/cart", query={"country": "CA", "region": "Nunavut"}).json()
    assert (known["is_tax_known"], known["shipping_amount"]) == (True, 4900)
    for path in ("/cart", "/shipping/quotes"):
        wrong = guest.send("GET", path, query={"country": "CA", "region": "Atlantis"})
        assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "query.region"), path
    asked = guest.send("GET", "/shipping/quotes", query={"country": "CA", "currency": "USD"}).json()
    assert asked["state"] == "unknown"


@pytest.mark.usefixtures("canada")
def test_what_is_not_shipped_is_taxed_in_the_region_that_is_named(guest: Shopper, db: Session) -> None:
    book = variant(db, "E-Book", amount=1000)
    change_variant(db, book, requires_shipping=False)
    guest.add(book)
    refused = guest.check_out(shipping_address=None, country="CA")
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.region")
    assert guest.check_out(shipping_address=None, country="CA", region="Ontario").json()["tax_amount"] == 130


def test_a_province_has_the_rules_of_its_region_unless_it_has_its_own(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "IT", 2200, included=False)
    pricing.tax(db, "IT", 1000, included=False, region="82")  # Sicily
    pricing.tax(db, "IT", 400, included=False, region="TP")  # Trapani
    guest.add(variant(db, amount=10_000))
    taxes = {
        province: guest.check_out(shipping_address={**TORONTO, "country": "IT", "region": province}).json()[
            "tax_amount"
        ]
        for province in ("Palermo", "Trapani", "Sicilia", "Roma")
    }
    assert taxes == {"Palermo": 1000, "Trapani": 400, "Sicilia": 1000, "Roma": 2200}


def test_rates_in_another_currency_hide_no_wider_zone_and_are_named(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "AU"), 1500)
    pricing.rate(db, pricing.zone(db, "AU", regions=["TAS"]), 2500, currency="AUD")
    pricing.zone(db, "AU", regions=["NT"])  # no delivery there
    pricing.rate(db, pricing.zone(db, "NO"), 900, currency="NOK")
    guest.add(variant(db, amount=2000))
    address = {**TORONTO, "country": "AU", "city": "Hobart"}
    assert guest.check_out(shipping_address={**address, "region": "Tasmania"}).json()["shipping_amount"] == 1500
    problems = {
        where: guest.check_out(shipping_address={**address, **place}).json()["problem"]
        for where, place in {
            "nowhere": {"region": "NT"},
            "no zone": {"country": "PT"},
            "kroner": {"country": "NO"},
        }.items()
    }
    assert problems == {"nowhere": "destination", "no zone": "destination", "kroner": "currency"}


def test_administrators_name_regions_by_code_or_name(admin: Shopper) -> None:
    zone = {"name": "Down under", "countries": ["AU"], "regions": ["New South Wales", "vic", "AU-VIC"]}
    made = admin.send("POST", "/admin/shipping/zones", json=zone)
    assert (made.status, made.json()["regions"]) == (201, ["NSW", "VIC"])
    wrong = admin.send("POST", "/admin/shipping/zones", json={**zone, "regions": ["VIC", "Texas"]})
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "body.regions.1")
    rate = {"name": "GST", "country": "CA", "rate_basis_points": 500, "prices_include_tax": False}
    made = admin.send("POST", "/admin/tax/rates", json={**rate, "region": "Québec"})
    assert (made.status, made.json()["region"]) == (201, "QC")
    wrong = admin.send("POST", "/admin/tax/rates", json={**rate, "region": "Paris"})
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "body.region")
    assert admin.send("POST", "/admin/tax/rates", json={**rate, "country": "XK", "region": ""}).status == 201
