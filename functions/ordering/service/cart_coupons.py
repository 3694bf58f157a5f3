"""Adding coupons to the cart by their codes, and removing them."""

from __future__ import annotations

from functions.ordering.domain.cart_view import CartView
from functions.ordering.domain.carts import CartRow
from functions.ordering.domain.places import Place
from functions.ordering.errors import (
    CartEmptyError,
    CouponNotApplicableError,
    CouponNotFoundError,
    TooManyCouponsError,
)
from functions.ordering.repository import cart_coupons
from functions.ordering.service.carts import priced_view
from functions.ordering.service.owners import Owner, lock_cart
from shared.clients.database import Connection
from shared.contexts.ordering.cart_limits import MAX_COUPONS


def add(connection: Connection, owner: Owner, code: str, place: Place | None) -> tuple[CartView, bool]:
    """Add the coupon to the cart, to whose items it must apply; returns the cart, and whether the coupon is new in it.

    Raises CartEmptyError, CouponNotFoundError, TooManyCouponsError and CouponNotApplicableError.
    """
    cart = lock_cart(connection, owner)
    if cart is None or cart.currency is None:
        raise CartEmptyError
    coupon_id = cart_coupons.usable(connection, code)
    if coupon_id is None:
        raise CouponNotFoundError
    coupon_ids = cart_coupons.coupon_ids(connection, cart.id)
    if coupon_id in coupon_ids:
        return priced_view(connection, cart, place), False
    if len(coupon_ids) >= MAX_COUPONS:
        raise TooManyCouponsError(f"A cart holds up to {MAX_COUPONS} coupons")
    cart_coupons.add(connection, cart.id, coupon_id)
    view = priced_view(connection, cart, place)
    applied = next(each for each in view.priced.coupons if each.row.id == coupon_id)
    if applied.problem is not None:
        raise CouponNotApplicableError(problem=applied.problem)
    return view, True


def remove(connection: Connection, owner: Owner, code: str) -> CartRow:
    """Remove the coupon from the cart. Raises CouponNotFoundError."""
    cart = lock_cart(connection, owner)
    if cart is None or not cart_coupons.remove(connection, cart.id, code):
        raise CouponNotFoundError("The cart holds no such coupon")
    return cart
