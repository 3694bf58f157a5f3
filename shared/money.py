"""Money: integer minor units and an ISO 4217 code. Nothing here or elsewhere makes a float of an amount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from shared import currencies

MAX_AMOUNT: Final = 99_999_999_99
"""The largest amount that a field takes, in minor units; what can be charged is `shared.currencies`'."""


def exponent(currency: str) -> int:
    """How many decimal places the currency has: 2 for most, 0 for JPY and KRW, 3 for KWD."""
    return currencies.of(currency).places


def price_problem(amount: int | None, currency: str) -> str | None:
    """Why nothing can cost so much (minor units), or None. The currency is one that can be paid in."""
    terms = currencies.of(currency)
    if amount is None or (0 <= amount <= terms.maximum and amount % terms.step == 0):
        return None
    if amount % terms.step:
        return f"{to_decimal(amount, currency)} {terms.code} cannot be paid: the last decimal place must be 0"
    return f"more than one payment can carry, which is {to_decimal(terms.maximum, currency)} {terms.code}"


def share(total: int, units: int, of: int, currency: str) -> int:
    """What `units` of the `of` units that cost `total` together cost, in minor units: all of them the whole total,
    fewer their share of it, rounded down to what can be paid. So portions that follow each other add up exactly.
    """
    if units >= of:
        return total
    step = currencies.of(currency).step
    return total * units // of // step * step


def to_minor(amount: str | Decimal, currency: str) -> int:
    """Minor units of a decimal amount such as "9.99". Raises ValueError for anything that is not exact."""
    try:
        scaled = Decimal(amount).scaleb(exponent(currency))
    except InvalidOperation as error:
        raise ValueError(f"{amount!r} is not an amount") from error
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{amount!r} has more decimal places than {currency.upper()} has")
    return int(scaled)


def to_decimal(amount: int, currency: str) -> str:
    """The decimal string of an amount in minor units: 999 USD is "9.99", 500 JPY is "500"."""
    places = exponent(currency)
    return str(Decimal(amount).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
