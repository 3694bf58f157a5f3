"""Texts that address something: an id, or else its slug."""

from __future__ import annotations

from uuid import UUID


def as_id(text: str) -> UUID | None:
    """The id that `text` is, if it is one. No slug is."""
    try:
        return UUID(text)
    except ValueError:
        return None
