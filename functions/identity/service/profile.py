"""The account of a user. They change it by `shared.contexts.identity.accounts`."""

from __future__ import annotations

from uuid import UUID

from functions.identity.repository import accounts
from functions.identity.repository.accounts import User
from shared.clients.database import Connection
from shared.contexts.identity import consents
from shared.contexts.identity.consents import Choice, ConsentPurpose, ConsentSource
from shared.errors import InvalidTokenError


def of(connection: Connection, user_id: UUID) -> User:
    """The user. Raises InvalidTokenError for one who was deleted or deactivated after the token was issued."""
    user = accounts.find_active(connection, user_id)
    if user is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    return user


def unsubscribe(connection: Connection, user_id: UUID) -> None:
    """Withdraw the consent to marketing mail, by the link in such a mail; can be repeated."""
    withdrawal = Choice(ConsentPurpose.MARKETING, granted=False)
    consents.choose(connection, user_id, [withdrawal], source=ConsentSource.UNSUBSCRIBE_LINK)
