"""Shipping quotes: of the caller's cart, or of a described parcel."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import Shipping, ShippingState, delivery
from functions.ordering.domain.pricing.delivery import Parcel
from functions.ordering.errors import CartEmptyError
from functions.ordering.repository import pricing_rules
from functions.ordering.service import cart_pricing, carts
from functions.ordering.service.owners import Owner
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class ShippingQuotes:
    """The ways of delivery, in minor units of the currency."""

    currency: str
    shipping: Shipping


def of_cart(connection: Connection, owner: Owner, place: Place) -> ShippingQuotes:
    """The quotes of the caller's cart. Raises CartEmptyError."""
    view = carts.view(connection, owner, place)
    if view.cart is None or view.cart.currency is None:
        raise CartEmptyError
    return ShippingQuotes(view.cart.currency, view.priced.shipping)


def of_parcel(connection: Connection, parcel: Parcel, currency: str, place: Place) -> ShippingQuotes:
    """The quotes of any parcel. Raises ValidationError for a region that there is not, where it matters."""
    rules = pricing_rules.load(connection, cart_id=None, currency=currency, user_id=None, email=None, place=place)
    if not rules.has_zones:
        return ShippingQuotes(currency, Shipping(ShippingState.FREE))
    cart_pricing.check_region(rules, place)
    if not rules.is_shipping_known(place):
        return ShippingQuotes(currency, Shipping(ShippingState.UNKNOWN))
    return ShippingQuotes(currency, delivery.available(rules, parcel))
