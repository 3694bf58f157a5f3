"""Money is exact in every currency, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import money

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KRW", "KWD", "cny"])


@given(amount=st.integers(0, money.MAX_AMOUNT), currency=CURRENCIES)
def test_minor_units_survive_the_way_to_a_decimal_and_back(amount: int, currency: str) -> None:
    assert money.to_minor(money.to_decimal(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("9.99", "USD", 999),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        (Decimal("0.10"), "EUR", 10),
        ("75", "USD", 7500),
    ],
)
def test_a_decimal_amount_becomes_minor_units(amount: str | Decimal, currency: str, minor: int) -> None:
    assert money.to_minor(amount, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("9.999", "USD"),
        ("1.5", "JPY"),
        ("", "USD"),
        ("free", "USD"),
        ("NaN", "USD"),
        ("Infinity", "USD"),
        ("1e-9", "EUR"),
    ],
)
def test_what_is_not_exact_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimal places"):
        money.to_minor(amount, currency)
