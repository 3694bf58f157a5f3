"""Taxes at the cart and at checkout: by destination, line by line, in prices or on top of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.factories import catalog, pricing
from tests.factories.ordering import ADDRESS, Shopper, change_variant, variant

GERMANY: dict[str, Any] = {**ADDRESS, "country": "DE"}
CALIFORNIA: dict[str, Any] = {**ADDRESS, "country": "US", "region": "CA", "postal_code": "94103"}
AMOUNTS = ("subtotal_amount", "shipping_amount", "tax_amount", "shipping_tax_amount", "total_amount")


def amounts(checkout: Any) -> list[int]:
    return [checkout[name] for name in AMOUNTS]


def test_tax_in_the_price_is_told_and_changes_no_total(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "DE", 1900)
    guest.add(variant(db, amount=1190), 2)
    checkout = guest.check_out(shipping_address=GERMANY).json()
    assert amounts(checkout) == [2380, 0, 380, 0, 2380]
    assert checkout["prices_include_tax"] is True
    [line] = checkout["lines"]
    assert (line["tax_amount"], line["tax_rate_basis_points"], line["total_amount"]) == (380, 1900, 2380)
    order = guest.order(checkout["id"]).json()
    assert (order["tax_amount"], order["prices_include_tax"], order["total_amount"]) == (380, True, 2380)
    assert order["items"][0]["tax_amount"] == 380


def test_tax_on_top_of_the_price_is_added_shipping_included(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "US", 725, included=False, region="CA")
    pricing.tax(db, "US", 0, included=False)
    pricing.rate(db, pricing.zone(db, "US"), 490)
    guest.add(variant(db, amount=999), 3)
    checkout = guest.check_out(shipping_address=CALIFORNIA).json()
    assert amounts(checkout) == [2997, 490, 217 + 36, 36, 2997 + 490 + 253]  # 217.28 and 35.53 before rounding
    elsewhere = guest.check_out(shipping_address={**CALIFORNIA, "region": "OR"}).json()
    assert amounts(elsewhere) == [2997, 490, 0, 0, 3487]


def test_tax_is_on_what_is_left_after_discounts(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "US", 1000, included=False)
    pricing.coupon(db, "HALF", percent_basis_points=5000)
    guest.add(variant(db, amount=1000))
    guest.send("POST", "/cart/coupons", json={"code": "HALF"})
    checkout = guest.check_out(shipping_address=CALIFORNIA).json()
    assert (checkout["discount_amount"], checkout["tax_amount"], checkout["total_amount"]) == (500, 50, 550)


def test_categories_have_rates_of_their_own_and_what_is_not_taxable_has_none(guest: Shopper, db: Session) -> None:
    books = catalog.category(db, "Books")
    novels = catalog.category(db, "Novels", parent=books)
    pricing.tax(db, "DE", 1900, category_rates=[{"category_id": str(books.id), "rate_basis_points": 700}])
    guest.add(variant(db, amount=1190))
    guest.add(variant(db, "Novel", amount=1070, category=novels))
    stamps = variant(db, "Stamps", amount=1000)
    change_variant(db, stamps, taxable=False)
    guest.add(stamps)
    checkout = guest.check_out(shipping_address=GERMANY).json()
    assert [(line["tax_rate_basis_points"], line["tax_amount"]) for line in checkout["lines"]] == [
        (1900, 190),
        (700, 70),
        (0, 0),
    ]
    assert amounts(checkout) == [3260, 0, 260, 0, 3260]


def test_delivery_is_not_taxed_where_it_is_not_taxable(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "US", 1000, included=False, shipping_taxable=False)
    pricing.rate(db, pricing.zone(db, "US"), 500)
    guest.add(variant(db, amount=1000))
    assert amounts(guest.check_out(shipping_address=CALIFORNIA).json()) == [1000, 500, 100, 0, 1600]


def test_a_cart_says_whether_its_tax_is_known(guest: Shopper, db: Session) -> None:
    guest.add(variant(db, amount=1000))
    assert guest.cart()["is_tax_known"] is True
    pricing.tax(db, "US", 1000, included=False)
    unknown = guest.cart()
    assert (unknown["is_tax_known"], unknown["tax_amount"], unknown["total_amount"]) == (False, 0, 1000)
    known = guest.send("GET", "/cart?country=US").json()
    assert (known["is_tax_known"], known["tax_amount"], known["total_amount"]) == (True, 100, 1100)
    elsewhere = guest.send("GET", "/cart?country=DE").json()
    assert (elsewhere["is_tax_known"], elsewhere["tax_amount"]) == (True, 0)


def test_what_is_not_shipped_is_taxed_where_the_customer_says(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "US", 1000, included=False)
    book = variant(db, "E-Book", amount=1000)
    change_variant(db, book, requires_shipping=False)
    guest.add(book)
    refused = guest.check_out(shipping_address=None)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.country")
    assert guest.check_out(shipping_address=None, country="US").json()["total_amount"] == 1100
    assert guest.check_out(shipping_address=None, country="DE").json()["total_amount"] == 1000


def test_a_currency_without_minor_units_is_taxed_in_whole_units(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "JP", 1000, included=False)
    guest.add(variant(db, amount=1555, currency="JPY"))
    checkout = guest.check_out(shipping_address={**ADDRESS, "country": "JP"}).json()
    assert (checkout["currency"], checkout["tax_amount"], checkout["total_amount"]) == ("JPY", 156, 1711)


def test_a_rate_that_is_changed_changes_no_checkout(guest: Shopper, db: Session) -> None:
    rate = pricing.tax(db, "US", 1000, included=False)
    guest.add(variant(db, amount=1000))
    checkout = guest.check_out(shipping_address=CALIFORNIA).json()
    rate.rate_basis_points = 2000
    db.commit()
    assert guest.order(checkout["id"]).json()["total_amount"] == 1100
