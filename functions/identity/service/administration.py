"""Changes of accounts by administrators.

There is always an administrator: only an administrator can remove the role from another, and cannot remove their own.
Both rows are locked and read again, so that of two administrators who demote each other at once the second is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from functions.identity.errors import AccountLeavingError, OwnAccountError, UnprovenStaffError
from functions.identity.repository import administration, sessions
from functions.identity.repository.administration import ChangeRow, DetailRow, LockedUser, UserFilters
from functions.identity.repository.requests import REVOCABLE
from shared import audit, outbox
from shared.audit import Changes, Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import UserRolesChanged
from shared.contexts.identity.session_lifetime import LIFETIME_SECONDS
from shared.errors import NotFoundError, PermissionDeniedError, VersionConflictError
from shared.log import logger
from shared.pages import split_page
from shared.permissions import Permission, Role, granted

SHOWN_CHANGES: Final = 50


@dataclass(frozen=True, slots=True)
class UserDetail:
    user: DetailRow
    changes: list[ChangeRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUpdate:
    """New values of an account; None leaves one as it is."""

    roles: Sequence[Role] | None
    is_active: bool | None


def page(
    connection: Connection, filters: UserFilters, *, after: list[Any] | None, limit: int
) -> tuple[Sequence[dict[str, Any]], list[str] | None]:
    """A page of users, and the sort values to continue after (None at the end)."""
    start = None if after is None else (datetime.fromisoformat(after[0]), UUID(after[1]))
    rows = administration.page(connection, filters, after=start, limit=limit + 1)
    return split_page(rows, limit, lambda row: [row["created_at"].isoformat(), str(row["id"])])


def detail(connection: Connection, user_id: UUID) -> UserDetail:
    """The user with the last changes. Raises NotFoundError."""
    user = administration.detail(connection, user_id, session_lifetime=LIFETIME_SECONDS)
    if user is None:
        raise NotFoundError
    return UserDetail(user, administration.changes(connection, user_id, limit=SHOWN_CHANGES))


def change(
    connection: Connection, user_id: UUID, update: AccountUpdate, *, actor_id: UUID, version: int, reason: str
) -> UserDetail:
    """The changed user. Other roles end all sessions, and the user is told of them by mail; deactivating ends all
    sessions and voids all open links.

    Raises NotFoundError, VersionConflictError, OwnAccountError for administrators who would lock themselves out,
    AccountLeavingError for an account that is being erased, UnprovenStaffError for a new role of an account whose
    address is not verified, and PermissionDeniedError for administrators who have just lost the permission.
    """
    locked = administration.lock(connection, [user_id, actor_id])
    actor, user = locked.get(actor_id), locked.get(user_id)
    if actor is None or not _may_change(actor.roles, actor.is_active):
        raise PermissionDeniedError(f"This needs the permission {Permission.USERS_WRITE.value}")
    if user is None:
        raise NotFoundError
    if user.version != version:
        raise VersionConflictError(current_version=user.version)
    roles = user.roles if update.roles is None else [role.value for role in Role if role in update.roles]
    is_active = user.is_active if update.is_active is None else update.is_active
    if user_id == actor_id and not _may_change(roles, is_active):
        raise OwnAccountError
    changes = _differences(user, roles, is_active)
    if changes:
        if user.is_leaving:
            raise AccountLeavingError
        if set(roles) - {Role.CUSTOMER.value, *user.roles} and not user.is_proven:
            raise UnprovenStaffError
        administration.change(connection, user_id, roles=roles, is_active=is_active)
        logger().info(
            "account changed",
            extra={"security_event": "account_changed", "actor_id": str(actor_id), "changed_user_id": str(user_id)},
        )
    audit.record(connection, "user.changed", Subject("user", user_id), changes=changes, reason=reason)
    if user.is_active and not is_active:
        sessions.end_access(connection, user_id, "account_deactivated", void=REVOCABLE)
    if "roles" in changes:
        sessions.revoke_all(connection, user_id, "roles_changed")
        outbox.record(connection, _roles_changed(user, roles))
    return detail(connection, user_id)


def _roles_changed(user: LockedUser, roles: Sequence[str]) -> UserRolesChanged:
    return UserRolesChanged(
        user_id=user.id,
        email=user.email,
        language=user.language,
        given=sorted(set(roles) - set(user.roles)),
        taken=sorted(set(user.roles) - set(roles)),
    )


def _may_change(roles: Sequence[str], is_active: bool) -> bool:
    return is_active and Permission.USERS_WRITE in granted(frozenset(Role(role) for role in roles))


def _differences(user: LockedUser, roles: Sequence[str], is_active: bool) -> Changes:
    changes: Changes = {}
    if set(roles) != set(user.roles):
        changes["roles"] = (user.roles, list(roles))
    if is_active != user.is_active:
        changes["is_active"] = (user.is_active, is_active)
    return changes
