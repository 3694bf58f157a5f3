"""The terms of a coupon, as administrators set them. Amounts are in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from functions.ordering.domain.pricing_rules import CouponKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponTerms:
    """The names are the columns'."""

    code: str
    description: str
    kind: CouponKind
    percent_basis_points: int | None
    amount: int | None
    buy_quantity: int | None
    get_quantity: int | None
    currency: str | None
    minimum_subtotal_amount: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    total_limit: int | None
    per_customer_limit: int | None
    category_ids: list[UUID]
    product_ids: list[UUID]
    is_combinable: bool
    is_active: bool
