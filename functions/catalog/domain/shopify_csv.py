"""Reading a Shopify product CSV: the table, before any of its cells is parsed.

The format is Shopify's (help.shopify.com, "Using CSV files to import and export products"): UTF-8, commas, a header;
rows with the same handle make one product.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from functions.catalog.domain import shopify_columns
from functions.catalog.domain.protected_cells import unmark
from functions.catalog.domain.row_ends import CellMessage, Problem, RowOutcome
from functions.catalog.domain.slugs import slug_of_title
from shared.texts import DIRECTION_CHANGES

HEADER_ROW: Final = 1
_WHITE_SPACE: Final = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
)
MAX_FILE_BYTES: Final = 15 * 1024 * 1024
"""As much as Shopify takes."""
MAX_ROWS: Final = 250_000
"""Rows take more memory than bytes do: a file of the largest size may have millions."""
_MAX_HANDLE: Final = 255
_MAX_CELL_CHARACTERS: Final = 16 * 1024 * 1024
_OTHER_ENCODINGS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK": "a spreadsheet file (.xlsx)"}
_SEPARATORS: Final = ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"))


class FileNotReadableError(Exception):
    """Nothing of the file can be imported."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column name, trimmed, as far as they are read and not empty; and what becomes of the row."""

    number: int
    cells: dict[str, str]
    outcome: RowOutcome

    def fresh(self) -> Row:
        """The row as it was read, whatever became of it in a transaction that failed."""
        return Row(self.number, self.cells, RowOutcome(self.number, self.outcome.handle, notes=[*self.outcome.notes]))


@dataclass(slots=True)
class ProductFile:
    """The rows of each product by handle, handles in the order of their first row. `columns` are those that are read.

    A row without a handle belongs to the one that is made of its title. `refused` are rows that no product has.
    `turns_direction`: texts are to be looked through for characters that do.
    """

    columns: frozenset[str] = frozenset()
    turns_direction: bool = False
    products: dict[str, list[Row]] = field(default_factory=dict)
    rows: int = 0
    notes: list[str] = field(default_factory=list)
    refused: list[RowOutcome] = field(default_factory=list)


def read(data: bytes) -> ProductFile:
    """The file's rows by product. What is wrong with single rows is collected. Raises FileNotReadableError."""
    # Strict: a stray quote is reported, instead of swallowing the rows that follow.
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    text = _decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise _unreadable(HEADER_ROW, f"not a CSV file: {error}") from error
    places = _read_columns(names)
    file = ProductFile(
        columns=frozenset(places.values()),
        turns_direction=DIRECTION_CHANGES.search(text) is not None,
        notes=[f"The column {name!r} is not used" for place, name in enumerate(names) if name and place not in places],
    )
    for number, cells in _records(reader, file):
        if any(cells):
            _add(file, number, cells, places, len(names))
    return file


def trimmed(text: str) -> str:
    """Without white space at its ends, as the API trims texts: Unicode's, which are less than Python's."""
    return text.strip(_WHITE_SPACE)


def _add(file: ProductFile, number: int, record: list[str], places: dict[int, str], width: int) -> None:
    """Add a record to its product, or to the refused rows; a blank one is no row."""
    cells: dict[str, str] = {}
    last = len(record)
    for place, name in places.items():
        if place < last and (cell := record[place]) and (cell := cell.strip(_WHITE_SPACE)):
            cells[name] = cell
    notes = _without_direction_changes(cells) if file.turns_direction else []
    if not cells and not any(map(trimmed, record)):
        return
    file.rows += 1
    if file.rows > MAX_ROWS:
        raise _unreadable(number, f"more than {MAX_ROWS} rows; split the file")
    outcome = RowOutcome(number, cells.get("Handle", ""), notes=notes)
    if last > width and any(map(trimmed, record[width:])):
        outcome.refuse(CellMessage(None, f"{last} cells, but the header has {width}"))
        file.refused.append(outcome)
        return
    handle = unmark(outcome.handle)
    products = file.products.get(handle) if handle else None
    if products is None:
        handle, problem = _handle(handle, cells, outcome)
        if problem is not None:
            outcome.refuse(CellMessage("Handle", problem))
            file.refused.append(outcome)
            return
        products = file.products.setdefault(handle, [])
    products.append(Row(number, cells, outcome))


def _without_direction_changes(cells: dict[str, str]) -> list[CellMessage]:
    """Make the cells as the API takes texts; a note for each that was otherwise."""
    changed = {name: DIRECTION_CHANGES.sub("", cell) for name, cell in cells.items() if DIRECTION_CHANGES.search(cell)}
    for name, cell in changed.items():
        cells[name] = cell.strip(_WHITE_SPACE)
        if not cells[name]:
            del cells[name]
    return [CellMessage(name, "without the characters that turn the direction of text") for name in changed]


def _handle(handle: str, cells: dict[str, str], outcome: RowOutcome) -> tuple[str, str | None]:
    """The handle of a row's product, and what is wrong with it; one made of the title where the row has none."""
    if not handle:
        title = unmark(cells.get("Title", ""))
        if not title:
            return "", "missing: every row names its product, by a handle or (a new one) by a title"
        handle = slug_of_title(title)
        outcome.handle = handle
        outcome.notes.append(CellMessage("Handle", "missing, so made of the title"))
    if "\x00" in handle:
        return handle, "contains a NUL character"
    return handle, f"more than {_MAX_HANDLE} characters" if len(handle) > _MAX_HANDLE else None


def _records(reader: Iterator[list[str]], file: ProductFile) -> Iterator[tuple[int, list[str]]]:
    number = HEADER_ROW
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            file.rows += 1
            outcome = RowOutcome(number, "")
            outcome.refuse(CellMessage(None, f"not well-formed: {error}"))
            file.refused.append(outcome)
            continue
        yield number, cells


def _decode(data: bytes) -> str:
    for start, name in _OTHER_ENCODINGS.items():
        if data.startswith(start):
            raise _unreadable(HEADER_ROW, f"the file is {name}; save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(row, "the file is not encoded in UTF-8; save it as CSV in UTF-8") from error


def _read_columns(names: Sequence[str]) -> dict[int, str]:
    """The columns that are read, by their place. Raises FileNotReadableError."""
    for separator, name in _SEPARATORS:
        if any(separator in cell for cell in names) and not any(shopify_columns.column(cell) for cell in names):
            raise _unreadable(HEADER_ROW, f"the columns are separated by {name}; commas are expected")
    if other := shopify_columns.other_file(names):
        raise _unreadable(HEADER_ROW, f"{other}. {shopify_columns.UNDERSTOOD}")
    places: dict[int, str] = {}
    by_column: dict[str, str] = {}
    repeated: list[Problem] = []
    for place, name in enumerate(names):
        column = shopify_columns.column(name)
        if column is None:
            continue
        if column in by_column:
            also = "" if by_column[column] == name else f": as {by_column[column]!r} and as {name!r}"
            repeated.append(Problem(HEADER_ROW, column, f"the column is there twice{also}"))
        places[place] = column
        by_column[column] = name
    if repeated:
        raise FileNotReadableError(repeated)
    return places


def _unreadable(row: int, message: str) -> FileNotReadableError:
    return FileNotReadableError([Problem(row, None, message)])
