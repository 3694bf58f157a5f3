"""Amounts as Stripe writes them: ours, but for two currencies whose whole units it writes as hundredths.

https://docs.stripe.com/currencies, "Special cases": ISK and UGX have no decimals any more, and are still given with two
that are zero. (HUF and TWD are whole in payouts only.)
"""

from __future__ import annotations

from typing import Final

_HUNDREDTHS: Final = frozenset(("ISK", "UGX"))


def to_stripe(amount: int, currency: str) -> int:
    """Stripe's amount for ours, which is in minor units."""
    return amount * 100 if currency.upper() in _HUNDREDTHS else amount


def from_stripe(amount: int, currency: str) -> int:
    """Our amount for Stripe's. Hundredths, which only a conversion could leave, are rounded half away from zero."""
    if currency.upper() not in _HUNDREDTHS:
        return amount
    whole = (abs(amount) + 50) // 100
    return whole if amount >= 0 else -whole
