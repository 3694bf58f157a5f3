"""How many units of a variant somebody may hold without paying, so that nobody keeps others from buying.

A network (the caller's, as a keyed hash) and a cart hold at most a share of what is on hand, and never less than a few
units: small stocks, and people behind one address, can still buy. What a network took within an hour and has not paid
adds up to at most the share and two renewals of it. `reservations.reserve` counts both in the statement that reserves,
under the lock on the stock level. Backorders are not limited: there is no stock to deny to others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared.errors import ConflictError, TooManyRequestsError

RENEWALS: Final = 2
"""How often what was held and not paid may be reserved anew within an hour."""

SHARE: Final = "greatest(s.on_hand::bigint * %(share_percent)s / 100, %(least_units)s)"
"""SQL: the units of a level `s` that one network or cart may hold unpaid."""
IS_OVER: Final = "n.since <= now() - interval '1 hour'"
"""SQL: whether the hour of a `network_reservations` row `n` is over."""

COUNT_DOWN: Final = """
UPDATE network_reservations n SET held = greatest(n.held - g.quantity, 0),
    taken = CASE WHEN {uncounts} AND g.created_at >= n.since THEN greatest(n.taken - g.quantity, 0) ELSE n.taken END
FROM gone g JOIN locked USING (variant_id) WHERE n.network = g.network AND n.variant_id = g.variant_id
"""
"""SQL: count reservations `gone`, whose levels are `locked`, down. What is sold, and what another reservation carries
on, does not count as taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who reserves without having paid, and how much of a variant they may hold."""

    network: bytes
    """The caller's network as a keyed hash: it cannot be read from the database alone."""
    held_by_cart: Mapping[UUID, int]
    """Units that other checkouts of the same cart hold."""
    share_percent: int
    """Of the units on hand."""
    least_units: int
    """So many may always be held, however few there are."""

    def parameters(self, quantities: Mapping[UUID, int]) -> dict[str, Any]:
        """Of the statement that reserves these units."""
        return {
            "network": self.network,
            "of_cart": [quantity + self.held_by_cart.get(variant, 0) for variant, quantity in quantities.items()],
            "share_percent": self.share_percent,
            "least_units": self.least_units,
        }


class ReservationShareError(ConflictError):
    """Carries `items`: variant, wanted units, and those that could be reserved now, where these are few."""

    code, title = "reservation_share_exceeded", "That is more than can be reserved without paying"


class ReservationRenewalsError(TooManyRequestsError):
    """Stock was reserved and not paid as often as it may be."""

    code, title = "reservation_renewals_exceeded", "Reserved too often without paying"

    def __init__(self, what: str, wait: int) -> None:
        """`wait` is in seconds; it is `Retry-After`, too."""
        super().__init__(
            f"{what} without paying can be reserved anew {RENEWALS} times an hour; pay for what is reserved, or try"
            f" again in {-(-wait // 60)} minutes",
            headers={"Retry-After": str(wait)},
        )
