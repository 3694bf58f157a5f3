"""Reading a Shopify product CSV: the table, before any of its cells is understood.

The format is Shopify's (help.shopify.com, "Using CSV files to import and export products"): UTF-8, commas, a header;
rows with the same handle make one product.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from functions.catalog.slugs import slug_problem

CATEGORY_COLUMN: Final = "Category Handle"
"""Ours, which Shopify passes over: the slug of the product's category; empty for none. In a file without it, the
category follows the type.
"""
REQUIRED_COLUMNS: Final = ("Handle", "Title", "Variant Price")
USED_COLUMNS: Final = frozenset(
    (
        *REQUIRED_COLUMNS,
        "Body (HTML)",
        "Vendor",
        "Type",
        CATEGORY_COLUMN,
        "Tags",
        "Published",
        "Status",
        "Gift Card",
        "SEO Title",
        "SEO Description",
        *(f"Option{number} {part}" for number in (1, 2, 3) for part in ("Name", "Value")),
        "Variant SKU",
        "Variant Grams",
        "Variant Inventory Qty",
        "Variant Inventory Policy",
        "Variant Compare At Price",
        "Variant Requires Shipping",
        "Variant Taxable",
        "Variant Barcode",
        "Variant Image",
        "Image Src",
        "Image Position",
        "Image Alt Text",
    )
)
HEADER_ROW: Final = 1
_WHITE_SPACE: Final = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
)
MAX_FILE_BYTES: Final = 5 * 1024 * 1024
_MAX_HANDLE: Final = 255
_MAX_CELL_CHARACTERS: Final = 16 * 1024 * 1024
_OTHER_ENCODINGS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK": "a spreadsheet file (.xlsx)"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a cell, a row or (without a column) all of a row. The header is row 1, as in a spreadsheet."""

    row: int
    column: str | None
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": self.message}


class FileNotReadableError(Exception):
    """Nothing of the file can be imported."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column name, trimmed; a column that the file lacks is not there."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class ProductFile:
    """The rows of each product by handle, handles in the order of their first row."""

    products: dict[str, list[Row]] = field(default_factory=dict)
    rows: int = 0
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes) -> ProductFile:
    """The file's rows by product. What is wrong with single rows is collected. Raises FileNotReadableError."""
    # Strict: a stray quote is reported, instead of swallowing the rows that follow.
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise _unreadable(HEADER_ROW, f"not a CSV file: {error}") from error
    _check_header(names)
    found = ProductFile(
        notes=[f"The column {name!r} is not used" for name in names if name and name not in USED_COLUMNS]
    )
    for number, cells in _records(reader, found):
        if not any(cells):
            continue
        found.rows += 1
        if len(cells) > len(names) and any(cells[len(names) :]):
            found.problems.append(Problem(number, None, f"{len(cells)} cells, but the header has {len(names)}"))
            continue
        row = Row(number, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False)))
        handle = row.cells["Handle"]
        if handle not in found.products and (problem := _handle_problem(handle)):
            found.problems.append(Problem(number, "Handle", problem))
        else:
            found.products.setdefault(handle, []).append(row)
    return found


def _records(reader: Iterator[list[str]], found: ProductFile) -> Iterator[tuple[int, list[str]]]:
    number = HEADER_ROW
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.rows += 1
            found.problems.append(Problem(number, None, f"not well-formed: {error}"))
            continue
        yield number, [trimmed(cell) for cell in cells]


def trimmed(text: str) -> str:
    """Without white space at its ends, as the API trims texts: Unicode's, which are less than Python's."""
    return text.strip(_WHITE_SPACE)


def _handle_problem(handle: str) -> str | None:
    if not handle:
        return "missing: every row names its product"
    return "more than 255 characters" if len(handle) > _MAX_HANDLE else slug_problem(handle)


def _decode(data: bytes) -> str:
    for start, name in _OTHER_ENCODINGS.items():
        if data.startswith(start):
            raise _unreadable(HEADER_ROW, f"the file is {name}; save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(row, "the file is not encoded in UTF-8; save it as CSV in UTF-8") from error


def _check_header(names: list[str]) -> None:
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    for delimiter, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if len(missing) == len(REQUIRED_COLUMNS) and any(delimiter in cell for cell in names):
            raise _unreadable(HEADER_ROW, f"the columns are separated by {name}; commas are expected")
    if missing:
        raise FileNotReadableError([Problem(HEADER_ROW, name, "the column is missing") for name in missing])
    used = [name for name in names if name in USED_COLUMNS]
    repeated = sorted({name for name in used if used.count(name) > 1})
    if repeated:
        raise FileNotReadableError([Problem(HEADER_ROW, name, "the column is there twice") for name in repeated])


def _unreadable(row: int, message: str) -> FileNotReadableError:
    return FileNotReadableError([Problem(row, None, message)])
