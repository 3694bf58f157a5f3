"""A new password for a user who cannot sign in, by a link that goes to the account's address.

A request does not reveal whether there is an account: the response is the same, and so is the work. For an address
without an account, a request without an owner is written, and an event without a recipient.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.identity.repository import accounts, requests
from functions.identity.repository.accounts import Account
from functions.identity.repository.requests import Kind, Owner
from functions.identity.service import devices
from functions.identity.service.throttling import may_send_reset
from shared import audit, emails, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import PasswordChanged, PasswordResetRequested, PasswordResetUnmatched
from shared.events import DomainEvent
from shared.log import logger

LIFETIME_SECONDS: Final = 3600
"""How long a link may be used."""


def find_recipient(
    connection: Connection, *, email: str, address: str, device_token: str | None = None
) -> Account | None:
    """The active account that the mail goes to; None also where too many were asked for. `address` is where the request
    comes from, `device_token` what its device is known by.

    Raises ThrottledError for a network that asks too often, and UnavailableError where requests cannot be counted.
    """
    email = emails.lookup_key(email)
    account = accounts.find_by_email(connection, email)
    device_id = devices.recognise(device_token, account)
    wanted = may_send_reset(account.email if account else email, address, device_id)
    return account if wanted and account is not None and account.is_active else None


def request(connection: Connection, recipient: Account | None) -> None:
    """Request a link, which is sent where there is a recipient."""
    user_id, email = (recipient.id, recipient.email) if recipient else (None, "")
    new = requests.add(connection, Kind.PASSWORD_RESET, user_id=user_id, email=email, lifetime=LIFETIME_SECONDS)
    event: DomainEvent = PasswordResetUnmatched(request_id=new.id)
    if recipient is not None:
        event = PasswordResetRequested(
            request_id=new.id,
            user_id=recipient.id,
            email=recipient.email,
            language=recipient.language,
            expires_at=new.expires_at,
        )
    outbox.record(connection, event)


def find_owner(connection: Connection, request_id: UUID) -> Owner | None:
    """The owner of the request, while it is open."""
    return requests.find_owner(connection, request_id, Kind.PASSWORD_RESET)


def reset(connection: Connection, request_id: UUID, new_hash: str, *, address: str) -> Owner | None:
    """Use the request: the account has this hash, its sessions end, its other open links are void.

    The link came by mail, so the address is verified as well, and a mail says what was done. `address` is where the
    request comes from. Returns the owner; None where the request is not open (any more).
    """
    owner = requests.lock_owner(connection, request_id)
    if owner is None:
        return None
    if requests.use(connection, request_id, Kind.PASSWORD_RESET) is None:
        return None
    done = accounts.reset_password(connection, owner.id, new_hash)
    actor = audit.user(owner.id, owner.roles, address)
    audit.record(connection, "user.password_reset", Subject("user", owner.id), actor=actor)
    logger().info(
        "password reset",
        extra={"security_event": "password_reset", "user_id": str(owner.id), "sessions": done.sessions},
    )
    outbox.record(
        connection,
        PasswordChanged(user_id=owner.id, email=owner.email, language=owner.language, changed_at=done.reset_at),
    )
    return owner
