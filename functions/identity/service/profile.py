"""What users see and change of themselves."""

from __future__ import annotations

from uuid import UUID

from functions.identity.repository import accounts
from functions.identity.repository.accounts import User
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, VersionConflictError


def of(connection: Connection, user_id: UUID) -> User:
    """The user. Raises InvalidTokenError for one who was deleted or deactivated after the token was made."""
    user = accounts.find_active(connection, user_id)
    if user is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    return user


def rename(connection: Connection, user_id: UUID, *, full_name: str, version: int) -> User:
    """The user with another name. Raises VersionConflictError where `version` is not the present one."""
    user = accounts.rename(connection, user_id, full_name=full_name, version=version)
    if user is None:
        raise VersionConflictError(f"The present version is {of(connection, user_id).version}")
    return user


def confirm_version(connection: Connection, user_id: UUID, *, version: int) -> User:
    """The user as they are, for a change that changes nothing. Raises VersionConflictError."""
    user = of(connection, user_id)
    if user.version != version:
        raise VersionConflictError(f"The present version is {user.version}")
    return user
