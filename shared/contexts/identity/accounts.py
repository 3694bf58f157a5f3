"""The account of a person, as they change it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.identity import consents
from shared.contexts.identity.consents import Choice, ConsentPurpose, ConsentSource
from shared.errors import InvalidTokenError, VersionConflictError


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A row of `identity_accounts`."""

    id: UUID
    email: str
    email_verified_at: datetime | None
    full_name: str
    language: str
    roles: list[str]
    marketing_consent_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountValues:
    """New values of an account; None leaves one as it is."""

    full_name: str | None = None
    language: str | None = None
    accepts_marketing: bool | None = None


_CHANGE: Final = """
UPDATE users SET
    full_name = coalesce(%(full_name)s, full_name),
    language = coalesce(%(language)s, language),
    version = version + 1
WHERE id = %(id)s AND version = %(version)s AND is_active
RETURNING id, email, email_verified_at, full_name, language, roles, marketing_consent_at, version, created_at,
    updated_at
"""
_VERSION: Final = "SELECT version FROM identity_accounts WHERE id = %s"


def change(connection: Connection, user_id: UUID, values: AccountValues, *, version: int) -> OwnAccount:
    """The account with these values and the next version, where `version` is the present one.

    Raises VersionConflictError, and InvalidTokenError for an account that is no longer active.
    """
    if values.accepts_marketing is not None:
        choice = Choice(ConsentPurpose.MARKETING, values.accepts_marketing)
        consents.choose(connection, user_id, [choice], source=ConsentSource.PROFILE, counts=False)
    parameters = {"id": user_id, "version": version, "full_name": values.full_name, "language": values.language}
    with connection.cursor(row_factory=class_row(OwnAccount)) as cursor:
        account = cursor.execute(_CHANGE, parameters).fetchone()
    if account is None:
        raise VersionConflictError(current_version=present_version(connection, user_id))
    return account


def present_version(connection: Connection, user_id: UUID) -> int:
    """The account's version. Raises InvalidTokenError for one that is no longer active."""
    row = connection.execute(_VERSION, (user_id,)).fetchone()
    if row is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    present: int = row["version"]
    return present
