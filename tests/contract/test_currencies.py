"""What a shop can be paid in is what Stripe takes, amount by amount."""

from __future__ import annotations

import pytest

from functions.payments.providers.stripe.amounts import from_stripe, to_stripe
from shared.currencies import CURRENCIES, Currency
from simulators.stripe import currencies as at_stripe
from simulators.stripe.errors import ApiError


def takes(amount: int, currency: Currency) -> bool:
    """Whether Stripe charges an amount of ours."""
    try:
        at_stripe.check_amount(to_stripe(amount, currency.code), currency.code.lower())
    except ApiError:
        return False
    return True


def test_the_currencies_are_those_of_stripe() -> None:
    assert {code.lower() for code in CURRENCIES} == at_stripe.SUPPORTED


@pytest.mark.parametrize("currency", CURRENCIES.values(), ids=lambda currency: currency.code)
def test_the_limits_are_those_of_stripe(currency: Currency) -> None:
    assert takes(currency.minimum, currency)
    assert not takes(currency.minimum - 1, currency)
    assert takes(currency.minimum + currency.step, currency)
    assert takes(currency.maximum, currency)
    assert not takes(currency.maximum + currency.step, currency)
    assert currency.step == 1 or not takes(currency.maximum - 1, currency)
    for amount in (currency.step, currency.maximum, -currency.maximum):
        assert from_stripe(to_stripe(amount, currency.code), currency.code) == amount


@pytest.mark.parametrize(("code", "amount", "shown"), [
    ("UGX", 5000, "5000.00 ugx"), ("ISK", 1990, "1990.00 isk"), ("JPY", 1990, "1990 jpy"), ("HUF", 17500, "175.00 huf"),
    ("KWD", 5120, "5.120 kwd"), ("TWD", 9950, "99.50 twd"),
])  # fmt: skip
def test_what_stripe_shows_is_what_the_shop_shows(code: str, amount: int, shown: str) -> None:
    assert at_stripe.formatted(to_stripe(amount, code), code.lower()) == shown
