"""Lists by id alone: ids are UUIDv7, so the highest is the newest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar
from uuid import UUID

START: Final = UUID(int=2**128 - 1)
"""No id is above it."""


class _Identified(Protocol):
    @property
    def id(self) -> UUID: ...


R = TypeVar("R", bound=_Identified)


def cut(rows: Sequence[R], limit: int) -> tuple[Sequence[R], UUID | None]:
    """Up to `limit` of the rows, of which one more was asked for, and the id to go on below (None at the end)."""
    return (rows, None) if len(rows) <= limit else (rows[:limit], rows[limit - 1].id)
