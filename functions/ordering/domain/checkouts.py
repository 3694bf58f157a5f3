"""A checkout as it is requested, and as it is priced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.ordering.domain.carts import CartRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import PricedCart, PricedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRequest:
    """What the caller wants to buy. `expected_total_amount` is the total that the customer saw, in minor units."""

    email: str | None
    shipping_address: dict[str, Any] | None
    place: Place | None
    """The destination; without an address, the place of taxation."""
    shipping_rate_id: UUID | None
    expected_total_amount: int | None
    accept_changes: bool
    language: str
    """A guest's (BCP 47); a customer's is the account's."""


@dataclass(frozen=True, slots=True)
class PricedCheckout:
    id: UUID
    cart: CartRow
    email: str
    currency: str
    priced: PricedCart
    shipping_address: dict[str, Any] | None
    expires_at: datetime

    @property
    def lines(self) -> Sequence[PricedLine]:
        return self.priced.lines
