"""Cursors of lists that go by id alone."""

from __future__ import annotations

from uuid import UUID

from shared.web import PageRequest
from shared.web.pages import next_cursor


def before(paging: PageRequest, query: str) -> UUID | None:
    """The id below which the page begins. Raises InvalidCursorError."""
    values = paging.after(query)
    return UUID(values[0]) if values else None


def cursor(query: str, position: UUID | None) -> str | None:
    """The cursor of the next page, where there is one."""
    return next_cursor(query, [str(position)]) if position else None
