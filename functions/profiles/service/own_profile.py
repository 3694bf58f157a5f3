"""One's own profile, read and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from functions.profiles.domain import reserved_names, suggestions
from functions.profiles.errors import ReservedUsernameError, UsernameTakenError
from functions.profiles.repository import follow_requests, own_profile
from functions.profiles.repository.own_profile import NameTakenError, OwnProfileRow
from functions.profiles.settings import NameSettings
from shared import settings
from shared.clients.database import Connection
from shared.contexts.identity import accounts
from shared.contexts.identity.accounts import AccountValues
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import Verdict
from shared.contexts.profiles import usernames
from shared.contexts.profiles.standing import OnboardingRequiredError, require_may_write
from shared.errors import InvalidTokenError, VersionConflictError


def of(connection: Connection, user_id: UUID) -> OwnProfileRow:
    """The person. Raises InvalidTokenError for who was deleted or deactivated after the token was issued."""
    row = own_profile.mine(connection, user_id)
    if row is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    return row


def change(
    connection: Connection, user_id: UUID, account: AccountValues, profile: Mapping[str, Any], *, version: int
) -> OwnProfileRow:
    """The person with these values; of the profile, only what is named changes. One version is of both.

    Raises VersionConflictError, OnboardingRequiredError, SuspendedError (for names and words about oneself),
    ReservedUsernameError, UsernameTakenError and TextRefusedError.
    """
    if account == AccountValues() and not profile:
        row = of(connection, user_id)
        if row.version != version:
            raise VersionConflictError(current_version=row.version)
        return row
    # Rows of profiles are locked before those of identity (`docs/decisions/0004-cross-context-locks.md`).
    if profile:
        _change_profile(connection, user_id, profile)
    if account.full_name:
        # Reviews show the first part of it: a name is refused or flagged, whatever others see of it.
        verdict = screening.judge(connection, {"full_name": account.full_name}, may_hold=False)
        screening.file(connection, verdict, "user", user_id, owner_id=user_id)
    accounts.change(connection, user_id, account, version=version)
    return of(connection, user_id)


def name_columns(username: str) -> dict[str, str]:
    """Columns of a username. Raises ReservedUsernameError."""
    check_reserved(username)
    return {
        "username": username,
        "username_key": usernames.key_of(username),
        "username_skeleton": usernames.skeleton_of(username),
    }


def judged(connection: Connection, profile: Mapping[str, Any]) -> Verdict:
    """What moderation says of names and words about oneself. Raises TextRefusedError: a name cannot be held."""
    texts = {name: profile[name] for name in ("username", "display_name", "bio") if profile.get(name)}
    return screening.judge(connection, texts, may_hold=False)


def display_columns(display_name: str | None) -> dict[str, str | None]:
    """Columns of a display name."""
    return {"display_name": display_name, "display_key": usernames.key_of(display_name) if display_name else None}


def check_reserved(username: str) -> None:
    """Raises ReservedUsernameError."""
    if reserved_names.is_reserved(username, settings.load(NameSettings).reserved_names):
        raise ReservedUsernameError


def taken(connection: Connection, username: str) -> UsernameTakenError:
    """The error for a name that somebody has, with free ones like it."""
    addresses = settings.load(NameSettings).reserved_names
    names = [name for name in suggestions.candidates(username) if not reserved_names.is_reserved(name, addresses)]
    keys, skeletons = [usernames.key_of(name) for name in names], [usernames.skeleton_of(name) for name in names]
    occupied = own_profile.taken(connection, keys, skeletons)
    free = [name for name, key, skeleton in zip(names, keys, skeletons, strict=True) if not {key, skeleton} & occupied]
    return UsernameTakenError(suggestions=free[: suggestions.SHOWN])


def _change_profile(connection: Connection, user_id: UUID, profile: Mapping[str, Any]) -> None:
    columns = {name: value for name, value in profile.items() if name not in ("username", "display_name")}
    if "username" in profile:
        columns |= name_columns(profile["username"])
    if "display_name" in profile:
        columns |= display_columns(profile["display_name"])
    if columns.get("is_private") is False:
        follow_requests.lock_requesters(connection, user_id)
    verdict = judged(connection, profile)
    try:
        opened = own_profile.change(connection, user_id, columns)
    except NameTakenError as error:
        raise taken(connection, profile["username"]) from error
    if opened is None:
        require_may_write(connection, user_id)
        raise OnboardingRequiredError
    screening.file(connection, verdict, "user", user_id, owner_id=user_id)
    if opened:
        follow_requests.accept_all(connection, user_id)
