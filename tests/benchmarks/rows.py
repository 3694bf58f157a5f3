"""Rows of generated data, and their ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

Value = str | int | bool | None
Row = tuple[Value, ...]

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""When the generated shop opened."""
SPAN: Final = timedelta(days=700)
"""How long it has been selling."""

_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n"})


class Kind(IntEnum):
    """What an id is of: part of the id, so that those of two tables never agree."""

    USER = 1
    CATEGORY = 2
    PRODUCT = 3
    VARIANT = 4
    CHECKOUT = 5
    ORDER = 6
    CART = 7


def identifier(kind: Kind, number: int, share: float = 0.0) -> str:
    """The UUIDv7 of the numbered row, which was made when `share` of the time was over."""
    milliseconds = f"{int(instant_of(share).timestamp() * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-7{kind:03x}-8000-{number:012x}"


def instant_of(share: float) -> datetime:
    """The moment at which `share` (0 to 1) of the time was over."""
    return EPOCH + share * SPAN


def to_copy(row: Row) -> str:
    """A line of COPY's text format."""
    return "\t".join(map(_text, row)) + "\n"


def _text(value: Value) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
