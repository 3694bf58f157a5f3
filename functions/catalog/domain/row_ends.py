"""What became of the rows of a product file: each has exactly one end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple


class RowEnd(StrEnum):
    """`partial`: the row is in the shop, but for cells that were left out. `refused`: nothing of it is."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    REFUSED = "refused"


class CellMessage(NamedTuple):
    """Something about a cell, or (without a column) about all of a row."""

    column: str | None
    message: str

    def text(self) -> str:
        return self.message if self.column is None else f"{self.column}: {self.message}"


class Problem(NamedTuple):
    """A message of a row. The header is row 1, as in a spreadsheet."""

    row: int
    column: str | None
    message: str

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(slots=True)
class RowOutcome:
    """What became of a row. `left_out` is what of it is not in the shop, `notes` what was read otherwise than it was
    written. `is_taken`: some part of it is in the shop.
    """

    number: int
    handle: str
    is_taken: bool = False
    is_created: bool = False
    is_updated: bool = False
    left_out: list[CellMessage] = field(default_factory=list)
    notes: list[CellMessage] = field(default_factory=list)

    @property
    def end(self) -> RowEnd:
        """The one end of the row."""
        if not self.is_taken:
            return RowEnd.REFUSED
        if self.left_out:
            return RowEnd.PARTIAL
        if self.is_created:
            return RowEnd.CREATED
        return RowEnd.UPDATED if self.is_updated else RowEnd.UNCHANGED

    def refuse(self, message: CellMessage) -> None:
        """Nothing of the row is in the shop after all."""
        self.is_taken = False
        self.left_out.append(message)

    def problems(self) -> Iterable[Problem]:
        """What was left out, row by row."""
        return (Problem(self.number, *message) for message in self.left_out)

    def line(self) -> list[Any]:
        """As reports have it: see `REPORT_COLUMNS`."""
        return [
            self.number,
            self.handle,
            self.end.value,
            "\n".join(message.text() for message in self.left_out),
            "\n".join(message.text() for message in self.notes),
        ]


REPORT_COLUMNS: Final = ("Row", "Handle", "Result", "Left Out", "Notes")
PICTURE_FAILED: Final = "picture_failed"
"""The result in lines of a report that are about a picture, beside its row's own."""


def count_ends(rows: Sequence[RowOutcome]) -> dict[RowEnd, int]:
    """How many rows ended how."""
    counts = dict.fromkeys(RowEnd, 0)
    for row in rows:
        counts[row.end] += 1
    return counts
