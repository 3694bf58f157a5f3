"""What cannot be paid is refused before there is an order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import pricing
from tests.factories.ordering import Shopper, variant


@pytest.mark.parametrize(
    ("currency", "amount", "quantity", "code", "limit"),
    [
        ("USD", 49, 1, "amount_too_small", {"minimum_amount": 50}),
        ("HUF", 8_000, 2, "amount_too_small", {"minimum_amount": 17_500}),
        ("GBP", 99_999_999, 2, "amount_too_large", {"maximum_amount": 99_999_999}),
        ("ISK", 600_000, 2, "amount_too_large", {"maximum_amount": 999_999}),
        ("TND", 5_125, 1, "amount_not_payable", {}),
        ("XYZ", 500, 1, "amount_not_payable", {}),
    ],
)
def test_a_total_that_cannot_be_paid_is_refused_at_checkout(
    *, guest: Shopper, db: Session, currency: str, amount: int, quantity: int, code: str, limit: dict[str, int]
) -> None:
    guest.add(variant(db, amount=amount, currency=currency), quantity)
    refused = guest.check_out()
    told = {"code": code, "total_amount": amount * quantity, "currency": currency, **limit}
    assert (refused.status, told.items() - refused.json().items()) == (409, set())


@pytest.mark.parametrize(
    ("currency", "amount"), [("USD", 25), ("IDR", 2_500_000_000), ("UGX", 400_000), ("BHD", 4_990)]
)
def test_what_two_units_cost_can_be_paid(guest: Shopper, db: Session, currency: str, amount: int) -> None:
    guest.add(variant(db, amount=amount, currency=currency), 2)
    assert guest.check_out().json()["total_amount"] == 2 * amount


def test_nothing_is_not_too_little(guest: Shopper, db: Session) -> None:
    pricing.coupon(db, "ALL", percent_basis_points=10_000)
    guest.add(variant(db, amount=4000, currency="KWD"))
    guest.send("POST", "/cart/coupons", json={"code": "ALL"})
    checkout = guest.check_out().json()
    assert guest.order(checkout["id"]).json()["status"] == "paid"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/admin/coupons", {"code": "ODD", "kind": "fixed", "currency": "JOD", "amount": 1_005}, "body.amount"),
        ("/admin/coupons", {"code": "ODD", "kind": "fixed", "currency": "QQQ", "amount": 1_000}, "body.currency"),
        ("/admin/shipping/zones/{zone}/rates", {"currency": "OMR", "kind": "flat", "amount": 2_001}, "body.amount"),
        (
            "/admin/shipping/zones/{zone}/rates",
            {"currency": "OMR", "kind": "by_weight", "bands": [{"up_to": None, "amount": 1_999}]},
            "body.bands.0.amount",
        ),
    ],
)
def test_rules_that_would_make_totals_unpayable_are_refused(
    admin: Shopper, db: Session, path: str, body: dict[str, Any], field: str
) -> None:
    name = {"name": "Standard"} if "zones" in path else {}
    refused = admin.send("POST", path.format(zone=pricing.zone(db).id), json={**name, **body})
    assert (refused.status, [error["field"] for error in refused.json()["errors"]]) == (422, [field])
