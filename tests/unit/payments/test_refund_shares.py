"""The arithmetic of refunds: exact to the minor unit, whatever comes back in whatever parts. (medusa #9261, #13433)"""

from __future__ import annotations

import uuid
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from functions.payments.domain.refund_shares import Refundable, tax_in, units_left, units_of_line
from functions.payments.repository.refunds import LineRow

amounts = st.integers(0, 10**9)


@given(
    total=amounts,
    tax_per_mille=st.integers(0, 300),
    quantity=st.integers(1, 50),
    parts=st.lists(st.tuples(st.integers(1, 50), st.booleans()), max_size=30),
)
def test_all_refunds_of_a_line_are_what_was_paid_for_it(
    total: int, tax_per_mille: int, quantity: int, parts: list[tuple[int, bool]]
) -> None:
    """Some of the refunds fail afterwards, and their units are refunded again."""
    line = LineRow(uuid.uuid4(), quantity, total, total * tax_per_mille // 1000, 0, 0, 0)
    for wanted, fails in [*parts, (quantity, False)]:
        units = min(wanted, units_left(line))
        if not units:
            continue
        refunded = units_of_line(line, units, "USD")
        assert refunded.amount >= 0
        assert refunded.tax_amount >= 0
        if not fails:
            line = replace(
                line,
                refunded_quantity=line.refunded_quantity + units,
                refunded_amount=line.refunded_amount + refunded.amount,
                refunded_tax=line.refunded_tax + refunded.tax_amount,
            )
        assert line.refunded_amount <= line.total_amount
    assert (line.refunded_quantity, line.refunded_amount, line.refunded_tax) == (
        quantity, line.total_amount, line.tax_amount,
    )  # fmt: skip


@given(total=st.integers(1, 10**9), tax_per_mille=st.integers(0, 300), parts=st.lists(st.integers(1, 10**9)))
def test_all_refunds_of_a_payment_give_back_its_tax(total: int, tax_per_mille: int, parts: list[int]) -> None:
    tax = total * tax_per_mille // 1000
    left = Refundable(total, tax)
    for wanted in [*parts, total]:
        amount = min(wanted, left.amount)
        if not amount:
            break
        part = tax_in(left, amount)
        assert 0 <= part <= amount
        left = Refundable(left.amount - amount, left.tax_amount - part)
        assert left.tax_amount >= 0
    assert left == Refundable(0, 0)
