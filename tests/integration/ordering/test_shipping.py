"""Shipping: the zone that names the destination, its rates as the parcel makes them, and what the checkout takes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import pricing
from tests.factories.ordering import ADDRESS, Shopper, change_variant, variant

GERMANY: dict[str, Any] = {**ADDRESS, "country": "DE"}


def quoted(shopper: Shopper, **query: Any) -> list[tuple[str, int]]:
    reply = shopper.send("GET", "/shipping/quotes", query={"country": "DE", **query})
    assert reply.status == 200
    return [(quote["name"], quote["amount"]) for quote in reply.json()["quotes"]]


def test_without_any_zone_shipping_is_free(guest: Shopper, db: Session) -> None:
    guest.add(variant(db, amount=1000))
    cart = guest.send("GET", "/cart?country=DE").json()
    assert (cart["shipping_state"], cart["shipping_amount"], cart["total_amount"]) == ("free", 0, 1000)
    assert guest.check_out().json()["shipping_amount"] == 0


def test_the_cheapest_rate_is_taken_unless_another_is_chosen(guest: Shopper, db: Session) -> None:
    zone = pricing.zone(db)
    express = pricing.rate(db, zone, 1290, name="Express", min_days=1, max_days=1)
    pricing.rate(db, zone, 490, name="Standard")
    pricing.rate(db, zone, 100, name="In euros", currency="EUR")
    pricing.rate(db, zone, 100, name="Not any more", is_active=False)
    guest.add(variant(db, amount=1000))
    assert quoted(guest) == [("Standard", 490), ("Express", 1290)]
    cart = guest.send("GET", "/cart?country=DE").json()
    assert (cart["shipping_state"], cart["shipping_amount"], cart["total_amount"]) == ("quoted", 490, 1490)
    assert cart["destination"] == {"country": "DE", "region": None, "postal_code": None}

    checkout = guest.check_out(shipping_address=GERMANY, expected_total_amount=1490).json()
    assert (checkout["shipping_method"], checkout["shipping_amount"]) == ("Standard", 490)
    chosen = guest.check_out(shipping_address=GERMANY, shipping_rate_id=str(express.id)).json()
    assert (chosen["shipping_method"], chosen["shipping_amount"], chosen["total_amount"]) == ("Express", 1290, 2290)
    order = guest.order(chosen["id"]).json()
    assert (order["shipping_method"], order["shipping_amount"], order["total_amount"]) == ("Express", 1290, 2290)


def test_a_cart_without_a_destination_says_that_shipping_is_not_known(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db))
    guest.add(variant(db, amount=1000))
    cart = guest.cart()
    assert (cart["shipping_state"], cart["shipping_amount"], cart["total_amount"]) == ("unknown", 0, 1000)
    refused = guest.check_out(shipping_address=GERMANY, expected_total_amount=1000)  # what was seen is not all of it
    assert (refused.status, refused.json()["code"], refused.json()["total_amount"]) == (409, "cart_changed", 1490)


def test_a_country_without_a_zone_is_not_delivered_to(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "DE", "FR"))
    guest.add(variant(db))
    assert guest.send("GET", "/cart?country=GB").json()["shipping_state"] == "unavailable"
    refused = guest.check_out()
    assert (refused.status, refused.json()["code"], refused.json()["country"]) == (409, "shipping_unavailable", "GB")
    assert guest.check_out(shipping_address=GERMANY).status == 201


def test_the_zone_that_names_the_place_most_narrowly_counts(guest: Shopper, db: Session) -> None:
    for amount, countries, columns in (
        (5000, ("*",), {}),
        (1000, ("US", "DE"), {}),
        (800, ("US",), {"regions": ["CA"]}),
        (700, ("US",), {"postal_prefixes": ["941", "942"]}),
        (1, ("US",), {"is_active": False, "postal_prefixes": ["94103"]}),
    ):
        pricing.rate(db, pricing.zone(db, *countries, **columns), amount)
    guest.add(variant(db))

    def amount(**place: str) -> int:
        [(_, found)] = quoted(guest, **place)
        return found

    assert amount(country="JP") == 5000
    assert amount(country="US", region="NY", postal_code="10001") == 1000
    assert amount(country="US", region=" ca ") == 800
    assert amount(country="US", region="CA", postal_code="94 1-03") == 700
    address = {**ADDRESS, "country": "US", "region": "Ca", "postal_code": "90001"}
    assert guest.check_out(shipping_address=address).json()["shipping_amount"] == 800


def test_bands_of_weight_and_price_and_free_delivery_from_a_price_on(guest: Shopper, db: Session) -> None:
    zone = pricing.zone(db)
    pricing.rate(
        db, zone, None, name="By weight", kind="by_weight",
        bands=[{"up_to": 1000, "amount": 300}, {"up_to": 5000, "amount": 900}],
    )  # fmt: skip
    pricing.rate(
        db, zone, None, name="By price", kind="by_subtotal",
        bands=[{"up_to": 1999, "amount": 800}, {"up_to": None, "amount": 500}],
    )  # fmt: skip
    pricing.rate(db, zone, 700, name="Free from 50", free_from_amount=5000)
    pot = variant(db, amount=1000, stock=50)
    change_variant(db, pot, weight_grams=500)
    item = guest.add(pot, 1).json()["items"][0]["id"]

    def with_units(quantity: int) -> list[tuple[str, int]]:
        guest.send("PUT", f"/cart/items/{item}", json={"quantity": quantity})
        return sorted(quoted(guest))

    assert with_units(1) == [("By price", 800), ("By weight", 300), ("Free from 50", 700)]
    assert with_units(2) == [("By price", 500), ("By weight", 300), ("Free from 50", 700)]
    assert with_units(3) == [("By price", 500), ("By weight", 900), ("Free from 50", 700)]
    assert with_units(11) == [("By price", 500), ("Free from 50", 0)]


def test_a_rate_that_is_none_for_this_cart_is_refused_with_those_that_are(guest: Shopper, db: Session) -> None:
    standard = pricing.rate(db, pricing.zone(db))
    other = pricing.rate(db, pricing.zone(db, "FR"))
    guest.add(variant(db))
    refused = guest.check_out(shipping_address=GERMANY, shipping_rate_id=str(other.id))
    assert (refused.status, refused.json()["code"]) == (409, "shipping_rate_unavailable")
    assert [quote["rate_id"] for quote in refused.json()["quotes"]] == [str(standard.id)]


def test_what_is_not_shipped_needs_neither_address_nor_rate(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db))
    book = variant(db, "E-Book", amount=1000)
    change_variant(db, book, requires_shipping=False)
    guest.add(book)
    assert guest.cart()["shipping_state"] == "not_needed"
    checkout = guest.check_out(shipping_address=None)
    assert checkout.status == 201
    assert (checkout.json()["shipping_address"], checkout.json()["shipping_amount"]) == (None, 0)
    assert guest.order(checkout.json()["id"]).json()["shipping_address"] is None


def test_what_is_shipped_needs_an_address(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    refused = guest.check_out(shipping_address=None)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.shipping_address")


def test_free_shipping_takes_off_what_the_cheapest_way_costs(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "SHIPFREE", kind="free_shipping")
    zone = pricing.zone(db)
    pricing.rate(db, zone, 490)
    express = pricing.rate(db, zone, 1290, name="Express")
    guest.add(variant(db, amount=1000))
    entered = guest.send("POST", "/cart/coupons?country=DE", json={"code": "SHIPFREE"}).json()
    assert (entered["shipping_amount"], entered["total_amount"]) == (0, 1000)
    assert entered["coupons"][0]["shipping_discount_amount"] == 490
    checkout = guest.check_out(shipping_address=GERMANY, shipping_rate_id=str(express.id)).json()
    assert (checkout["shipping_amount"], checkout["total_amount"]) == (800, 1800)
    order = guest.order(checkout["id"]).json()
    assert order["coupons"] == [{"code": "SHIPFREE", "discount_amount": 0, "shipping_discount_amount": 490}]


def test_a_parcel_is_quoted_without_a_cart(guest: Shopper, db: Session) -> None:
    zone = pricing.zone(db)
    pricing.rate(db, zone, None, kind="by_weight", bands=[{"up_to": 1000, "amount": 300}])
    pricing.rate(db, zone, 900, name="Large", free_from_amount=10_000)
    assert quoted(guest, currency="USD", weight_grams=1000) == [("Standard", 300), ("Large", 900)]
    assert quoted(guest, currency="USD", weight_grams=1001) == [("Large", 900)]
    assert quoted(guest, currency="USD", subtotal_amount=10_000) == [("Large", 0), ("Standard", 300)]
    reply = guest.send("GET", "/shipping/quotes?country=FR&currency=USD").json()
    assert (reply["state"], reply["quotes"], reply["currency"]) == ("unavailable", [], "USD")


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("?country=XX", 422), ("?country=de", 422), ("?country=DE", 409), ("?country=DE&currency=usd", 422)],
)
def test_quotes_need_a_country_and_something_to_deliver(query: str, status: int, guest: Shopper) -> None:
    assert guest.send("GET", f"/shipping/quotes{query}").status == status
