"""No statement of ordering needs to read a whole table: each lookup and each list has its index."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from functions.ordering.service import abandoned_carts
from shared.contexts.ordering.order_status import OrderStatus
from shared.permissions import Role
from tests.factories import catalog, identity, pricing
from tests.factories.ordering import Shopper, lapse, pay, variant
from tests.integration.ordering import fulfilment
from tests.integration.ordering.test_invoices import refund
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans
from tests.support.tokens import TestSigningKey

# Sets made by the statement itself, and tables with a handful of rows.
SMALL = {"service_keys", "signing_keys", "shipping_zones", "tax_rates"}


def priced_purchase(shopper: Shopper, spade: UUID) -> None:
    """Everything that makes a price, twice, and the order of it."""
    shopper.add(spade)
    for code in ("HALF", "FIVER", "FIVER"):
        shopper.send("POST", "/cart/coupons", json={"code": code})
    shopper.send("DELETE", "/cart/coupons/FIVER")
    shopper.send("GET", "/shipping/quotes?country=GB")
    shopper.check_out()
    assert shopper.order(shopper.check_out().json()["id"]).status == 201


def administer_prices(admin: Shopper, category_id: UUID) -> None:
    """One of each, made, listed, changed and deleted."""
    coupon = {"code": "NEW", "kind": "free_shipping", "category_ids": [str(category_id)]}
    zone = {"name": "Germany", "countries": ["DE"]}
    rate = {"name": "Standard", "kind": "flat", "currency": "EUR", "amount": 490}
    tax = {"name": "MwSt.", "country": "DE", "rate_basis_points": 1900, "prices_include_tax": True}
    zone_id = admin.send("POST", "/admin/shipping/zones", json=zone).json()["id"]
    for path, body in (
        ("/admin/coupons", coupon),
        (f"/admin/shipping/zones/{zone_id}/rates", rate),
        ("/admin/tax/rates", tax),
        ("/admin/shipping/zones", zone),
    ):
        own = f"{path}/{admin.send('POST', path, json=body).json()['id']}"
        assert admin.send("PUT", own, json={**body, "version": 1}).status == 200
        assert admin.send("GET", f"{path}?limit=1").json()["next_cursor"] is not None or path.endswith("rates")
        assert admin.send("DELETE", own).status == 204
    admin.send("GET", "/admin/coupons?code=half&active=true")
    admin.send("GET", "/admin/tax/rates?country=DE")


def test_every_statement_finds_its_rows_by_index(
    api: LambdaClient, expire: Any, db: Session, signing_key: TestSigningKey, database_url: str
) -> None:
    guest = Shopper(api)
    customer = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    admin = Shopper(api).signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))
    pot, lid = variant(db, stock=50), variant(db, "Lid", stock=50)
    category = catalog.category(db)
    spade = variant(db, "Spade", category=category)
    pricing.coupon(db, "HALF", is_combinable=True, category_ids=[category.id])
    pricing.coupon(db, "FIVER", kind="fixed", is_combinable=True)
    pricing.rate(db, pricing.zone(db, "GB"))
    pricing.tax(db, "GB")
    with executed() as statements:
        priced_purchase(guest, spade)
        administer_prices(admin, category.id)
        customer.add(lid)
        item = guest.add(pot, 2).json()["items"][0]["id"]
        guest.send("PUT", f"/cart/items/{item}", json={"quantity": 1})
        guest.check_out()
        customer.send("POST", "/cart/merge", headers={"X-Cart-Token": str(guest.token)})
        customer.check_out()
        order = customer.order(customer.check_out().json()["id"]).json()
        pay(order["checkout_id"])
        customer.send("DELETE", f"/cart/items/{customer.add(pot).json()['items'][0]['id']}")
        lapsing = customer.buy(pot)
        lapse(db, lapsing["checkout_id"])
        expire()
        customer.send("DELETE", "/cart")
        page = customer.send("GET", "/orders?limit=1").json()
        customer.send("GET", "/orders", query={"limit": 1, "cursor": page["next_cursor"]})
        customer.send("GET", f"/orders/{order['id']}")
        customer.send("GET", "/orders?status=paid")
        customer.send("GET", "/returns?limit=1")
        for status in OrderStatus:
            admin.send("GET", "/admin/orders", query={"status": status.value})
        bought = {"product_id": order["items"][0]["product_id"]}
        for query in (
            {},
            {"sort": "oldest"},
            {"email": order["email"]},
            {"number": order["number"][:4]},
            bought,
            {**bought, "status": "paid"},
            {"currency": "USD", "total_from": 1, "total_to": 2},
            {"currency": "USD", "sort": "total"},
            {"currency": "USD", "sort": "-total", **bought},
        ):
            admin.send("GET", "/admin/orders", query=query)
        for path in ("/admin/orders", "/admin/orders/totals", "/admin/returns"):
            assert admin.send("GET", path, query={"user_id": order["id"]}).status == 200
        assert admin.send("GET", "/admin/returns", query={"user_id": order["id"], "status": "received"}).status == 200
        change = {"status": "cancelled", "version": order["version"] + 1}
        assert admin.send("PUT", f"/admin/orders/{order['id']}", json=change).status == 200
        sent = fulfilment.delivered(customer, admin, pot)
        asked = fulfilment.send_back(customer, sent, {sent["items"][0]["id"]: 1}).json()
        fulfilment.receive(admin, fulfilment.decide(admin, asked, approve=True).json())
        for path in (f"/orders/{sent['id']}", f"/orders/{sent['id']}/returns", f"/returns/{asked['id']}"):
            assert customer.send("GET", path).status == 200
        assert customer.send("GET", f"/orders/{sent['id']}/invoice").status == 200
        refund(db, sent, 100)
        documents = customer.send("GET", f"/orders/{sent['id']}/documents").json()["items"]
        assert customer.send("GET", documents[1]["path"].removeprefix("/api/v1")).status == 200
        assert admin.send("GET", "/admin/returns?status=received").status == 200
        fulfilment.cancel(customer, fulfilment.placed(customer, lid))
        abandoned_carts.notice(lambda: True)
    assert len(statements) > 40
    assert table_scans(database_url, statements, small=SMALL) == {}
