"""Money is exact in every currency, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import currencies, money

CURRENCIES = st.sampled_from([*currencies.CURRENCIES, "cny"])


@given(amount=st.integers(0, money.MAX_AMOUNT), currency=CURRENCIES)
def test_minor_units_survive_the_way_to_a_decimal_and_back(amount: int, currency: str) -> None:
    assert money.to_minor(money.to_decimal(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("9.99", "USD", 999),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("1990", "ISK", 1990),
        ("5050", "UGX", 5050),
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
        ("10.50", "ISK"),
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


@pytest.mark.parametrize(
    ("amount", "currency", "problem"),
    [
        (0, "USD", None),
        (30, "USD", None),  # a cart may hold two of them
        (99_999_999, "USD", None),
        (100_000_000, "USD", "more than one payment can carry, which is 999999.99 USD"),
        (1_000_000, "UGX", "more than one payment can carry, which is 999999 UGX"),
        (5_000_000_000, "IDR", None),
        (5_120, "KWD", None),
        (5_125, "OMR", "5.125 OMR cannot be paid: the last decimal place must be 0"),
        (99_999_990, "BHD", None),
        (100_000_000, "BHD", "more than one payment can carry, which is 99999.990 BHD"),
    ],
)
def test_a_price_can_be_paid_or_says_why_not(amount: int, currency: str, problem: str | None) -> None:
    assert money.price_problem(amount, currency) == problem


@given(total=st.integers(0, 10**9), portions=st.lists(st.integers(1, 9), min_size=1, max_size=9), currency=CURRENCIES)
def test_portions_that_follow_each_other_add_up_and_can_be_paid(total: int, portions: list[int], currency: str) -> None:
    step = currencies.of(currency).step
    total = total // step * step
    units = sum(portions)
    shares = [money.share(total, units - sum(portions[n:]), units, currency) for n in range(len(portions) + 1)]
    assert (shares[0], shares[-1]) == (0, total)
    assert shares == sorted(shares)
    assert not any(share % step for share in shares)
