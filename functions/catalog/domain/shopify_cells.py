"""Parsing single cells of a row: a cell that cannot be read is left out, which is told, and the reading goes on."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from functions.catalog.domain.image_urls import image_url_problem
from functions.catalog.domain.protected_cells import unmark, unmark_code
from functions.catalog.domain.row_ends import CellMessage
from functions.catalog.domain.shopify_columns import CODE_COLUMNS
from functions.catalog.domain.shopify_csv import Row
from shared import money

_PRICE: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}(\.0{1,10})?")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{0,30})?")
_BOOLEANS: Final = {"true": True, "false": False}
_SHOWN: Final = 50


class Cells:
    """The cells of one row. A cell that cannot be parsed is left out, and reads as None."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def raw(self, column: str) -> str:
        """The cell as it is; empty where the file lacks the column."""
        return self.row.cells.get(column, "")

    def leave_out(self, column: str | None, message: str) -> None:
        """Record that a cell, or something else of this row, is not taken."""
        self.row.outcome.left_out.append(CellMessage(column, message))

    def note(self, column: str | None, message: str) -> None:
        """Record that a cell is taken otherwise than it is written."""
        self.row.outcome.notes.append(CellMessage(column, message))

    def text(self, column: str, *, longest: int) -> str | None:
        """At most so many characters, without the apostrophe that protects it from spreadsheets."""
        value = self.row.cells.get(column)
        if value is None:
            return ""
        if value[0] == "'":
            value = unmark_code(value) if column in CODE_COLUMNS else unmark(value)
        if len(value) > longest:
            self.leave_out(column, f"{len(value)} characters, at most {longest} are possible")
            return None
        if "\x00" in value:
            self.leave_out(column, "contains a NUL character")
            return None
        return value

    def boolean(self, column: str) -> bool | None:
        """TRUE or FALSE, in any case; None for an empty cell, too."""
        value = self.raw(column)
        if not value:
            return None
        if value.lower() not in _BOOLEANS:
            self.leave_out(column, f"{value[:_SHOWN]!r} is neither TRUE nor FALSE")
        return _BOOLEANS.get(value.lower())

    def choice(self, column: str, choices: tuple[str, ...]) -> str | None:
        """One of the words, in any case; None for an empty cell, too."""
        value = self.raw(column).lower()
        if value and value not in choices:
            self.leave_out(column, f"{value[:_SHOWN]!r} is none of {', '.join(choices)}")
            return None
        return value or None

    def whole(self, column: str, *, smallest: int = 0, largest: int) -> int | None:
        """A whole number; None for an empty cell, too."""
        value = self._number(column)
        if not value:
            return None
        if not _WHOLE.fullmatch(value):
            self.leave_out(column, f"{value[:_SHOWN]!r} is not a whole number")
            return None
        return self._within(column, int(value.partition(".")[0]), smallest, largest)

    def rounded(self, column: str, *, largest: int) -> int | None:
        """A decimal number from 0, rounded to a whole one (half up); None for an empty cell, too."""
        value = self._number(column)
        if not value:
            return None
        if not _DECIMAL.fullmatch(value):
            self.leave_out(column, f"{value[:_SHOWN]!r} is not a number")
            return None
        if "." not in value:
            return self._within(column, int(value), 0, largest)
        exact = Decimal(value)
        number = int(exact.to_integral_value(ROUND_HALF_UP))
        if exact != number:
            self.note(column, "rounded to whole grams")
        return self._within(column, number if exact >= 0 else min(number, -1), 0, largest)

    def amount(self, column: str, currency: str) -> int | None:
        """Minor units of a price such as 9.99; None for an empty cell, too."""
        value = self._number(column)
        if not value:
            return None
        if not _PRICE.fullmatch(value):
            self.leave_out(column, f"{value[:_SHOWN]!r} is not a price such as 9.99")
            return None
        try:
            amount = money.to_minor(value, currency)
        except ValueError as error:
            self.leave_out(column, str(error))
            return None
        if problem := money.price_problem(amount, currency):
            self.leave_out(column, problem)
            return None
        return amount

    def image_url(self, column: str) -> str | None:
        """A web address; None for an empty cell, too."""
        value = self.raw(column)
        if value and (problem := image_url_problem(value)):
            self.leave_out(column, problem)
            return None
        return value or None

    def _number(self, column: str) -> str:
        return unmark_code(self.raw(column))

    def _within(self, column: str, number: int, smallest: int, largest: int) -> int | None:
        if not smallest <= number <= largest:
            self.leave_out(column, f"{number} is not between {smallest} and {largest}")
            return None
        return number
