"""Where an order is delivered to, corrected by staff."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from shared.tables.platform import AuditEntry
from tests.factories import shipments
from tests.factories.ordering import ADDRESS, Shopper, change_variant, pay, variant
from tests.support.lambda_client import Answer, LambdaClient

CORRECTED = {**ADDRESS, "line1": "7 Analytical Row", "postal_code": "SW1Y 4LB"}


def correct(admin: Shopper, order: Any, address: object = CORRECTED, *, version: int = 1) -> Answer:
    body = {"address": address, "version": version}
    return admin.send("PUT", f"/admin/orders/{order['id']}/shipping-address", json=body)


def test_customer_and_staff_see_the_corrected_address(admin: Shopper, api: LambdaClient, db: Session) -> None:
    customer = Shopper(api, "ada@example.com")
    order = customer.buy(variant(db))
    corrected = correct(admin, order).json()
    assert (corrected["shipping_address"]["line1"], corrected["version"]) == ("7 Analytical Row", 2)
    shown = customer.send("GET", f"/orders/{order['id']}", query={"token": order["token"]}).json()
    assert shown["shipping_address"] == corrected["shipping_address"]
    [entry] = db.query(AuditEntry).filter_by(action="order.address_corrected")
    assert entry.changes == {"address": ["[withheld]", "[withheld]"]}


def test_the_same_address_again_changes_nothing(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    correct(admin, order)
    assert correct(admin, order, version=2).json()["version"] == 2
    assert db.query(AuditEntry).filter_by(action="order.address_corrected").count() == 1


def test_another_version_is_told(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    late = correct(admin, order, version=7)
    assert (late.status, late.json()["code"]) == (409, "version_conflict")


def test_it_stays_in_the_country_that_it_was_priced_for(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    refused = correct(admin, order, {**CORRECTED, "country": "IE"})
    assert (refused.status, refused.json()["code"], refused.json()["country"]) == (409, "destination_differs", "GB")


def test_what_was_shipped_keeps_its_address(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    pay(order["checkout_id"])
    shipments.sent(db, order["id"])
    version = admin.send("GET", f"/admin/orders/{order['id']}").json()["version"]
    refused = correct(admin, order, version=version)
    assert (refused.status, refused.json()["code"]) == (409, "address_is_fixed")


def test_what_needs_no_parcel_has_no_address_to_correct(admin: Shopper, api: LambdaClient, db: Session) -> None:
    book = variant(db)
    change_variant(db, book, requires_shipping=False)
    order = Shopper(api, "ada@example.com").buy(book)
    refused = correct(admin, order)
    assert (refused.status, refused.json()["code"]) == (409, "address_is_fixed")
