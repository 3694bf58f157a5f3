"""A checkout as it is requested, and as it is priced and stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import Amounts
from functions.ordering.domain.pricing_rules import CouponKind

_UNPAID: Final = ("open", "ordered")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRequest:
    """What the caller wants to buy. `expected_total_amount` is the total that the customer saw, in minor units."""

    email: str | None
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    """Whom to invoice; None where it is the shipping address."""
    place: Place | None
    """The destination; without a shipping address, the place of taxation."""
    shipping_rate_id: UUID | None
    expected_total_amount: int | None
    accept_changes: bool
    language: str
    """A guest's (BCP 47); a customer's is the account's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutLineRow:
    """A line as it was priced; `total_amount` is what is paid for the whole of it."""

    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: int
    total_amount: int

    @property
    def amount(self) -> int:
        """Units times price."""
        return self.quantity * self.unit_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemedCoupon:
    """A coupon that the checkout redeemed, and what it takes off."""

    code: str
    description: str
    kind: CouponKind
    discount_amount: int
    shipping_discount_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutDetail:
    """A checkout with all that was priced, and what became of it."""

    id: UUID
    status: str
    email: str
    currency: str
    amounts: Amounts
    lines: Sequence[CheckoutLineRow]
    coupons: Sequence[RedeemedCoupon]
    shipping_rate_id: UUID | None
    shipping_method: str | None
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    expires_at: datetime
    order_id: UUID | None = None
    payment_id: UUID | None = None
    payment_status: str | None = None

    @property
    def is_payable(self) -> bool:
        """Whether it is neither paid nor closed."""
        return self.status in _UNPAID
