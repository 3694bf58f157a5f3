"""How much of a guest's cart fits into the customer's."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from functions.ordering.domain.cart_view import CartView
from shared.contexts.ordering.cart_limits import MAX_QUANTITY


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A line of the guest's cart, and what of it the customer's cart holds."""

    variant_id: UUID
    name: str
    variant_title: str
    quantity: int
    price_at_time: int
    in_cart: int
    sellable: bool
    available: int | None


@dataclass(frozen=True, slots=True)
class Addition:
    variant_id: UUID
    quantity: int
    price_at_time: int


@dataclass(frozen=True, slots=True)
class CappedLine:
    """A guest's line that was not merged whole, and why: `removed`, `insufficient_stock` or `limit`."""

    variant_id: UUID
    name: str
    variant_title: str
    wanted: int
    """Units that both carts held together."""
    quantity: int
    """Units that the cart holds now."""
    reason: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    view: CartView
    capped: list[CappedLine]


def capacity(line: CandidateRow, free_lines: int) -> tuple[int, str]:
    """How many more units the customer's line can take, and the reason why not more."""
    if not line.sellable:
        return 0, "removed"
    if line.in_cart == 0 and free_lines <= 0:
        return 0, "limit"
    by_limit = MAX_QUANTITY - line.in_cart
    by_stock = by_limit if line.available is None else line.available - line.in_cart
    return max(0, min(by_limit, by_stock)), "limit" if by_limit < by_stock else "insufficient_stock"
