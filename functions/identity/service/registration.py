"""Registration: an account, its event, and the first session."""

from __future__ import annotations

from functions.identity.errors import EmailTakenError
from functions.identity.repository import accounts
from functions.identity.repository.accounts import NewUser, User
from shared import outbox
from shared.clients.database import Connection
from shared.events import UserRegistered


def register(connection: Connection, new: NewUser) -> User:
    """The new customer. Raises EmailTakenError."""
    user = accounts.add(connection, new)
    if user is None:
        raise EmailTakenError
    outbox.record(connection, UserRegistered(user_id=user.id))
    return user
