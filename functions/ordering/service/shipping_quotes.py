"""What delivery would cost: of the caller's cart, or of a parcel that somebody describes."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.errors import CartEmptyError
from functions.ordering.repository import pricing_rules
from functions.ordering.repository.pricing_rules import Place
from functions.ordering.service import carts
from functions.ordering.service.owners import Owner
from functions.ordering.service.pricing import Shipping, ShippingState
from functions.ordering.service.pricing.delivery import Parcel, quotes
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Quoted:
    """The ways of delivery, in minor units of the currency."""

    currency: str
    shipping: Shipping


def of_cart(connection: Connection, owner: Owner, place: Place) -> Quoted:
    """Of the caller's cart as it stands. Raises CartEmptyError."""
    view = carts.view(connection, owner, place)
    if view.cart is None or view.cart.currency is None:
        raise CartEmptyError
    return Quoted(view.cart.currency, view.priced.shipping)


def of_parcel(connection: Connection, parcel: Parcel, currency: str, place: Place) -> Quoted:
    """Of any parcel."""
    rules = pricing_rules.load(connection, cart_id=None, currency=currency, user_id=None, email=None, place=place)
    if not rules.has_zones:
        return Quoted(currency, Shipping(ShippingState.FREE))
    found = quotes(rules.rates or (), parcel)
    return Quoted(currency, Shipping(ShippingState.QUOTED if found else ShippingState.UNAVAILABLE, found))
