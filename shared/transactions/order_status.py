"""The order's status machine (commerce.md)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from shared.errors import ConflictError


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"


_S = OrderStatus

LEGAL_MOVES: Final[dict[OrderStatus, frozenset[OrderStatus]]] = {
    _S.PENDING: frozenset({_S.PAID, _S.CANCELLED}),
    _S.PAID: frozenset({_S.PROCESSING, _S.SHIPPED, _S.CANCELLED, _S.REFUNDED, _S.PARTIALLY_REFUNDED}),
    _S.PROCESSING: frozenset({_S.SHIPPED, _S.CANCELLED, _S.REFUNDED, _S.PARTIALLY_REFUNDED}),
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.REFUNDED, _S.PARTIALLY_REFUNDED}),
    _S.DELIVERED: frozenset({_S.REFUNDED, _S.PARTIALLY_REFUNDED}),
    _S.PARTIALLY_REFUNDED: frozenset({_S.PROCESSING, _S.SHIPPED, _S.DELIVERED, _S.REFUNDED}),
    # Paid after all: the money came after the order's time was over, and its stock was still there.
    _S.CANCELLED: frozenset({_S.PAID, _S.REFUNDED}),
    _S.REFUNDED: frozenset(),
}

MONEY_MOVES: Final = frozenset({_S.PAID, _S.REFUNDED, _S.PARTIALLY_REFUNDED})
"""Only a payment provider's word leads to these; nobody sets them by hand."""


class IllegalStatusMoveError(ConflictError):
    """Carries `legal`: the statuses that the order can go to."""

    code, title = "illegal_status_move", "The order cannot go to this status"


def check_move(before: OrderStatus, after: OrderStatus, *, by_hand: bool) -> None:
    """Raises IllegalStatusMoveError, listing the legal moves, unless the order may go from `before` to `after`."""
    legal = LEGAL_MOVES[before] - (MONEY_MOVES if by_hand else frozenset())
    if after not in legal:
        names = sorted(status.value for status in legal)
        raise IllegalStatusMoveError(
            f"An order that is {before.value} can go to {', '.join(names) or 'no other status'}, not to {after.value}",
            legal=names,
        )
