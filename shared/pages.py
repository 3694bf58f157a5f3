"""Keyset pages as use cases make them: one row more than fits is read, which tells whether another page follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar
from uuid import UUID

HIGHEST_ID: Final = UUID(int=2**128 - 1)
"""Above every id. Ids are UUIDv7, so that the highest is the newest: lists begin below it."""

R = TypeVar("R")
K = TypeVar("K")


class _Identified(Protocol):
    @property
    def id(self) -> UUID: ...


Row = TypeVar("Row", bound=_Identified)


def split_page(rows: Sequence[R], limit: int, keyset: Callable[[R], K]) -> tuple[Sequence[R], K | None]:
    """Up to `limit` of the rows, of which `limit + 1` were asked for, and the keyset of the last one, after which the
    next page begins; None on the last page.
    """
    return (rows, None) if len(rows) <= limit else (rows[:limit], keyset(rows[limit - 1]))


def split_by_id(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], UUID | None]:
    """`split_page` of a list that is sorted by id alone."""
    return split_page(rows, limit, lambda row: row.id)
