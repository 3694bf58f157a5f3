"""Currencies as Stripe treats them: https://docs.stripe.com/currencies."""

from simulators.stripe.errors import ApiError, invalid_request

_SUPPORTED_CODES = """
    usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp
    cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk
    jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn
    nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std
    szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw
"""
SUPPORTED = frozenset(_SUPPORTED_CODES.split())
_ZERO_DECIMAL_CODES = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"
ZERO_DECIMAL = frozenset(_ZERO_DECIMAL_CODES.split())
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
# Represented with two decimals that must be zero, for backward compatibility.
_WHOLE_UNITS_ONLY = frozenset({"isk", "ugx"})
# Charged with two decimals, but paid out in whole units.
_WHOLE_PAYOUTS = _WHOLE_UNITS_ONLY | {"huf", "twd"}

# The least that may be charged, in minor units, where Stripe publishes an amount for the currency.
_MINIMUM = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300,
    "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
_MAXIMUM = 99_999_999
_MAXIMUM_IDR = 999_999_999_999


def check_currency(currency: str) -> str:
    """The currency in lower case; raises ApiError (400) for one that Stripe does not support."""
    lowered = currency.lower()
    if lowered not in SUPPORTED:
        raise invalid_request(
            f"Invalid currency: {currency}. Stripe currently supports these currencies: {', '.join(sorted(SUPPORTED))}",
            param="currency",
        )
    return lowered


def check_amount(amount: int, currency: str) -> None:
    """Raise ApiError (400) when Stripe would not charge this amount (minor units) in this currency."""
    if amount < 1:
        raise too_small_integer("amount", least=1)
    minimum = _MINIMUM.get(currency, 1)
    if amount < minimum:
        raise invalid_request(
            f"Amount must be at least {formatted(minimum, currency)}", code="amount_too_small", param="amount"
        )
    maximum = _MAXIMUM_IDR if currency == "idr" else _MAXIMUM
    if amount > maximum:
        raise invalid_request(
            f"Amount must be no more than {formatted(maximum, currency)}", code="amount_too_large", param="amount"
        )
    check_step(amount, currency)


def step(currency: str) -> int:
    """What every amount that is charged or refunded is a multiple of."""
    return 10 if currency in THREE_DECIMAL else 100 if currency in _WHOLE_UNITS_ONLY else 1


def check_step(amount: int, currency: str, *, param: str = "amount") -> None:
    """Raise ApiError (400) for an amount that Stripe's partners cannot move in this currency."""
    _check_divisible(amount, currency, step(currency), param)


def check_payout(amount: int, currency: str) -> None:
    """Raise ApiError (400) for an amount that is not paid out in this currency."""
    _check_divisible(amount, currency, 100 if currency in _WHOLE_PAYOUTS else 1, "amount")


def _check_divisible(amount: int, currency: str, by: int, param: str) -> None:
    if amount % by:
        raise invalid_request(
            f"Invalid amount: amounts in {currency} must be divisible by {by}.",
            code="parameter_invalid_integer",
            param=param,
        )


def too_small_integer(param: str, *, least: int) -> ApiError:
    return invalid_request(
        f"This value must be greater than or equal to {least}.", code="parameter_invalid_integer", param=param
    )


def formatted(amount: int, currency: str) -> str:
    """An amount in minor units as a person writes it, e.g. `10.99 usd`, `500 jpy`."""
    if currency in ZERO_DECIMAL:
        return f"{amount} {currency}"
    decimals = 3 if currency in THREE_DECIMAL else 2
    whole, rest = divmod(abs(amount), 10**decimals)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:0{decimals}d} {currency}"
