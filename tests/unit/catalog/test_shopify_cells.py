"""Cells of product files."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.domain.protected_cells import mark, mark_code, unmark, unmark_code
from functions.catalog.domain.row_ends import RowOutcome
from functions.catalog.domain.shopify_cells import Cells
from functions.catalog.domain.shopify_csv import Row


def cells(value: str) -> Cells:
    return Cells(Row(7, {"X": value} if value else {}, RowOutcome(7, "pot")))


@given(st.integers(0, 99_999_999))
def test_every_price_is_read_exactly(amount: int) -> None:
    assert cells(str(Decimal(amount) / 100)).amount("X", "USD") == amount


@given(st.text(max_size=30))
def test_any_text_is_a_value_in_bounds_or_told_to_be_left_out(text: str) -> None:
    for read_cell in (
        lambda c: c.amount("X", "USD"),
        lambda c: c.whole("X", largest=1000),
        lambda c: c.rounded("X", largest=1000),
        lambda c: c.boolean("X"),
        lambda c: c.choice("X", ("deny", "continue")),
        lambda c: c.image_url("X"),
        lambda c: c.text("X", longest=10),
    ):
        row_cells = cells(text)
        value = read_cell(row_cells)
        left_out = row_cells.row.outcome.left_out
        assert all(message.column == "X" for message in left_out)
        assert not (left_out and value is not None)
        assert not isinstance(value, int) or 0 <= value <= 99_999_999_99


@pytest.mark.parametrize(("text", "value"), [("", None), ("TRUE", True), ("False", False), ("false", False)])
def test_truth_is_read_in_any_case(text: str, value: bool | None) -> None:
    assert cells(text).boolean("X") is value


@pytest.mark.parametrize(("text", "value"), [("", None), ("12", 12), ("12.0", 12), ("0", 0), ("'12", 12)])
def test_whole_numbers_may_have_empty_places_and_be_protected(text: str, value: int | None) -> None:
    assert cells(text).whole("X", largest=100) == value


@given(st.decimals(min_value=0, max_value=100_000, places=12))
def test_decimal_numbers_are_rounded_half_up_and_that_is_told(exact: Decimal) -> None:
    row_cells = cells(f"{exact:f}")
    assert row_cells.rounded("X", largest=1_000_000) == int(exact.to_integral_value(ROUND_HALF_UP))
    assert bool(row_cells.row.outcome.notes) == (exact != int(exact))


@pytest.mark.parametrize("text", ["-0.2", "-5", "1,5", "1e3", "heavy", "1000001.5"])
def test_what_is_no_weight_is_left_out(text: str) -> None:
    row_cells = cells(text)
    assert row_cells.rounded("X", largest=1_000_000) is None
    assert row_cells.row.outcome.left_out


@given(st.text(max_size=12) | st.text(alphabet="'=+-@\t\r\n019a ", max_size=8))
def test_every_text_comes_back_from_its_cell_and_none_begins_like_a_formula(text: str) -> None:
    for there, back in ((mark, unmark), (mark_code, unmark_code)):
        assert back(there(text)) == text
        assert there(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"}


@pytest.mark.parametrize(("text", "cell"), [("=1", "'=1"), ("'=1", "''=1"), ("+44", "'+44"), ("-3", "'-3")])
def test_formulas_are_marked_by_one_apostrophe(text: str, cell: str) -> None:
    assert (mark(text), unmark(cell)) == (cell, text)


@pytest.mark.parametrize("text", ["'Tis the Season", "it's", "'", "'90s Jacket", "a=1"])
def test_words_with_an_apostrophe_are_left_alone(text: str) -> None:
    assert mark(text) == unmark(text) == text


def test_codes_and_numbers_lose_the_apostrophe_that_protects_them() -> None:
    assert unmark_code("'8720892119308") == unmark("'8720892119308") == "8720892119308"
    assert unmark_code("'AB-1") == "AB-1"
