"""People as answers show them: the columns to read of `profiles_people`, and what is made of them."""

from __future__ import annotations

from typing import Any, Final, Protocol
from uuid import UUID

COLUMNS: Final = ("username", "display_name", "picture", "is_private")
"""Of `profiles_people`, beside the id, for `summary`."""


class ShownPerson(Protocol):
    """A row with the columns."""

    @property
    def user_id(self) -> UUID: ...
    @property
    def username(self) -> str: ...
    @property
    def display_name(self) -> str | None: ...
    @property
    def picture(self) -> dict[str, Any] | None: ...
    @property
    def is_private(self) -> bool: ...


def summary(row: ShownPerson) -> dict[str, Any]:
    """`shared.contexts.profiles.schemas.PersonSummary` as JSON has it."""
    return {
        "id": row.user_id,
        "username": row.username,
        "display_name": row.display_name or row.username,
        "picture": row.picture,
        "is_private": row.is_private,
    }
