"""Credit notes split refunds by rate, to the unit, for any cart and any refunds of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from functions.ordering.domain import pricing
from functions.ordering.domain.carts import LineRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing_rules import Rules
from functions.ordering.domain.tax.rate_table import RateTable
from functions.payments.domain.refund_shares import Refundable, tax_in, units_of_line
from functions.payments.repository.refunds import LineRow as RefundableLine
from shared.contexts.ordering.credit_shares import Share, split
from shared.contexts.ordering.tax_documents import by_rate, rate_totals
from shared.currencies import CURRENCIES, Currency
from tests.unit.ordering.pricing_strategies import PATHS, all_rules, in_steps, lines

CURRENCY = st.sampled_from([CURRENCIES[code] for code in ("EUR", "JPY", "TND")])


@dataclass
class Ledger:
    """An invoice, and what payments has refunded of it: lines, amount and tax, as they are booked."""

    currency: str
    rates: Mapping[int, Share]
    lines: list[RefundableLine]
    line_rates: list[int]
    amount: int
    tax: int
    noted: dict[int, Share] = field(default_factory=dict)

    def left(self) -> dict[int, Share]:
        return {rate: share - self.noted.get(rate, Share(0, 0)) for rate, share in self.rates.items()}

    def refund(self, amount: int, tax: int, of_lines: Mapping[int, Share]) -> dict[int, Share]:
        """Credit a refund, and check what holds for every one."""
        before = self.left()
        note = split(amount, tax, lines=of_lines, left=before, currency=self.currency)
        assert sum(share.gross for share in note.values()) == amount
        for rate, share in note.items():
            assert 0 <= share.tax <= share.gross
            self.noted[rate] = self.noted.get(rate, Share(0, 0)) + share
        for rate, rest in self.left().items():
            assert 0 <= rest.tax <= rest.gross, "no rate is credited more than it was charged"
            if rest.gross == 0:
                assert rest.tax == 0, "and what takes all of it takes all its tax"
            elif rate in note and not of_lines:
                exact = before[rate].tax * note[rate].gross / before[rate].gross
                assert abs(note[rate].tax - exact) <= 1 + exact * 1e-9, "in proportion within a rate"
        self.amount -= amount
        self.tax -= tax
        return note


def sale(rows: list[LineRow], by: Rules, currency: Currency) -> Ledger:
    rows, by = in_steps(rows, by, currency)
    priced = pricing.price(rows, currency.code, by, PATHS, RateTable(by.tax), place=Place("DE"))
    amounts = priced.amounts
    on_shipping = amounts.shipping_amount + (0 if amounts.prices_include_tax else amounts.shipping_tax_amount)
    parts = [(line.tax_rate_basis_points, Share(line.total_amount, line.tax_amount)) for line in priced.lines]
    shipping = (amounts.shipping_tax_rate_basis_points, Share(on_shipping, amounts.shipping_tax_amount))
    rates = by_rate(rate_totals([*parts, shipping]))
    assert sum(share.gross for share in rates.values()) == amounts.total_amount
    assert sum(share.tax for share in rates.values()) == amounts.tax_amount
    bought = [
        RefundableLine(UUID(int=number), line.row.quantity, line.total_amount, line.tax_amount, 0, 0, 0)
        for number, line in enumerate(priced.lines)
    ]
    line_rates = [line.tax_rate_basis_points for line in priced.lines]
    return Ledger(currency.code, rates, bought, line_rates, amounts.total_amount, amounts.tax_amount)


def refund_units(of: Ledger, number: int, quantity: int) -> None:
    """As payments refunds units of a line; what was refunded as amounts may not leave enough."""
    line = of.lines[number]
    quantity = min(quantity, line.quantity - line.refunded_quantity)
    if quantity < 1:
        return
    units = units_of_line(line, quantity, of.currency)
    if not 0 < units.amount <= of.amount:
        return
    tax = tax_in(Refundable(of.amount, of.tax), units.amount, [units])
    untouched = sum(share.gross for share in of.noted.values()) == sum(each.refunded_amount for each in of.lines)
    note = of.refund(units.amount, tax, {of.line_rates[number]: Share(units.amount, units.tax_amount)})
    if untouched:
        assert set(note) == {of.line_rates[number]}, "as long as only lines went back"
        assert sum(share.tax for share in note.values()) == tax, "the ledger has booked the same"
    of.lines[number] = RefundableLine(
        line.id,
        line.quantity,
        line.total_amount,
        line.tax_amount,
        line.refunded_quantity + quantity,
        line.refunded_amount + units.amount,
        line.refunded_tax + units.tax_amount,
    )


@given(st.lists(lines, min_size=1, max_size=5), all_rules, CURRENCY, st.data())
def test_notes_add_up_to_their_refunds_and_in_the_end_to_the_invoice(
    rows: list[LineRow], by: Rules, currency: Currency, data: st.DataObject
) -> None:
    of = sale(rows, by, currency)
    assume(of.amount > 0)
    for _ in range(data.draw(st.integers(0, 5))):
        if of.amount <= currency.step:
            break
        if data.draw(st.booleans()):
            refund_units(of, data.draw(st.integers(0, len(of.lines) - 1)), data.draw(st.integers(1, 999)))
        else:
            amount = data.draw(st.integers(1, of.amount // currency.step)) * currency.step
            of.refund(amount, tax_in(Refundable(of.amount, of.tax), amount), {})
    if of.amount:
        of.refund(of.amount, of.tax, {})
    assert of.noted == of.rates


@pytest.mark.parametrize(
    ("amount", "tax", "lines_of", "expected"),
    [
        # A third of 119.00 at 19 % and 10.70 at 7 %: 43.23, of which 6.33 + 0.23 is tax; the ledger books 656.
        (4323, 656, {}, {1900: Share(3966, 633), 700: Share(357, 23)}),
        (535, 35, {700: Share(535, 35)}, {700: Share(535, 35)}),
        # More of a rate than is left: what is beyond it is taken from the other.
        (1570, 102, {700: Share(1570, 102)}, {1900: Share(500, 80), 700: Share(1070, 70)}),
    ],
)
def test_a_refund_falls_under_the_rates_of_its_lines_and_otherwise_in_proportion(
    amount: int, tax: int, lines_of: dict[int, Share], expected: dict[int, Share]
) -> None:
    left = {1900: Share(11900, 1900), 700: Share(1070, 70)}
    assert split(amount, tax, lines=lines_of, left=left, currency="EUR") == expected
