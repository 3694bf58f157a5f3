"""Owners of carts: a customer by account, a guest by cart token."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from functions.ordering.domain.carts import CartRow
from functions.ordering.repository import carts
from shared.clients.database import Connection
from shared.contexts.ordering import cart_tokens
from shared.contexts.ordering.cart_tokens import CartToken
from shared.errors import InvalidTokenError


@dataclass(frozen=True, slots=True)
class Owner:
    """The caller. A customer is identified by the account; a cart token beside it matters only for merging, and for
    what the same person began as a guest."""

    user_id: UUID | None
    cart_token: str | None

    def guest_token(self) -> CartToken | None:
        """The decoded cart token. Raises InvalidCartTokenError for one that we did not sign."""
        return cart_tokens.decode(self.cart_token) if self.cart_token is not None else None

    def owns(self, *, user_id: UUID | None, cart_id: UUID) -> bool:
        """Whether the caller owns what this user created, or a guest with this cart."""
        if user_id is not None:
            return user_id == self.user_id
        token = self.guest_token()
        return token is not None and token.opens(cart_id)


def find_cart(connection: Connection, owner: Owner) -> CartRow | None:
    """The caller's cart, if there is one. A guest's that has expired or was merged does not exist."""
    if owner.user_id is not None:
        return carts.of_customer(connection, owner.user_id)
    token = owner.guest_token()
    return carts.of_guest(connection, token.cart_id) if token is not None and not token.is_expired else None


def lock_cart(connection: Connection, owner: Owner) -> CartRow | None:
    """The caller's cart, locked until the transaction ends, and a guest's renewed.

    A customer's is created if there is none. Raises InvalidTokenError for a deleted account.
    """
    if owner.user_id is not None:
        cart = carts.lock_customers(connection, owner.user_id)
        if cart is None:
            raise InvalidTokenError("The account does not exist any more")
        return cart
    token = owner.guest_token()
    return carts.renew_guests(connection, token.cart_id) if token is not None and not token.is_expired else None
