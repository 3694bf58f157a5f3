"""People as others see them."""

from __future__ import annotations

from uuid import UUID

from functions.profiles.errors import UserNotFoundError
from functions.profiles.repository import pairs, people
from functions.profiles.repository.people import PersonRow
from shared.clients.database import Connection
from shared.contexts.profiles import usernames
from shared.identifiers import as_id


def show(connection: Connection, id_or_username: str, *, viewer: UUID | None) -> PersonRow:
    """The person with this id or username, in any case. Raises UserNotFoundError, for whom they have blocked too."""
    row = people.find(connection, user_id=as_id(id_or_username), key=usernames.key_of(id_or_username), viewer=viewer)
    if row is None:
        raise UserNotFoundError
    return row


def known_id(connection: Connection, id_or_username: str) -> UUID | None:
    """Whom the text names, may they be seen or not: for undoing one's own act, and for nothing that is shown."""
    return pairs.known_id(connection, user_id=as_id(id_or_username), key=usernames.key_of(id_or_username))
