"""Somebody reads a mail about an account that they never opened, and says so by the link in it."""

from __future__ import annotations

from functions.identity.repository import accounts, erasures, requests, sessions
from functions.identity.repository.accounts import User
from functions.identity.repository.requests import REVOCABLE, Kind
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.address_denials import Denial
from shared.log import logger


def apply(connection: Connection, denial: Denial, *, address: str) -> bool:
    """Close the account that was opened with the address and never proved it, and have it erased; or withdraw what
    another account has asked for, so that it does not get the address. `address` is where the request comes from.

    False where there is nothing to do (any more): the address was proven, or the account is gone.
    """
    user = accounts.lock_active(connection, denial.user_id)
    if user is None:
        return False
    if denial.is_about(user.email) and user.email_verified_at is None:
        _close(connection, user, address)
        return True
    if not any(map(denial.is_about, requests.open_changes(connection, user.id))):
        return False
    requests.withdraw(connection, user.id, Kind.EMAIL_CHANGE)
    return True


def _close(connection: Connection, user: User, address: str) -> None:
    sessions.end_access(connection, user.id, "address_denied", void=REVOCABLE)
    erasures.close_unproven(connection, user.id)
    actor = audit.user(user.id, user.roles, address)
    audit.record(connection, "user.address_denied", Subject("user", user.id), actor=actor)
    logger().warning(
        "an account was closed by the owner of its address",
        extra={"security_event": "address_denied", "user_id": str(user.id)},
    )
