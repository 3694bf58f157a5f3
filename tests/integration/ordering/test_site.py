"""The shop's configuration, as the operator's file, the registries and the rules of delivery have it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import pricing
from tests.support.lambda_client import LambdaClient


def countries(api: LambdaClient) -> dict[str, Any]:
    items = api.request("GET", "/api/v1/site").json()["countries"]
    return {country["code"]: country for country in items}


def delivered(api: LambdaClient) -> set[str]:
    return {code for code, country in countries(api).items() if country["is_delivered"]}


def test_the_shop_has_the_name_and_the_currency_of_the_operators_file(
    api: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        '{"name": "Kontor", "currency": "EUR", "email": "post@kontor.example", "languages": ["en"],'
        ' "legal_pages": ["imprint"]}'
    )
    monkeypatch.setenv("SITE", text)
    site = api.request("GET", "/api/v1/site").json()
    assert (site["name"], site["currency"], site["email"]) == ("Kontor", "EUR", "post@kontor.example")
    assert site["legal_pages"] == [{"name": "imprint", "url": "http://127.0.0.1:8000/legal/imprint"}]
    assert {"code": "JPY", "places": 0} in site["currencies"]
    assert {"code": "sf_express", "name": "SF Express"} in site["carriers"]


def test_the_limits_are_those_that_are_enforced(api: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETURN_WINDOW_DAYS", "14")
    limits = api.request("GET", "/api/v1/site").json()["limits"]
    assert limits["return_window_days"] == 14
    body = {"variant_id": str(uuid.uuid4()), "quantity": limits["line_quantity"] + 1}
    [error] = api.request("POST", "/api/v1/cart/items", json=body).json()["errors"]
    assert str(limits["line_quantity"]) in error["message"]


def test_without_zones_everything_is_delivered_everywhere(api: LambdaClient) -> None:
    found = countries(api)
    assert len(found) == 250
    assert all(country["is_delivered"] and not country["needs_region"] for country in found.values())
    assert found["US"]["has_regions"]
    assert not found["AQ"]["has_regions"]


def test_goods_are_delivered_where_a_zone_has_a_rate(api: LambdaClient, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "DE", "FR"))
    pricing.zone(db, "IT")
    assert delivered(api) == {"DE", "FR"}


def test_a_zone_for_all_other_countries_leaves_out_those_without_a_rate(api: LambdaClient, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "*"))
    pricing.zone(db, "RU")
    pricing.zone(db, "US", regions=["HI"])
    assert set(countries(api)) - delivered(api) == {"RU"}


def test_a_country_says_what_prices_depend_on(api: LambdaClient, db: Session) -> None:
    pricing.tax(db, "CA", 1300, region="ON")
    pricing.rate(db, pricing.zone(db, "GB", postal_prefixes=["BT"]))
    found = countries(api)
    assert [found[code]["needs_region"] for code in ("CA", "GB", "DE")] == [True, False, False]
    assert [found[code]["needs_postal_code"] for code in ("CA", "GB", "DE")] == [False, True, False]


def test_a_country_has_its_regions_by_name(api: LambdaClient) -> None:
    canada = api.request("GET", "/api/v1/site/countries/ca").json()
    assert canada["code"] == "CA"
    assert [region["name"] for region in canada["regions"]][:2] == ["Alberta", "British Columbia"]
    unknown = api.request("GET", "/api/v1/site/countries/ZZ")
    assert (unknown.status, unknown.json()["code"]) == (404, "country_not_found")


def test_the_configuration_is_kept_and_revalidated(api: LambdaClient) -> None:
    first = api.request("GET", "/api/v1/site?fields=name")
    assert first.json() == {"name": "ShareStack"}
    assert first.headers["cache-control"].startswith("public, max-age=60, s-maxage=300")
    again = api.request("GET", "/api/v1/site?fields=name", headers={"If-None-Match": first.headers["etag"]})
    assert again.status == 304
