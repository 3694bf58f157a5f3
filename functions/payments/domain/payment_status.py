"""The payment's states, and which of two reports about it is the newer one.

Providers deliver events late, twice and in any order. A report is compared with what is known, not counted:

| rank | states | |
|---|---|---|
| 0 | requires_payment, requires_action, processing, failed | come and go until the payment ends |
| 1 | canceled | final: the intent takes no money any more |
| 2 | succeeded, partially_refunded, refunded | final: the money was taken; refunds are read, not counted |

A higher rank always wins and a lower one is always stale, whenever it arrives: that is enough for what is final. Within
rank 0 the later event wins by the provider's clock, which has a resolution of one second; where two different reports
are of the same second, comparing is not enough and the intent has to be read again (Verdict.TIED).
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final

from functions.payments.providers.port import PaymentStatus


class Verdict(Enum):
    """What to do with a report."""

    APPLY = "apply"
    STALE = "stale"
    TIED = "tied"
    CONTRADICTION = "contradiction"
    """Money taken by a canceled intent: no provider does that, and no rule of ours settles it."""


_S = PaymentStatus
_CANCELED_RANK: Final = 1
_RANK: Final = {
    _S.REQUIRES_PAYMENT: 0,
    _S.REQUIRES_ACTION: 0,
    _S.PROCESSING: 0,
    _S.FAILED: 0,
    _S.CANCELED: _CANCELED_RANK,
    _S.SUCCEEDED: 2,
    _S.PARTIALLY_REFUNDED: 2,
    _S.REFUNDED: 2,
}

SETTLED: Final = frozenset(status for status, rank in _RANK.items() if rank == _RANK[_S.SUCCEEDED])
"""The provider has, or had, the money."""

ENDED: Final = SETTLED | {_S.CANCELED}


def judge(known: PaymentStatus, known_at: datetime | None, reported: PaymentStatus, reported_at: datetime) -> Verdict:
    """Whether a report of `told` at `told_at` replaces what is known (None: since the intent was made)."""
    if _RANK[reported] > _RANK[known]:
        return Verdict.CONTRADICTION if _RANK[known] == _CANCELED_RANK else Verdict.APPLY
    if _RANK[reported] < _RANK[known] or reported in ENDED:
        return Verdict.STALE
    if known_at is None or reported_at > known_at:
        return Verdict.APPLY
    return Verdict.TIED if reported_at == known_at and reported != known else Verdict.STALE


def by_refunds(captured: int, refunded: int) -> PaymentStatus:
    """The state of a payment whose money was taken, by how much of it (minor units) went back."""
    if refunded <= 0:
        return _S.SUCCEEDED
    return _S.REFUNDED if refunded >= captured else _S.PARTIALLY_REFUNDED
