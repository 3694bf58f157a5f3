"""Carts as they are stored, beside what the catalogue says now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CartRow:
    id: UUID
    user_id: UUID | None
    currency: str | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line beside what the catalogue has now; `available` is None where backorders are taken."""

    id: UUID
    variant_id: UUID
    product_id: UUID
    slug: str
    name: str
    variant_title: str
    sku: str | None
    image_url: str | None
    category_id: UUID | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    quantity: int
    price_at_time: int
    price_amount: int
    currency: str
    sellable: bool
    available: int | None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A variant as one cart can have it, and what of it the cart holds."""

    variant_id: UUID
    price_amount: int
    currency: str
    sellable: bool
    available: int | None
    in_cart: int
    lines: int
