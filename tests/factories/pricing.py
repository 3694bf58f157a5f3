"""Coupons, shipping zones and tax rates, made by an administrator or written beside the API."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.ordering.models.pricing import Coupon, ShippingRate, ShippingZone, TaxRate


def coupon(db: Session, code: str = "SPRING10", *, kind: str = "percentage", **terms: Any) -> Coupon:
    """A committed coupon: 10 % off everything, where nothing else is said."""
    own: dict[str, Any] = {
        "percentage": {"percent_basis_points": 1000},
        "fixed": {"amount": 500, "currency": "USD"},
        "buy_x_get_y": {"buy_quantity": 2, "get_quantity": 1},
        "free_shipping": {},
    }[kind]
    made = Coupon(code=code.upper(), kind=kind, **{**own, **terms})
    db.add(made)
    db.commit()
    return made


def zone(db: Session, *countries: str, **columns: Any) -> ShippingZone:
    """A committed zone of these countries, of Germany where none is named, without rates."""
    made = ShippingZone(name=uuid.uuid4().hex, countries=list(countries or ("DE",)), **columns)
    db.add(made)
    db.commit()
    return made


def rate(db: Session, of: ShippingZone, amount: int | None = 490, **columns: Any) -> ShippingRate:
    """A committed rate of a zone, flat and in dollars, where nothing else is said."""
    row: dict[str, Any] = {"name": "Standard", "kind": "flat", "currency": "USD", "amount": amount}
    made = ShippingRate(zone_id=of.id, **{**row, **columns})
    db.add(made)
    db.commit()
    return made


def tax(db: Session, country: str = "DE", points: int = 1900, *, included: bool = True, **columns: Any) -> TaxRate:
    """A committed tax rate of a country."""
    made = TaxRate(name="VAT", country=country, rate_basis_points=points, prices_include_tax=included, **columns)
    db.add(made)
    db.commit()
    return made
