"""Proving that an e-mail address is one's own, and changing it to another that is."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from functions.identity.errors import EmailAlreadyVerifiedError, EmailTakenError, SameEmailError
from functions.identity.repository import accounts, requests
from functions.identity.repository.accounts import User
from functions.identity.repository.requests import Kind
from functions.identity.service import own_password, profile
from functions.identity.service.throttling import count_mail
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.events import EmailVerificationRequested

LIFETIME_SECONDS: Final = 24 * 3600
"""How long a link may be used."""


def request_verification(connection: Connection, user: User) -> None:
    """Have a link sent to the user's address."""
    _request(connection, Kind.EMAIL_VERIFICATION, user, user.email)


def check_repetition(connection: Connection, user_id: UUID, *, address: str) -> User:
    """The user, who may have the link sent again. `address` is where the request comes from.

    Raises EmailAlreadyVerifiedError, ThrottledError, and UnavailableError where mails cannot be counted.
    """
    user = profile.of(connection, user_id)
    if user.email_verified_at is not None:
        raise EmailAlreadyVerifiedError
    count_mail("verification", email=user.email, address=address)
    return user


def check_change(connection: Connection, user_id: UUID, *, email: str, password: str, address: str) -> User:
    """The user, who may change their address to `email` once it is proven. Runs outside of a transaction.

    Raises WrongPasswordError, SameEmailError, EmailTakenError, ThrottledError, and UnavailableError where attempts
    cannot be counted. That an address is taken is told, as at registration (`EmailTakenError` says why).
    """
    account = own_password.confirm(connection, user_id, password=password, address=address, field="password")
    count_mail("verification", email=account.email, address=address)
    other = accounts.find_by_email(connection, email)
    if other is None:
        return account
    if other.id == user_id and other.email == email:
        raise SameEmailError
    if other.id != user_id:
        raise EmailTakenError
    return account


def request_change(connection: Connection, user: User, email: str) -> None:
    """Have a link sent to the new address; links sent to earlier choices are void."""
    requests.withdraw(connection, user.id, Kind.EMAIL_CHANGE)
    _request(connection, Kind.EMAIL_CHANGE, user, email)


def verify(connection: Connection, request_id: UUID, *, address: str) -> tuple[str, datetime] | None:
    """Use the request up: its address is proven, and with a change it becomes the account's.

    Returns the e-mail address and when it was proven first; None where the request is not open (any more). `address` is
    where the request comes from. Raises EmailTakenError where somebody else has registered the e-mail address since;
    then the request stays open.
    """
    owner = requests.lock_owner(connection, request_id)
    if owner is None:
        return None
    used = requests.use(connection, request_id, Kind.EMAIL_VERIFICATION, Kind.EMAIL_CHANGE)
    if used is None:
        return None
    if used.kind == Kind.EMAIL_CHANGE:
        proven_at = accounts.change_email(connection, owner.id, used.email)
        if proven_at is None:
            raise EmailTakenError
        # Links in the old mailbox open nothing any more.
        requests.withdraw(connection, owner.id, *Kind)
        actor = audit.user(owner.id, owner.roles, address)
        audit.record(connection, "user.email_changed", Subject("user", owner.id), actor=actor)
        return used.email, proven_at
    proven_at = accounts.mark_verified(connection, owner.id, used.email)
    requests.withdraw(connection, owner.id, Kind.EMAIL_VERIFICATION)
    return None if proven_at is None else (used.email, proven_at)


def _request(connection: Connection, kind: Kind, user: User, email: str) -> None:
    made = requests.add(connection, kind, user_id=user.id, email=email, lifetime=LIFETIME_SECONDS)
    outbox.record(
        connection,
        EmailVerificationRequested(
            request_id=made.id, user_id=user.id, email=email, language=user.language, expires_at=made.expires_at
        ),
    )
