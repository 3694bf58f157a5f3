"""Whether a person may write. Moderation changes it (`standing_changes`)."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import ConflictError, InvalidTokenError, PermissionDeniedError


class Standing(StrEnum):
    GOOD = "good"
    SUSPENDED = "suspended"
    """Reads, and does not write."""
    BANNED = "banned"
    """Is not shown to anybody either."""


class OnboardingRequiredError(ConflictError):
    """What people publish is shown under a username, which is chosen once."""

    code, title = "onboarding_required", "Choose a username first"


class SuspendedError(PermissionDeniedError):
    code, title = "suspended", "You may not write at the moment"


_STANDING: Final = """
SELECT is_onboarded, standing, standing_until, standing_reason FROM profiles_standings WHERE user_id = %s
"""
_ACCOUNT: Final = "SELECT FROM identity_accounts WHERE id = %s"


def require_may_write(connection: Connection, user_id: UUID) -> None:
    """Raises SuspendedError for who is suspended or banned, OnboardingRequiredError for who has no profile, and
    InvalidTokenError for whose account has ended since the token was issued.
    """
    if _check(connection, user_id):
        return
    if connection.execute(_ACCOUNT, (user_id,)).fetchone() is None:
        raise InvalidTokenError("The account does not exist any more")
    raise OnboardingRequiredError


def require_not_restricted(connection: Connection, user_id: UUID) -> None:
    """For what needs no profile: raises SuspendedError for who is suspended or banned."""
    _check(connection, user_id)


def check(
    connection: Connection, user_id: UUID, standing: str | None, until: datetime | None, reason: str | None
) -> None:
    """`require_may_write` by a row of `profiles_people` that the caller has read. `standing` is null where there is
    none: whether a sanction waits for the profile is asked then.
    """
    if standing is None:
        require_may_write(connection, user_id)
        raise OnboardingRequiredError
    _refuse(standing, until, reason)


def _check(connection: Connection, user_id: UUID) -> bool:
    """Whether the person is onboarded."""
    row = connection.execute(_STANDING, (user_id,)).fetchone()
    if row is None:
        return False
    _refuse(row["standing"], row["standing_until"], row["standing_reason"])
    return bool(row["is_onboarded"])


def _refuse(standing: str, until: datetime | None, reason: str | None) -> None:
    if standing != Standing.GOOD:
        end = until.astimezone(UTC).isoformat().replace("+00:00", "Z") if until else None
        raise SuspendedError(until=end, reason=reason, standing=standing)
