"""Who gets what from ordering's prices: the cart's coupons, shipping quotes, and what administrators keep."""

from __future__ import annotations

from shared.permissions import Permission
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    OK,
    REFUSED,
    Request,
    Row,
    Stage,
    owner_only,
    permitted,
    public,
)
from tests.factories import pricing
from tests.factories.ordering import Shopper, variant


def _owner(stage: Stage) -> Shopper:
    return Shopper(stage.as_owner("ordering"), email=None)


def _a_coupon_to_enter(stage: Stage) -> Request:
    """The owner's cart is full; the others', and a guest's without a token, are empty (409)."""
    pricing.coupon(stage.db, "SPRING10")
    _owner(stage).add(variant(stage.db))
    return Request(json={"code": "SPRING10"})


def _an_entered_coupon(stage: Stage) -> Request:
    _owner(stage).send("POST", "/cart/coupons", json=_a_coupon_to_enter(stage).json)
    return Request(path={"code": "SPRING10"})


def _a_coupon(stage: Stage) -> Request:
    coupon = pricing.coupon(stage.db, "SPRING10")
    return Request(path={"coupon_id": coupon.id}, json={**_COUPON, "version": 1})


def _a_zone(stage: Stage) -> Request:
    return Request(path={"zone_id": pricing.zone(stage.db).id}, json={**_ZONE, "version": 1})


def _a_zone_for_a_rate(stage: Stage) -> Request:
    return Request(path={"zone_id": pricing.zone(stage.db).id}, json=_RATE)


def _a_rate(stage: Stage) -> Request:
    zone = pricing.zone(stage.db)
    rate = pricing.rate(stage.db, zone)
    return Request(path={"zone_id": zone.id, "rate_id": rate.id}, json={**_RATE, "version": 1})


def _a_tax_rate(stage: Stage) -> Request:
    return Request(path={"tax_rate_id": pricing.tax(stage.db).id}, json={**_TAX, "version": 1})


_READ, _WRITE = Permission.PRICING_READ_ALL, Permission.PRICING_WRITE
_COUPONS, _ZONES, _TAXES = "/api/v1/admin/coupons", "/api/v1/admin/shipping/zones", "/api/v1/admin/tax/rates"
_COUPON = {"code": "SUMMER", "kind": "free_shipping"}
_ZONE = {"name": "Germany", "countries": ["DE"]}
_RATE = {"name": "Standard", "kind": "flat", "currency": "EUR", "amount": 490}
_TAX = {"name": "MwSt.", "country": "DE", "rate_basis_points": 1900, "prices_include_tax": True}

ROWS: list[Row] = [
    Row(
        "POST", "/api/v1/cart/coupons", _a_coupon_to_enter,
        nobody=REFUSED, customer=REFUSED, owner=OK,
        creator=REFUSED, vendor=REFUSED, moderator=REFUSED, admin=REFUSED,
    ),
    owner_only("DELETE", "/api/v1/cart/coupons/{code}", _an_entered_coupon, nobody=NOT_FOUND),
    public("GET", "/api/v1/shipping/quotes", request=Request(query={"country": "DE", "currency": "EUR"})),
    permitted(_READ, "GET", _COUPONS),
    permitted(_WRITE, "POST", _COUPONS, request=Request(json=_COUPON)),
    permitted(_READ, "GET", _COUPONS + "/{coupon_id}", _a_coupon),
    permitted(_WRITE, "PUT", _COUPONS + "/{coupon_id}", _a_coupon),
    permitted(_WRITE, "DELETE", _COUPONS + "/{coupon_id}", _a_coupon),
    permitted(_READ, "GET", _ZONES),
    permitted(_WRITE, "POST", _ZONES, request=Request(json=_ZONE)),
    permitted(_READ, "GET", _ZONES + "/{zone_id}", _a_zone),
    permitted(_WRITE, "PUT", _ZONES + "/{zone_id}", _a_zone),
    permitted(_WRITE, "DELETE", _ZONES + "/{zone_id}", _a_zone),
    permitted(_READ, "GET", _ZONES + "/{zone_id}/rates", _a_zone),
    permitted(_WRITE, "POST", _ZONES + "/{zone_id}/rates", _a_zone_for_a_rate),
    permitted(_READ, "GET", _ZONES + "/{zone_id}/rates/{rate_id}", _a_rate),
    permitted(_WRITE, "PUT", _ZONES + "/{zone_id}/rates/{rate_id}", _a_rate),
    permitted(_WRITE, "DELETE", _ZONES + "/{zone_id}/rates/{rate_id}", _a_rate),
    permitted(_READ, "GET", _TAXES),
    permitted(_WRITE, "POST", _TAXES, request=Request(json=_TAX)),
    permitted(_READ, "GET", _TAXES + "/{tax_rate_id}", _a_tax_rate),
    permitted(_WRITE, "PUT", _TAXES + "/{tax_rate_id}", _a_tax_rate),
    permitted(_WRITE, "DELETE", _TAXES + "/{tax_rate_id}", _a_tax_rate),
]  # fmt: skip
