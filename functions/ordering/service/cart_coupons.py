"""Entering a coupon's code, and taking it back."""

from __future__ import annotations

from typing import Final

from functions.ordering.errors import (
    CartEmptyError,
    CouponNotApplicableError,
    CouponNotFoundError,
    TooManyCouponsError,
)
from functions.ordering.repository import cart_coupons
from functions.ordering.repository.carts import CartRow
from functions.ordering.repository.pricing_rules import Place
from functions.ordering.service.carts import CartView, viewed
from functions.ordering.service.owners import Owner, lock_cart
from shared.clients.database import Connection

MAX_COUPONS: Final = 5


def enter(connection: Connection, owner: Owner, code: str, place: Place | None) -> tuple[CartView, bool]:
    """Put the coupon into the cart; returns the cart, and whether it is new there. It must apply to what is in it.

    Raises CartEmptyError, CouponNotFoundError, TooManyCouponsError and CouponNotApplicableError.
    """
    cart = lock_cart(connection, owner)
    if cart is None or cart.currency is None:
        raise CartEmptyError
    coupon_id = cart_coupons.usable(connection, code)
    if coupon_id is None:
        raise CouponNotFoundError
    held = cart_coupons.held(connection, cart.id)
    if coupon_id in held:
        return viewed(connection, cart, place), False
    if len(held) >= MAX_COUPONS:
        raise TooManyCouponsError(f"A cart holds up to {MAX_COUPONS} coupons")
    cart_coupons.add(connection, cart.id, coupon_id)
    view = viewed(connection, cart, place)
    entered = next(each for each in view.priced.coupons if each.row.id == coupon_id)
    if entered.problem is not None:
        raise CouponNotApplicableError(problem=entered.problem)
    return view, True


def take_back(connection: Connection, owner: Owner, code: str) -> CartRow:
    """Take the coupon out of the cart. Raises CouponNotFoundError."""
    cart = lock_cart(connection, owner)
    if cart is None or not cart_coupons.remove(connection, cart.id, code):
        raise CouponNotFoundError("The cart holds no such coupon")
    return cart
