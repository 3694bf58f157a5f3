"""Cells of product files."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.service.shopify_cells import Cells
from functions.catalog.service.shopify_csv import FileNotReadableError, Problem, Row, read


def cells(value: str) -> Cells:
    return Cells(Row(7, {"X": value}), [])


@given(st.integers(0, 9_999_999_999))
def test_every_price_is_read_exactly(amount: int) -> None:
    assert cells(str(Decimal(amount) / 100)).amount("X", "USD") == amount


@given(st.text(max_size=30))
def test_any_text_is_a_value_in_bounds_or_a_problem_of_its_place(text: str) -> None:
    for read_cell in (
        lambda c: c.amount("X", "USD"),
        lambda c: c.whole("X", largest=1000),
        lambda c: c.image_url("X"),
    ):
        given_cells = cells(text)
        value = read_cell(given_cells)
        assert given_cells.broken == bool(given_cells.problems)
        assert all((problem.row, problem.column) == (7, "X") for problem in given_cells.problems)
        assert not (given_cells.broken and value is not None)
        assert not isinstance(value, int) or value >= 0


@pytest.mark.parametrize(("text", "value"), [("", True), ("TRUE", True), ("False", False), ("false", False)])
def test_truth_is_read_in_any_case(text: str, value: bool) -> None:
    assert cells(text).boolean("X", default=True) is value


@pytest.mark.parametrize(("text", "value"), [("", None), ("12", 12), ("12.0", 12), ("0", 0)])
def test_whole_numbers_may_have_empty_places(text: str, value: int | None) -> None:
    assert cells(text).whole("X", largest=100) == value


@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_refused(data: bytes) -> None:
    with suppress(FileNotReadableError):
        file = read(data)
        assert file.rows >= len(file.products)


@given(st.text(alphabet='ab,"\n\r', max_size=60))
def test_whatever_stands_below_the_header_the_good_last_row_is_read_or_a_problem_told(body: str) -> None:
    file = read(f"Handle,Title,Variant Price\n{body}\nlast,Last,1\n".encode())
    assert "last" in file.products or file.problems or "last" in str(file.products)
    assert all(isinstance(problem, Problem) and problem.row >= 2 for problem in file.problems)
