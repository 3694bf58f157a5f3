"""The three states of an order, and the one word that is derived from them (docs/decisions/0046-order-states.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from shared.errors import ConflictError


class OrderState(StrEnum):
    """Whether there is something left to do."""

    OPEN = "open"
    COMPLETED = "completed"
    """All that was not refunded has been delivered, or all of it has been refunded."""
    CANCELLED = "cancelled"


class OrderPaymentStatus(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


class FulfilmentStatus(StrEnum):
    """How far the goods are. Refunded units that were never shipped do not count."""

    UNFULFILLED = "unfulfilled"
    PROCESSING = "processing"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class OrderStatus(StrEnum):
    """One word for the three states."""

    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"


_S = TypeVar("_S", bound=StrEnum)

_O = OrderState
_P = OrderPaymentStatus
_F = FulfilmentStatus

PAYMENT_TRANSITIONS: Final[dict[OrderPaymentStatus, frozenset[OrderPaymentStatus]]] = {
    # A payment that came too late is refunded without having paid anything.
    _P.UNPAID: frozenset({_P.PAID, _P.REFUNDED}),
    _P.PAID: frozenset({_P.PARTIALLY_REFUNDED, _P.REFUNDED}),
    _P.PARTIALLY_REFUNDED: frozenset({_P.REFUNDED}),
    _P.REFUNDED: frozenset(),
}
FULFILMENT_TRANSITIONS: Final[dict[FulfilmentStatus, frozenset[FulfilmentStatus]]] = {
    _F.UNFULFILLED: frozenset({_F.PROCESSING, _F.PARTIALLY_SHIPPED, _F.SHIPPED, _F.DELIVERED}),
    _F.PROCESSING: frozenset({_F.PARTIALLY_SHIPPED, _F.SHIPPED, _F.DELIVERED}),
    # Delivered where the units that were left have been refunded.
    _F.PARTIALLY_SHIPPED: frozenset({_F.SHIPPED, _F.DELIVERED}),
    _F.SHIPPED: frozenset({_F.DELIVERED}),
    _F.DELIVERED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class OrderStates:
    """The three states of one order."""

    state: OrderState
    payment_status: OrderPaymentStatus
    fulfilment_status: FulfilmentStatus

    @property
    def status(self) -> OrderStatus:
        """The word. The function `order_status` of the database, which fills `orders.status`, is the same rule."""
        if self.payment_status is _P.REFUNDED:
            return OrderStatus.REFUNDED
        if self.state is _O.CANCELLED:
            return OrderStatus.CANCELLED
        if self.payment_status is _P.UNPAID:
            return OrderStatus.PENDING
        if self.fulfilment_status in (_F.SHIPPED, _F.DELIVERED):
            return OrderStatus(self.fulfilment_status.value)
        if self.payment_status is _P.PARTIALLY_REFUNDED:
            return OrderStatus.PARTIALLY_REFUNDED
        return OrderStatus.PAID if self.fulfilment_status is _F.UNFULFILLED else OrderStatus.PROCESSING


class InvalidTransitionError(ConflictError):
    """Carries `legal`: what the order can become instead."""

    code, title = "illegal_status_move", "The order cannot go to this status"


def check_transition(transitions: Mapping[_S, frozenset[_S]], before: _S, after: _S) -> None:
    """Raises InvalidTransitionError unless one of the three states is `after` already, or may become so."""
    if after is not before and after not in transitions[before]:
        raise _invalid(before, after, sorted(transitions[before]))


def moves(states: OrderStates, *, left_to_ship: bool, is_handed_over: bool) -> list[OrderStatus]:
    """The statuses that somebody can set an order to by hand, sorted.

    `left_to_ship`: whether units are left to ship; `is_handed_over`: whether anything was shipped or downloaded.
    Payments alone decide about paid and refunded.
    """
    legal: set[OrderStatus] = set()
    if states.state is _O.CANCELLED or states.payment_status is _P.REFUNDED:
        return []
    if not is_handed_over:
        legal.add(OrderStatus.CANCELLED)
    if states.state is _O.OPEN and states.payment_status is not _P.UNPAID:
        if left_to_ship:
            legal.add(OrderStatus.SHIPPED)
        if left_to_ship and states.fulfilment_status is _F.UNFULFILLED:
            legal.add(OrderStatus.PROCESSING)
        if states.fulfilment_status is _F.SHIPPED or not (left_to_ship or is_handed_over):
            legal.add(OrderStatus.DELIVERED)
    return sorted(legal)


def check_move(before: OrderStatus, after: OrderStatus, legal: Sequence[OrderStatus]) -> None:
    """Raises InvalidTransitionError, listing the legal moves, where `after` is none of them."""
    if after not in legal:
        raise _invalid(before, after, legal)


def _invalid(before: StrEnum, after: StrEnum, legal: Sequence[StrEnum]) -> InvalidTransitionError:
    names = [each.value for each in legal]
    return InvalidTransitionError(
        f"An order that is {before.value} can become {', '.join(names) or 'nothing else'}, not {after.value}",
        legal=names,
    )
