"""What a document on paper consists of, whatever it is about: `document.typ` sets it.

Every string is shown as it is. Amounts and dates are written out already, in the language of the labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A line under the title, such as the date of issue."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys. `label` stands over the name, which is in bold where there is no label."""

    lines: list[str]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what it is about with `details` in small type below, then a cell for each further column,
    which may have further texts in small type below, too.
    """

    name: str
    cells: list[str | list[str]]
    details: list[str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A row under the table. Strong ones are in bold under a rule."""

    label: str
    amount: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A small table beside the sums: its first column is text, the others are numbers."""

    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """`language` (BCP 47) is that of the labels; `reader` is the customer's, which decides how Han characters look.
    `page` says which page it is, with `{number}` and `{count}` in it. Of `columns`, the first is the one of the names.
    The PDF is dated `issued_at`, so that the same document is the same bytes.
    """

    title: str
    number: str
    language: str
    reader: str
    issued_at: datetime
    facts: list[Fact]
    seller: Party
    buyer: Party
    columns: list[str]
    lines: list[Line]
    sums: list[Sum]
    page: str
    breakdown: Table | None = None
    notes: list[str] | None = None
    """Paragraphs after the sums."""
