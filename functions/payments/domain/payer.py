"""Who pays: a signed-in user, or a guest who holds the cart's token."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contexts.ordering.cart_tokens import CartToken


@dataclass(frozen=True, slots=True)
class Payer:
    """The caller as far as payments are concerned; both are set for a guest who has just signed in."""

    user_id: UUID | None
    cart: CartToken | None
    ip_address: str | None = None

    def owns(self, *, user_id: UUID | None, cart_id: UUID) -> bool:
        """Whether a checkout of this user (None: of a guest) and this cart is the caller's."""
        if user_id is not None:
            return self.user_id == user_id
        return self.cart is not None and self.cart.opens(cart_id)
