"""Whether a person may write, and the one way in which moderation changes that."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import ConflictError, PermissionDeniedError


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


_STANDING: Final = "SELECT standing, standing_until, standing_reason FROM profiles_people WHERE user_id = %s"
_SET: Final = """
UPDATE profiles SET standing = %(standing)s, standing_until = %(until)s, standing_reason = %(reason)s,
    version = version + 1
WHERE user_id = %(user_id)s
"""


def require_may_write(connection: Connection, user_id: UUID) -> None:
    """Raises OnboardingRequiredError for who has no profile, and SuspendedError for who is suspended or banned."""
    row = connection.execute(_STANDING, (user_id,)).fetchone()
    if row is None:
        raise OnboardingRequiredError
    check(row["standing"], row["standing_until"], row["standing_reason"])


def check(standing: str | None, until: datetime | None, reason: str | None) -> None:
    """The same for a row of `profiles_people` that the caller has read (`standing` is null where there is none)."""
    if standing is None:
        raise OnboardingRequiredError
    if standing != Standing.GOOD:
        end = until.astimezone(UTC).isoformat().replace("+00:00", "Z") if until else None
        raise SuspendedError(until=end, reason=reason, standing=standing)


def set_standing(
    connection: Connection, user_id: UUID, standing: Standing, *, until: datetime | None = None, reason: str | None
) -> bool:
    """Suspend, ban, or restore somebody; `until` null is for ever. False where the person has no profile."""
    values = {"user_id": user_id, "standing": standing.value, "until": until, "reason": reason}
    if standing is Standing.GOOD:
        values |= {"until": None, "reason": None}
    return connection.execute(_SET, values).rowcount == 1
