"""Sort values in cursors. We signed them, but for another version of ourselves perhaps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.web.pages import InvalidCursorError


def id_of(values: list[object] | None) -> UUID | None:
    """The id that a list continues after. Raises InvalidCursorError."""
    if values is None:
        return None
    try:
        [row_id] = values
        return UUID(str(row_id))
    except ValueError as error:
        raise InvalidCursorError from error


def position_of(values: list[object] | None) -> tuple[datetime, UUID] | None:
    """The instant and id that a list continues after. Raises InvalidCursorError."""
    if values is None:
        return None
    try:
        instant, row_id = values
        return datetime.fromisoformat(str(instant)), UUID(str(row_id))
    except ValueError as error:
        raise InvalidCursorError from error
