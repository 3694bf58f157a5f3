"""Muting and blocking. A mute hides; a block also ends follows and forbids interaction, both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.profiles.domain.limits import MAX_FILTERS
from functions.profiles.errors import FilterLimitError, OneselfError
from functions.profiles.repository import content_filters, follows, pairs
from functions.profiles.repository.content_filters import FilterRow
from functions.profiles.repository.people import PersonRow
from functions.profiles.service import people
from shared.clients.database import Connection
from shared.pages import split_page

MUTE = "mute"
BLOCK = "block"


def mute(connection: Connection, id_or_username: str, *, until: datetime | None, viewer: UUID) -> PersonRow:
    """The person, whom the viewer mutes now. Raises UserNotFoundError, OneselfError and FilterLimitError."""
    target = _target(connection, id_or_username, viewer, is_there=lambda person: person.muting, kind=MUTE)
    content_filters.put(connection, viewer, target, MUTE, until=until)
    return people.show(connection, str(target), viewer=viewer)


def block(connection: Connection, id_or_username: str, *, viewer: UUID) -> PersonRow:
    """The person, whom the viewer blocks now; neither follows the other any more. Raises as `mute`."""
    target = _target(connection, id_or_username, viewer, is_there=lambda person: person.blocking, kind=BLOCK)
    pairs.lock(connection, viewer, target)
    content_filters.put(connection, viewer, target, BLOCK)
    follows.end_both(connection, viewer, target)
    return people.show(connection, str(target), viewer=viewer)


def remove(connection: Connection, id_or_username: str, kind: str, *, viewer: UUID) -> None:
    """Mute or block no longer. Never needs the right to see the person."""
    target = people.known_id(connection, id_or_username)
    if target is not None:
        content_filters.remove(connection, viewer, target, kind)


def listed(
    connection: Connection, viewer: UUID, *, kind: str | None, limit: int, after: list[Any] | None
) -> tuple[Sequence[FilterRow], list[Any] | None]:
    """The viewer's mutes and blocks."""
    rows = content_filters.page(connection, viewer, kind=kind, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: [row.created_at.isoformat(), row.user_id, row.kind])


def _target(
    connection: Connection, id_or_username: str, viewer: UUID, *, is_there: Callable[[PersonRow], bool], kind: str
) -> UUID:
    person = people.show(connection, id_or_username, viewer=viewer)
    if person.user_id == viewer:
        raise OneselfError
    if not is_there(person) and content_filters.count(connection, viewer, kind) >= MAX_FILTERS:
        raise FilterLimitError(f"At most {MAX_FILTERS} people")
    return person.user_id
