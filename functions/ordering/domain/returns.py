"""Returns: their status machine, the returnable units, and their refund.

requested -> approved -> received -> refunded, or requested -> rejected. A return is refunded when payments reports it,
or at once where nothing is left to refund.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from functions.ordering.errors import InvalidReturnTransitionError
from shared.money import share


class ReturnStatus(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    RECEIVED = "received"
    REFUNDED = "refunded"


class ReturnReason(StrEnum):
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrong_item"
    NOT_AS_DESCRIBED = "not_as_described"
    ARRIVED_LATE = "arrived_late"
    NO_LONGER_WANTED = "no_longer_wanted"
    OTHER = "other"


TRANSITIONS: Final[dict[ReturnStatus, frozenset[ReturnStatus]]] = {
    ReturnStatus.REQUESTED: frozenset({ReturnStatus.APPROVED, ReturnStatus.REJECTED}),
    ReturnStatus.APPROVED: frozenset({ReturnStatus.RECEIVED, ReturnStatus.REFUNDED}),
    ReturnStatus.REJECTED: frozenset(),
    ReturnStatus.RECEIVED: frozenset({ReturnStatus.REFUNDED}),
    ReturnStatus.REFUNDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class ReturnUnits:
    """A line of an order, and how many of its units were delivered, returned and refunded."""

    id: UUID
    variant_id: UUID
    quantity: int
    total_amount: int
    delivered: int
    in_time: int
    """Delivered within the window."""
    requested: int
    """In returns that were not refused."""
    received: int
    """Of these, back at the shop."""
    refunded_by_hand: int
    until: datetime | None = None
    """When the first of those that can be returned no longer can."""

    @property
    def returnable(self) -> int:
        return max(0, min(self.delivered - self.requested, self.in_time))

    @property
    def returnable_at_any_time(self) -> int:
        return self.delivered - self.requested


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return; `lines` hold `order_item_id`, `quantity`, `reason`, `restocked` and `refund_amount`."""

    id: UUID
    order_id: UUID
    status: str
    version: int
    note: str | None
    decision_note: str | None
    decided_at: datetime | None
    received_at: datetime | None
    refund_request_id: UUID | None
    created_at: datetime
    order_number: str
    lines: list[dict[str, Any]]

    @property
    def refund_amount(self) -> int | None:
        """Of all lines, in minor units; None until payments has recorded the refund."""
        amounts = [line["refund_amount"] for line in self.lines if line["refund_amount"] is not None]
        return sum(amounts) if amounts else None


@dataclass(frozen=True, slots=True)
class RequestedLine:
    """Units of an order's line that the customer wants to return."""

    order_item_id: UUID
    quantity: int
    reason: str


def refund_share(unit: ReturnUnits, quantity: int, currency: str) -> int:
    """What was paid for the next units of the line, in minor units: the shares of all units are exactly the line's
    total, in whatever portions they are returned. (payments computes its refunds in the same way, those by
    administrators included.)
    """
    before = min(unit.received + unit.refunded_by_hand, unit.quantity)
    after = min(before + quantity, unit.quantity)
    return share(unit.total_amount, after, unit.quantity, currency) - share(
        unit.total_amount, before, unit.quantity, currency
    )


def check_status(row: ReturnRow, required: ReturnStatus) -> None:
    """Raises InvalidReturnTransitionError, listing the legal transitions, unless the return has this status."""
    if row.status != required:
        raise InvalidReturnTransitionError(
            f"The return is {row.status}",
            return_status=row.status,
            legal=sorted(TRANSITIONS[ReturnStatus(row.status)]),
        )
