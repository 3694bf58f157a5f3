"""What a cart costs, for any lines and any rules."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from functions.ordering.domain import pricing
from functions.ordering.domain.carts import LineRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import LineProblem, PricedCart, ShippingState
from functions.ordering.domain.pricing_rules import Rules
from functions.ordering.domain.tax.rate_table import RateTable
from shared.allocation import half_up, spread
from shared.currencies import Currency
from tests.unit.ordering.pricing_strategies import PATHS, all_rules, in_steps, line, lines, rules, with_steps

GERMANY = Place("DE")
places = st.none() | st.just(GERMANY)


def price(rows: list[LineRow], by: Rules, place: Place | None = GERMANY, currency: str = "USD") -> PricedCart:
    return pricing.price(rows, currency, by, PATHS, RateTable(by.tax), place=place)


@given(st.lists(lines, max_size=12), all_rules, places)
def test_every_sum_adds_up_and_nothing_is_negative(rows: list[LineRow], by: Rules, place: Place | None) -> None:
    priced = price(rows, by, place)
    amounts = priced.amounts
    shipping = amounts.shipping_amount + (0 if amounts.prices_include_tax else amounts.shipping_tax_amount)
    assert amounts.total_amount == sum(each.total_amount for each in priced.lines) + shipping
    assert amounts.subtotal_amount == sum(each.amount for each in priced.lines)
    assert amounts.discount_amount == sum(each.discount_amount for each in priced.lines)
    assert amounts.tax_amount == sum(each.tax_amount for each in priced.lines) + amounts.shipping_tax_amount
    for each in priced.lines:
        assert 0 <= each.discount_amount <= each.amount
        assert each.tax_amount >= 0
        assert each.total_amount >= 0
    assert amounts.shipping_amount >= 0
    assert amounts.total_amount >= 0


@given(st.lists(lines, max_size=12), all_rules, with_steps)
def test_what_is_made_of_payable_prices_is_payable(rows: list[LineRow], by: Rules, currency: Currency) -> None:
    rows, by = in_steps(rows, by, currency)
    priced = price(rows, by, currency=currency.code)
    amounts = priced.amounts
    payable = [amounts.total_amount, amounts.shipping_amount, amounts.discount_amount]
    payable += [each.total_amount for each in priced.lines]
    assert not any(amount % currency.step for amount in payable)


@given(st.lists(lines, max_size=12), all_rules)
def test_what_coupons_say_they_take_off_is_what_is_taken_off(rows: list[LineRow], by: Rules) -> None:
    priced = price(rows, by)
    assert sum(each.discount_amount for each in priced.coupons) == priced.amounts.discount_amount
    chosen = priced.shipping.chosen.amount if priced.shipping.chosen else 0
    assert chosen - sum(each.shipping_discount_amount for each in priced.coupons) == priced.amounts.shipping_amount
    for each in priced.coupons:
        assert each.discount_amount >= 0
        assert each.shipping_discount_amount >= 0
        if each.problem is not None:
            assert (each.discount_amount, each.shipping_discount_amount) == (0, 0)


@given(st.lists(lines, max_size=12), all_rules)
def test_tax_that_prices_include_never_changes_a_total(rows: list[LineRow], by: Rules) -> None:
    priced = price(rows, by)
    if by.tax is not None and by.tax.prices_include_tax:
        assert priced.amounts.total_amount == price(rows, replace(by, tax=None)).amounts.total_amount
        assert all(each.tax_amount <= each.total_amount for each in priced.lines)


@given(st.lists(lines, max_size=8), all_rules)
def test_the_order_in_which_combinable_coupons_were_entered_changes_no_price(rows: list[LineRow], by: Rules) -> None:
    """Of one kind, percentages and sums may round otherwise by a unit; of different kinds nothing may."""
    kinds = {each.kind: replace(each, is_combinable=True) for each in by.coupons}
    there, back = list(kinds.values()), list(kinds.values())[::-1]
    assert price(rows, replace(by, coupons=there)).amounts == price(rows, replace(by, coupons=back)).amounts


@given(st.lists(lines, max_size=12))
def test_without_rules_the_total_is_what_the_buyable_lines_cost_today(rows: list[LineRow]) -> None:
    amounts = price(rows, rules()).amounts
    expected = sum(row.quantity * row.price_amount for row in rows if row.sellable and row.currency == "USD")
    assert amounts.total_amount == amounts.subtotal_amount == expected
    assert (amounts.shipping_amount, amounts.tax_amount, amounts.discount_amount) == (0, 0, 0)


@given(lines)
def test_every_change_is_reported_and_nothing_else(row: LineRow) -> None:
    problems = set(pricing.price_lines([row], "USD")[0].problems)
    if not row.sellable:
        assert problems == {LineProblem.REMOVED}
    elif row.currency != "USD":
        assert problems == {LineProblem.CURRENCY_CHANGED}
    else:
        assert (LineProblem.PRICE_CHANGED in problems) == (row.price_amount != row.price_at_time)
        short = row.available is not None and row.available < row.quantity
        assert (LineProblem.INSUFFICIENT_STOCK in problems) == short


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), max_size=20), st.sampled_from([1, 10]))
def test_spreading_loses_no_unit_and_gives_nobody_more_than_their_weight(
    amount: int, weights: list[int], step: int
) -> None:
    amount, weights = min(amount, sum(weights)) * step, [weight * step for weight in weights]
    shares = spread(amount, weights, step)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert share % step == 0
        assert abs(share * sum(weights) - amount * weight) < step * max(1, sum(weights))  # within one step of its part


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_halves_are_rounded_up(numerator: int, denominator: int) -> None:
    rounded = half_up(numerator, denominator)
    assert -denominator < 2 * (numerator - rounded * denominator) + 1 <= denominator + 1
    assert 2 * (numerator - rounded * denominator) < denominator


@given(st.lists(lines, max_size=6), all_rules)
def test_nothing_is_asked_for_the_shipping_of_what_is_not_shipped(rows: list[LineRow], by: Rules) -> None:
    digital = [replace(row, requires_shipping=False) for row in rows]
    priced = price(digital, by)
    assert priced.shipping.state is ShippingState.NOT_NEEDED
    assert (priced.amounts.shipping_amount, priced.amounts.shipping_tax_amount) == (0, 0)


def test_a_cart_of_nothing_costs_nothing() -> None:
    assert price([], rules()).amounts.total_amount == 0
    assert price([line(sellable=False)], rules()).amounts.total_amount == 0
