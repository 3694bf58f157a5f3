"""What docs/decisions/0020-pricing.md says, in numbers."""

from __future__ import annotations

import pytest

from functions.ordering.domain import pricing
from functions.ordering.domain.carts import LineRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import PricedCart
from functions.ordering.domain.pricing.delivery import Parcel, quotes
from functions.ordering.domain.pricing_rules import Band, CouponKind, Rules, ShippingRateKind
from functions.ordering.domain.tax import Sale, TaxedLine
from functions.ordering.domain.tax.rate_table import RateTable
from shared.allocation import spread
from tests.unit.ordering.pricing_strategies import CATEGORIES, PATHS, PRODUCTS, coupon, line, rate, rules, tax


def price(rows: list[LineRow], by: Rules) -> PricedCart:
    return pricing.price(rows, "USD", by, PATHS, RateTable(by.tax), place=Place("DE"))


@pytest.mark.parametrize(
    ("amount", "rate_basis_points", "included", "expected"),
    [
        (10, 500, False, 1),  # 0.5
        (9, 500, False, 0),  # 0.45
        (30, 500, False, 2),  # 1.5, upwards and not to the even one
        (999, 725, False, 72),  # 72.4275
        (1190, 1900, True, 190),
        (1, 1900, True, 0),  # 0.16
        (105, 500, True, 5),
        (999, 0, False, 0),
        (999, 10_000, True, 500),  # 499.5
    ],
)
def test_tax_is_rounded_to_the_nearest_unit_a_half_upwards(
    amount: int, rate_basis_points: int, included: bool, expected: int
) -> None:
    table = RateTable(tax(rate_basis_points, included=included))
    taxes = table.taxes(Sale("USD", [TaxedLine(amount, True, ())], amount))
    assert (taxes.lines[0].amount, taxes.shipping.amount) == (expected, expected)


def test_each_line_is_rounded_by_itself() -> None:
    """Three times 0.5 is 3, though 5 % of 30 are 1.5."""
    priced = price([line(price_amount=10)] * 3, rules(tax=tax(500, included=False)))
    assert [each.tax_amount for each in priced.lines] == [1, 1, 1]
    assert priced.amounts.total_amount == 33


def test_the_nearest_category_with_a_rate_counts() -> None:
    table = RateTable(tax(1900, category_rates={CATEGORIES[0]: 700, CATEGORIES[1]: 0}))
    lines = [TaxedLine(1000, True, PATHS[category]) for category in CATEGORIES]
    lines.append(TaxedLine(1000, False, PATHS[CATEGORIES[0]]))
    assert [each.rate_basis_points for each in table.taxes(Sale("USD", lines, 0)).lines] == [700, 0, 1900, 0]


def test_a_discount_is_shared_out_in_proportion_and_to_the_unit() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]
    assert spread(10, [999, 1, 0]) == [10, 0, 0]
    assert spread(5, [3, 3, 3, 3]) == [2, 1, 1, 1]
    assert spread(6, [1, 2, 3]) == [1, 2, 3]


def test_coupons_take_their_turns_whatever_the_order_of_entry() -> None:
    """Three pots of 10.00: one free, 10 % off the other two, 5.00 off the rest."""
    coupons = [
        coupon(CouponKind.FIXED, amount=500, currency="USD"),
        coupon(CouponKind.PERCENTAGE, percent_basis_points=1000),
        coupon(CouponKind.BUY_X_GET_Y, buy_quantity=2, get_quantity=1),
    ]
    priced = price([line(price_amount=1000, quantity=3)], rules(coupons=coupons))
    assert [each.discount_amount for each in priced.coupons] == [500, 200, 1000]
    assert priced.amounts.total_amount == 1300


def test_the_cheapest_units_of_whole_sets_are_free() -> None:
    """Seven units make two sets of two and one; the coupon is for two of the three products."""
    by = rules(coupons=[coupon(CouponKind.BUY_X_GET_Y, buy_quantity=2, get_quantity=1, product_ids=PRODUCTS[:2])])
    rows = [
        line(price_amount=900, quantity=6, product_id=PRODUCTS[0]),
        line(price_amount=400, quantity=1, product_id=PRODUCTS[1]),
        line(price_amount=100, quantity=9, product_id=PRODUCTS[2]),
    ]
    assert [each.discount_amount for each in price(rows, by).lines] == [900, 400, 0]


def test_a_fixed_coupon_takes_no_more_than_there_is() -> None:
    by = rules(coupons=[coupon(CouponKind.FIXED, amount=5000, currency="USD")])
    priced = price([line(price_amount=1000)], by)
    assert (priced.coupons[0].discount_amount, priced.amounts.total_amount) == (1000, 0)


def test_bands_end_with_their_end() -> None:
    by_weight = rate(kind=ShippingRateKind.BY_WEIGHT, amount=None, bands=(Band(1000, 300), Band(2000, 500)))
    found = [quotes([by_weight], Parcel(grams, 0)) for grams in (0, 1000, 1001, 2000, 2001)]
    assert [[quote.amount for quote in each] for each in found] == [[300], [300], [500], [500], []]
