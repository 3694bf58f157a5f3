"""Money: integer minor units and an ISO 4217 code. Nothing here or elsewhere makes a float of an amount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

# ISO 4217, column "Minor unit", for the currencies whose number is not 2 and that Stripe settles.
_ZERO_DECIMAL: Final = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF")
)
_THREE_DECIMAL: Final = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))
MAX_AMOUNT: Final = 99_999_999_99
"""The largest amount of one payment, in minor units (Stripe: at most ten digits)."""


def exponent(currency: str) -> int:
    """How many decimal places the currency has: 2 for most, 0 for JPY and KRW, 3 for KWD."""
    code = currency.upper()
    return 0 if code in _ZERO_DECIMAL else 3 if code in _THREE_DECIMAL else 2


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
