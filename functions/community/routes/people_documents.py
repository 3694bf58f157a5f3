"""`Author` as JSON has it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID


class _Person(Protocol):
    @property
    def user_id(self) -> UUID: ...
    @property
    def username(self) -> str: ...
    @property
    def display_name(self) -> str | None: ...
    @property
    def picture(self) -> dict[str, Any] | None: ...


def author(row: _Person) -> dict[str, Any]:
    """A person beside what they did."""
    return {
        "id": row.user_id,
        "username": row.username,
        "display_name": row.display_name,
        "picture": row.picture,
    }
