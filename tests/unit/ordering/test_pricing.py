"""What a cart costs, for any lines."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from functions.ordering.repository.carts import LineRow
from functions.ordering.service import pricing
from functions.ordering.service.pricing import LineProblem

SOME_ID = UUID(int=1)

lines = st.builds(
    LineRow,
    id=st.just(SOME_ID),
    variant_id=st.just(SOME_ID),
    product_id=st.just(SOME_ID),
    slug=st.just("pot"),
    name=st.just("Pot"),
    variant_title=st.just(""),
    sku=st.none(),
    image_url=st.none(),
    quantity=st.integers(1, 999),
    price_at_time=st.integers(0, 10**10),
    price_amount=st.integers(0, 10**10),
    currency=st.sampled_from(["USD", "JPY"]),
    sellable=st.booleans(),
    available=st.none() | st.integers(0, 2000),
)


@given(st.lists(lines, max_size=20))
def test_the_total_is_what_the_buyable_lines_cost_today(rows: list[LineRow]) -> None:
    priced = pricing.priced(rows, "USD")
    amounts = pricing.amounts(priced)
    expected = sum(row.quantity * row.price_amount for row in rows if row.sellable and row.currency == "USD")
    assert amounts.total_amount == amounts.subtotal_amount == expected
    assert (amounts.shipping_amount, amounts.tax_amount, amounts.discount_amount) == (0, 0, 0)


@given(lines)
def test_every_change_is_reported_and_nothing_else(row: LineRow) -> None:
    problems = set(pricing.priced([row], "USD")[0].problems)
    if not row.sellable:
        assert problems == {LineProblem.REMOVED}
    elif row.currency != "USD":
        assert problems == {LineProblem.CURRENCY_CHANGED}
    else:
        assert (LineProblem.PRICE_CHANGED in problems) == (row.price_amount != row.price_at_time)
        short = row.available is not None and row.available < row.quantity
        assert (LineProblem.INSUFFICIENT_STOCK in problems) == short
