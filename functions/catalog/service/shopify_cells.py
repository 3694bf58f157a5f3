"""Understanding single cells of a row; what is wrong with one is noted, and the reading goes on."""

from __future__ import annotations

import re
from typing import Final

from functions.catalog.service.shopify_csv import Problem, Row
from functions.catalog.urls import image_url_problem
from shared import money

_DECIMAL: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,10})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}(\.0{1,10})?")
_BOOLEANS: Final = {"true": True, "false": False}


class Cells:
    """The cells of one row. A cell that cannot be understood adds to `problems` and reads as its default."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row = row
        self.problems = problems
        self.broken = False

    def has(self, column: str) -> bool:
        """Whether the file has the column at all."""
        return column in self.row.cells

    def raw(self, column: str) -> str:
        """The cell as it is; empty where the file lacks the column."""
        return self.row.cells.get(column, "")

    def refuse(self, column: str | None, message: str) -> None:
        """Note a problem of this row."""
        self.broken = True
        self.problems.append(Problem(self.row.number, column, message))

    def text(self, column: str, *, longest: int) -> str:
        """At most so many characters."""
        value = self.raw(column)
        if len(value) > longest:
            self.refuse(column, f"{len(value)} characters, at most {longest} are possible")
            return ""
        if "\x00" in value:
            self.refuse(column, "contains a NUL character")
            return ""
        return value

    def boolean(self, column: str, *, default: bool) -> bool:
        """TRUE or FALSE, in any case."""
        value = self.raw(column)
        if not value:
            return default
        if value.lower() not in _BOOLEANS:
            self.refuse(column, f"{value[:50]!r} is neither TRUE nor FALSE")
        return _BOOLEANS.get(value.lower(), default)

    def choice(self, column: str, choices: tuple[str, ...], *, default: str) -> str:
        """One of the words, in any case."""
        value = self.raw(column).lower() or default
        if value not in choices:
            self.refuse(column, f"{value[:50]!r} is none of {', '.join(choices)}")
            return default
        return value

    def whole(self, column: str, *, largest: int) -> int | None:
        """A whole number from 0; None for an empty cell."""
        value = self.raw(column)
        if not value:
            return None
        if not _WHOLE.fullmatch(value):
            self.refuse(column, f"{value[:50]!r} is not a whole number")
            return None
        number = int(value.partition(".")[0])
        if not 0 <= number <= largest:
            self.refuse(column, f"{number} is not between 0 and {largest}")
            return None
        return number

    def amount(self, column: str, currency: str) -> int | None:
        """Minor units of a price such as 9.99; None for an empty cell."""
        value = self.raw(column)
        if not value:
            return None
        if not _DECIMAL.fullmatch(value):
            self.refuse(column, f"{value[:50]!r} is not a price such as 9.99")
            return None
        try:
            amount = money.to_minor(value, currency)
        except ValueError as error:
            self.refuse(column, str(error))
            return None
        if amount > money.MAX_AMOUNT:
            self.refuse(column, f"more than {money.to_decimal(money.MAX_AMOUNT, currency)}")
            return None
        return amount

    def image_url(self, column: str) -> str | None:
        """A web address; None for an empty cell."""
        value = self.raw(column)
        if value and (problem := image_url_problem(value)):
            self.refuse(column, problem)
            return None
        return value or None
