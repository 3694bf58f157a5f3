"""Use cases of the cart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.ordering.domain import pricing
from functions.ordering.domain.cart_view import CartView
from functions.ordering.domain.carts import CartRow, OfferRow
from functions.ordering.domain.places import Place
from functions.ordering.errors import (
    CartFullError,
    CartItemNotFoundError,
    CurrencyMismatchError,
    LineQuantityError,
    VariantNotFoundError,
)
from functions.ordering.repository import carts
from functions.ordering.service.cart_pricing import check_region, price_cart
from functions.ordering.service.owners import Owner, find_cart, lock_cart
from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.ordering import cart_tokens
from shared.contexts.ordering.cart_limits import MAX_LINES, MAX_QUANTITY

_RENEW_AFTER: Final = timedelta(hours=1)
"""Reading a cart renews its expiry at most this often: reads should seldom write."""


def view(connection: Connection, owner: Owner, place: Place | None = None) -> CartView:
    """The caller's cart, with shipping and taxes of a place if one is named. Reading never creates one."""
    cart = find_cart(connection, owner)
    if cart is not None and cart.expires_at is not None and _is_due(cart.expires_at):
        cart = carts.renew_guests(connection, cart.id)
    return priced_view(connection, cart, place)


def add(connection: Connection, owner: Owner, variant_id: UUID, quantity: int) -> tuple[CartView, UUID, bool]:
    """Add units of a variant to the cart, created if there is none; returns the cart, the line, and whether it is new.

    Raises VariantNotFoundError, CurrencyMismatchError, CartFullError, LineQuantityError and InsufficientStockError.
    """
    cart = lock_cart(connection, owner) or carts.create_guests(connection)
    offer = carts.offer(connection, cart.id, variant_id)
    if offer is None or not offer.sellable:
        raise VariantNotFoundError
    if offer.lines and cart.currency != offer.currency:
        raise CurrencyMismatchError(
            f"The cart is in {cart.currency}, this product in {offer.currency}",
            cart_currency=cart.currency,
            currency=offer.currency,
        )
    if offer.in_cart == 0 and offer.lines >= MAX_LINES:
        raise CartFullError(f"A cart holds up to {MAX_LINES} different items")
    _check_quantity(offer, offer.in_cart + quantity)
    item_id = carts.add(connection, cart.id, variant_id, quantity=quantity, price=offer.price_amount)
    if cart.currency != offer.currency:
        carts.set_currency(connection, cart.id, offer.currency)
        cart = replace(cart, currency=offer.currency)
    return priced_view(connection, cart), item_id, offer.in_cart == 0


def set_quantity(connection: Connection, owner: Owner, item_id: UUID, quantity: int) -> CartView:
    """Change how many units a line has. Raises CartItemNotFoundError, LineQuantityError and InsufficientStockError."""
    cart = lock_cart(connection, owner)
    variant_id = carts.variant_of_item(connection, cart.id, item_id) if cart else None
    if cart is None or variant_id is None:
        raise CartItemNotFoundError
    offer = carts.offer(connection, cart.id, variant_id)
    assert offer is not None  # the line's foreign key says so
    _check_quantity(offer, quantity)
    carts.set_quantity(connection, item_id, quantity)
    return priced_view(connection, cart)


def remove(connection: Connection, owner: Owner, item_id: UUID) -> CartRow:
    """Remove a line from the cart. Raises CartItemNotFoundError."""
    cart = lock_cart(connection, owner)
    if cart is None or not carts.remove(connection, cart.id, item_id):
        raise CartItemNotFoundError
    return cart


def empty(connection: Connection, owner: Owner) -> CartRow | None:
    """Remove all items from the cart. An open checkout keeps its reservation until it is replaced or expires."""
    cart = lock_cart(connection, owner)
    if cart is not None:
        carts.empty(connection, cart.id)
    return cart


def priced_view(connection: Connection, cart: CartRow | None, place: Place | None = None) -> CartView:
    """The cart, priced. Raises ValidationError for a region that there is not, where prices depend on it."""
    if cart is None:
        return CartView(None, pricing.EMPTY, place)
    priced, rules = price_cart(connection, cart, carts.lines(connection, cart.id), place=place)
    check_region(rules, place)
    return CartView(cart, priced, place)


def _check_quantity(offer: OfferRow, quantity: int) -> None:
    if quantity > MAX_QUANTITY:
        raise LineQuantityError(f"A line holds up to {MAX_QUANTITY} units, {offer.in_cart} are in the cart")
    if offer.available is not None and quantity > offer.available:
        raise stock.insufficient({offer.variant_id: (quantity, offer.available)})


def _is_due(expires_at: datetime) -> bool:
    return expires_at - datetime.now(UTC) < cart_tokens.LIFETIME - _RENEW_AFTER
