"""When the first page of a list by rank was read, as its cursors hold it."""

from __future__ import annotations

from datetime import UTC, datetime

from functions.community.repository.ranks import WALKED
from shared.web.pages import InvalidCursorError


def epoch(text: str | None) -> datetime:
    """Now, where there is no page before. Raises InvalidCursorError for a walk that began too long ago."""
    now = datetime.now(UTC)
    if text is None:
        return now
    began = datetime.fromisoformat(text)
    if now - began > WALKED:
        raise InvalidCursorError
    return began
