"""`Author` as JSON has it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID


class _Named(Protocol):
    @property
    def username(self) -> str | None: ...
    @property
    def display_name(self) -> str | None: ...
    @property
    def picture(self) -> dict[str, Any] | None: ...


class _Person(_Named, Protocol):
    @property
    def user_id(self) -> UUID: ...


class _Written(_Named, Protocol):
    @property
    def author_id(self) -> UUID: ...


def author(row: _Written) -> dict[str, Any]:
    """Who wrote a post or a comment."""
    return _document(row.author_id, row)


def person(row: _Person) -> dict[str, Any]:
    """A person beside what they did, or in a list."""
    return _document(row.user_id, row)


def _document(person_id: UUID, row: _Named) -> dict[str, Any]:
    return {
        "id": person_id,
        "username": row.username,
        "display_name": row.display_name or row.username,
        "picture": row.picture,
    }
