"""A cart as its owner sees it."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.domain.carts import CartRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import PricedCart
from shared.contexts.ordering import cart_tokens


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart with its price; a guest who has put nothing into one yet has no cart."""

    cart: CartRow | None
    priced: PricedCart
    place: Place | None = None
    """The destination, where the caller named one."""

    @property
    def token(self) -> str | None:
        """The token that the guest presents from now on; None for a customer's cart."""
        return token_of(self.cart)


def token_of(cart: CartRow | None) -> str | None:
    """The token of a guest's cart, good until the cart's end."""
    if cart is None or cart.expires_at is None:
        return None
    return cart_tokens.encode(cart.id, cart.expires_at)
