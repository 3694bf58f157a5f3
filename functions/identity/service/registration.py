"""Registration: an account, the consents of its owner, its event."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from functions.identity.errors import EmailTakenError
from functions.identity.repository import accounts
from functions.identity.repository.accounts import NewUser, User
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.identity import consents
from shared.contexts.identity.consents import Choice, ConsentSource
from shared.contexts.identity.events import UserRegistered


def register(connection: Connection, new: NewUser, choices: Sequence[Choice]) -> User:
    """The new customer. Raises EmailTakenError, and what `consents.choose` raises."""
    user = accounts.add(connection, new)
    if user is None:
        raise EmailTakenError
    if choices:
        since = consents.choose(connection, user.id, choices, source=ConsentSource.REGISTRATION, counts=False)
        user = dataclasses.replace(user, marketing_consent_at=since)
    outbox.record(connection, UserRegistered(user_id=user.id))
    return user
