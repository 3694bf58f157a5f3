"""The currencies that a shop can be paid in, and which amounts of each can be charged.

Decimal places are those of ISO 4217, but for the Malagasy ariary, which is charged in whole units. What can be charged
is what Stripe takes (https://docs.stripe.com/currencies): the list of presentment currencies, three-decimal amounts in
tens, the least amounts that it publishes, and at most eight digits in its own units, twelve for the rupiah. Of the
other currencies it wants the worth of about 0.50 USD, which is not known before it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_TWO_DECIMAL: Final = """
    USD AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC
    CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT
    LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
    QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH UYU UZS WST XCD YER ZAR
    ZMW
"""
_ZERO_DECIMAL: Final = "BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMAL: Final = "BHD JOD KWD OMR TND"

_MINIMUM: Final = {
    "USD": 50, "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250,
    "EUR": 50, "GBP": 30, "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300,
    "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000,
}  # fmt: skip
_MAXIMUM: Final = 99_999_999
# Eight digits in Stripe's units, which are hundredths of these.
_SMALLER_MAXIMUM: Final = {"ISK": 999_999, "UGX": 999_999}
_LARGER_MAXIMUM: Final = {"IDR": 999_999_999_999}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code; amounts are in its minor units."""

    code: str
    places: int
    """Decimal places of the minor unit: 2 for USD, 0 for JPY, 3 for KWD."""
    step: int
    """Every amount that is charged or refunded is a multiple of it."""
    minimum: int
    """The least that can be charged, apart from nothing at all."""
    maximum: int


def _currency(code: str, places: int) -> Currency:
    maximum = _LARGER_MAXIMUM.get(code) or _SMALLER_MAXIMUM.get(code, _MAXIMUM)
    step = 10 if places == 3 else 1
    return Currency(code, places, step, _MINIMUM.get(code, step), maximum // step * step)


CURRENCIES: Final[dict[str, Currency]] = {
    code: _currency(code, places)
    for places, codes in ((2, _TWO_DECIMAL), (0, _ZERO_DECIMAL), (3, _THREE_DECIMAL))
    for code in codes.split()
}
_DEFAULT: Final = Currency("", 2, 1, 1, _MAXIMUM)


def of(code: str) -> Currency:
    """The currency of a code in any case; one that no shop can be paid in any more has two places and no limits of its
    own.
    """
    return CURRENCIES.get(code.upper(), _DEFAULT)


def is_payable(code: str) -> bool:
    """Whether a price can be written in the currency (upper case)."""
    return code in CURRENCIES
