"""How often a cart reserves stock without paying, and what a checkout that replaces another has of its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.contexts.catalog.reservation_limits import RENEWALS, ReservationRenewalsError

_HOUR: Final = timedelta(hours=1)
_ENOUGH: Final = timedelta(minutes=1)
"""What must be left of a reservation for a replacement to go on with it: enough to open the payment."""


@dataclass(frozen=True, slots=True)
class ReservedCheckout:
    """A checkout of the cart that holds stock, or reserved some within the last hour."""

    id: UUID
    status: str
    reserved_at: datetime
    extended_at: datetime | None
    expires_at: datetime
    now: datetime
    being_paid: bool
    """Of an open one: whether its payment is being processed, or has succeeded."""


@dataclass(frozen=True, slots=True)
class ReservationTime:
    """When the reservation of a checkout began and ends; None where it begins now."""

    reserved_at: datetime | None = None
    extended_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def is_carried_on(self) -> bool:
        """Whether it is the time of the checkout that is replaced."""
        return self.reserved_at is not None


def open_checkout(cart: Sequence[ReservedCheckout]) -> ReservedCheckout | None:
    """The one that the next checkout replaces."""
    return next((checkout for checkout in cart if checkout.status == "open"), None)


def time_of_next(cart: Sequence[ReservedCheckout]) -> ReservationTime:
    """The time of the cart's next checkout.

    One that replaces a running one has its time, which makes it no renewal. Any other begins anew, three times an hour:
    once, and two renewals. Where none is left, a replacement still has what is left of the running time.
    Raises ReservationRenewalsError.
    """
    unpaid = _unpaid_since(cart)
    may_begin = len(unpaid) <= RENEWALS
    replaced = open_checkout(cart)
    left = replaced.expires_at - replaced.now if replaced is not None else timedelta()
    if replaced is not None and left > (_ENOUGH if may_begin else timedelta()):
        return ReservationTime(replaced.reserved_at, replaced.extended_at, replaced.expires_at)
    if not may_begin:
        wait = unpaid[-1 - RENEWALS] + _HOUR - cart[0].now
        raise ReservationRenewalsError("What a cart holds", max(1, -int(-wait.total_seconds() // 1)))
    return ReservationTime()


def _unpaid_since(cart: Sequence[ReservedCheckout]) -> list[datetime]:
    """When each reservation of the last hour began that was not paid, oldest first. Checkouts that replaced each other
    in time began at one moment: they are one reservation, and paid if one of them is.
    """
    recent = {checkout.reserved_at for checkout in cart if checkout.reserved_at > checkout.now - _HOUR}
    return sorted(recent - {checkout.reserved_at for checkout in cart if checkout.status == "paid"})
