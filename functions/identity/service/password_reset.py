"""A new password for somebody who cannot sign in, by a link that goes to the account's address.

Asking tells nothing about whether there is an account: the answer is the same, and so is the work. For an address
without an account a request that nobody owns is written, and an event that nobody is told.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.identity import emails
from functions.identity.repository import accounts, requests, sessions
from functions.identity.repository.accounts import Account
from functions.identity.repository.requests import Kind, Owner
from functions.identity.service.throttling import count_mail
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.events import DomainEvent, PasswordResetRequested, PasswordResetUnmatched
from shared.log import logger

LIFETIME_SECONDS: Final = 3600
"""How long a link may be used."""


def find_recipient(connection: Connection, *, email: str, address: str) -> Account | None:
    """The active account that the mail would go to. `address` is where the request comes from.

    Raises ThrottledError, and UnavailableError where requests cannot be counted.
    """
    email = emails.as_looked_up(email)
    account = accounts.find_by_email(connection, email)
    count_mail("reset", email=account.email if account else email, address=address)
    return account if account is not None and account.is_active else None


def request(connection: Connection, recipient: Account | None) -> None:
    """Have a link sent, if there is somebody to send it to."""
    user_id, email = (recipient.id, recipient.email) if recipient else (None, "")
    made = requests.add(connection, Kind.PASSWORD_RESET, user_id=user_id, email=email, lifetime=LIFETIME_SECONDS)
    event: DomainEvent = PasswordResetUnmatched(request_id=made.id)
    if recipient is not None:
        event = PasswordResetRequested(
            request_id=made.id,
            user_id=recipient.id,
            email=recipient.email,
            language=recipient.language,
            expires_at=made.expires_at,
        )
    outbox.record(connection, event)


def find_owner(connection: Connection, request_id: UUID) -> Owner | None:
    """Whose password the request may reset, while it is open."""
    return requests.find_owner(connection, request_id, Kind.PASSWORD_RESET)


def reset(connection: Connection, request_id: UUID, new_hash: str, *, address: str) -> Owner | None:
    """Use the request up: the account has this hash, its sessions end, its other open links are void.

    The link came by mail, so the address is proven as well. `address` is where the request comes from. Returns whose
    password it is now; None where the request is not open (any more).
    """
    owner = requests.lock_owner(connection, request_id)
    if owner is None:
        return None
    used = requests.use(connection, request_id, Kind.PASSWORD_RESET)
    if used is None:
        return None
    accounts.set_hash(connection, owner.id, new_hash)
    accounts.mark_verified(connection, owner.id, used.email)
    ended = sessions.revoke_all(connection, owner.id, "password_reset")
    requests.withdraw(connection, owner.id, *Kind)
    actor = audit.user(owner.id, owner.roles, address)
    audit.record(connection, "user.password_reset", Subject("user", owner.id), actor=actor)
    logger().info(
        "password reset", extra={"security_event": "password_reset", "user_id": str(owner.id), "sessions": ended}
    )
    return owner
