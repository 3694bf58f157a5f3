"""What users see and change of themselves."""

from __future__ import annotations

from uuid import UUID

from functions.identity.consent_texts import Purpose, Source
from functions.identity.repository import accounts
from functions.identity.repository.accounts import ProfileValues, User
from functions.identity.service import consents
from functions.identity.service.consents import Choice
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, VersionConflictError


def of(connection: Connection, user_id: UUID) -> User:
    """The user. Raises InvalidTokenError for one who was deleted or deactivated after the token was made."""
    user = accounts.find_active(connection, user_id)
    if user is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    return user


def change(
    connection: Connection, user_id: UUID, values: ProfileValues, *, accepts_marketing: bool | None, version: int
) -> User:
    """The user with these values; None leaves consent as it is. Raises VersionConflictError where `version` is not the
    present one.
    """
    if values == ProfileValues() and accepts_marketing is None:
        return _confirm_version(connection, user_id, version=version)
    if accepts_marketing is not None:
        consents.choose(
            connection, user_id, [Choice(Purpose.MARKETING, accepts_marketing)], source=Source.PROFILE, counts=False
        )
    user = accounts.change(connection, user_id, values, version=version)
    if user is None:
        raise VersionConflictError(f"The present version is {of(connection, user_id).version}")
    return user


def unsubscribe(connection: Connection, user_id: UUID) -> None:
    """No more mails that the user did not ask for; told by a link in one of them, as often as they like."""
    consents.choose(connection, user_id, [Choice(Purpose.MARKETING, False)], source=Source.UNSUBSCRIBE_LINK)


def _confirm_version(connection: Connection, user_id: UUID, *, version: int) -> User:
    """The user as they are, for a change that changes nothing."""
    user = of(connection, user_id)
    if user.version != version:
        raise VersionConflictError(f"The present version is {user.version}")
    return user
