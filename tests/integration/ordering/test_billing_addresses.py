"""Whom to invoice: who it is delivered to, unless the buyer says otherwise."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import pricing
from tests.factories.ordering import ADDRESS, Shopper, change_variant, pay, variant

COMPANY = {
    "name": "Charles Babbage",
    "company": "Difference Engines Ltd",
    "line1": "1 Dorset Street",
    "city": "Marylebone",
    "postal_code": "W1U 4EG",
    "country": "GB",
    "tax_number": "GB999999973",
}


def as_shown(address: dict[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(("company", "line2", "region", "postal_code", "phone", "tax_number")), **address}


def ordered(shopper: Shopper, checkout: Any) -> Any:
    order = shopper.order(checkout["id"]).json()
    pay(checkout["id"])
    return order


def invoice(shopper: Shopper, order: Any) -> str:
    query = {"token": order["token"]} if order["token"] else {}
    answer = shopper.send("GET", f"/orders/{order['id']}/invoice", query=query)
    assert answer.status == 200
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages))


def test_a_billing_address_stays_with_checkout_and_order(customer: Shopper, admin: Shopper, db: Session) -> None:
    customer.add(variant(db))
    checkout = customer.check_out(billing_address=COMPANY).json()
    order = ordered(customer, checkout)
    seen_by_staff = admin.send("GET", f"/admin/orders/{order['id']}").json()
    for shown in (checkout, order, customer.send("GET", f"/orders/{order['id']}").json(), seen_by_staff):
        assert shown["billing_address"] == as_shown(COMPANY)
        assert shown["shipping_address"] == as_shown(ADDRESS)


def test_the_invoice_names_the_billing_address_and_its_tax_number(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    seen = invoice(guest, ordered(guest, guest.check_out(billing_address=COMPANY).json()))
    for expected in ("Bill to", "Difference Engines Ltd", "1 Dorset Street", "W1U 4EG", "Tax ID: GB999999973"):
        assert expected in seen, expected
    assert ADDRESS["line1"] not in seen


def test_without_one_the_invoice_goes_to_the_shipping_address(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    order = ordered(guest, guest.check_out().json())
    assert order["billing_address"] is None
    assert ADDRESS["line1"] in invoice(guest, order)


def test_errors_name_the_field_of_the_billing_address(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    answer = guest.check_out(billing_address={**COMPANY, "country": "XX", "city": ""})
    assert sorted(error["field"] for error in answer.json()["errors"]) == [
        "body.billing_address.city",
        "body.billing_address.country",
    ]


@pytest.mark.parametrize("also", [{}, {"country": "US"}])
def test_what_is_not_shipped_is_taxed_where_the_buyer_is_invoiced(
    guest: Shopper, db: Session, also: dict[str, str]
) -> None:
    pricing.tax(db, "GB", 2_000)
    video = variant(db, amount=1_200)
    change_variant(db, video, requires_shipping=False)
    guest.add(video)
    checkout = guest.check_out(shipping_address=None, billing_address=COMPANY, **also).json()
    assert (checkout["tax_amount"], checkout["shipping_address"]) == (200, None)
    assert "1 Dorset Street" in invoice(guest, ordered(guest, checkout))


def test_what_is_shipped_is_taxed_where_it_goes(guest: Shopper, db: Session) -> None:
    pricing.tax(db, "DE", 1_900)
    guest.add(variant(db, amount=1_190))
    germany = {**ADDRESS, "country": "DE", "postal_code": "20457"}
    assert guest.check_out(shipping_address=germany, billing_address=COMPANY).json()["tax_amount"] == 190
