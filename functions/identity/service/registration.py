"""Registration: an account, its event, and the first session."""

from __future__ import annotations

from functions.identity.errors import EmailTakenError
from functions.identity.repository import accounts
from functions.identity.repository.accounts import User
from shared import outbox
from shared.clients.database import Connection
from shared.events import UserRegistered


def register(connection: Connection, *, email: str, password_hash: str, full_name: str) -> User:
    """The new customer. Raises EmailTakenError."""
    user = accounts.add(connection, email=email, password_hash=password_hash, full_name=full_name)
    if user is None:
        raise EmailTakenError
    outbox.record(connection, UserRegistered(user_id=user.id))
    return user
