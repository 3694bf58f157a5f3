"""The profile of a user, read and changed by the user."""

from __future__ import annotations

from uuid import UUID

from functions.identity.domain.consents import Choice, ConsentPurpose, ConsentSource
from functions.identity.repository import accounts
from functions.identity.repository.accounts import ProfileValues, User
from functions.identity.service import consents
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, VersionConflictError


def of(connection: Connection, user_id: UUID) -> User:
    """The user. Raises InvalidTokenError for one who was deleted or deactivated after the token was issued."""
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
            connection,
            user_id,
            [Choice(ConsentPurpose.MARKETING, accepts_marketing)],
            source=ConsentSource.PROFILE,
            counts=False,
        )
    user = accounts.change(connection, user_id, values, version=version)
    if user is None:
        raise VersionConflictError(f"The present version is {of(connection, user_id).version}")
    return user


def unsubscribe(connection: Connection, user_id: UUID) -> None:
    """Withdraw the consent to marketing mail, by the link in such a mail; can be repeated."""
    withdrawal = Choice(ConsentPurpose.MARKETING, granted=False)
    consents.choose(connection, user_id, [withdrawal], source=ConsentSource.UNSUBSCRIBE_LINK)


def _confirm_version(connection: Connection, user_id: UUID, *, version: int) -> User:
    """The user as they are, for a change that changes nothing."""
    user = of(connection, user_id)
    if user.version != version:
        raise VersionConflictError(f"The present version is {user.version}")
    return user
