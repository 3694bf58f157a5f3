"""Verification of e-mail addresses, and their change to another verified one.

A link proves that somebody reads the mail of an address. Whether they are the ones who opened the account, only a
sign-in tells: anybody can register with the address of another. So the first proof without a sign-in of the account
gives it to the reader of the mail, and a change of the address needs both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from functions.identity.errors import (
    EmailAlreadyVerifiedError,
    EmailTakenError,
    InvalidLinkError,
    SameEmailError,
    SignInRequiredError,
)
from functions.identity.repository import accounts, erasures, requests, sessions
from functions.identity.repository.accounts import User
from functions.identity.repository.requests import REVOCABLE, Kind, Owner
from functions.identity.service import own_password, password_reset, profile
from functions.identity.service.throttling import count_own_mail
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import EmailChanged, EmailVerificationRequested
from shared.log import logger
from shared.tokens import Principal

LIFETIME_SECONDS: Final = 24 * 3600
"""How long a link may be used."""
REVERSAL_SECONDS: Final = 7 * 24 * 3600
"""How long a change may be taken back from the old address, which nobody else can have until then."""


@dataclass(frozen=True, slots=True)
class VerifiedAddress:
    """An address, since when it is verified, and where its reader now has the account, the request by which they choose
    its password.
    """

    email: str
    verified_at: datetime
    reset_id: UUID | None = None


def request_verification(connection: Connection, user: User) -> None:
    """Request a link to the user's address."""
    _request(connection, Kind.EMAIL_VERIFICATION, user, user.email)


def check_repetition(connection: Connection, user_id: UUID, *, address: str) -> User:
    """The user, who may have the link sent again. `address` is where the request comes from.

    Raises EmailAlreadyVerifiedError, ThrottledError, and UnavailableError where mails cannot be counted.
    """
    user = profile.of(connection, user_id)
    if user.email_verified_at is not None:
        raise EmailAlreadyVerifiedError
    count_own_mail(user.id, address)
    return user


def check_change(connection: Connection, user_id: UUID, *, email: str, password: str, address: str) -> User:
    """The user, who may change their address to `email` once it is verified. Runs outside of a transaction.

    Raises WrongPasswordError, SameEmailError, EmailTakenError, ThrottledError, and UnavailableError where attempts
    cannot be counted. That an address is taken is revealed, as at registration (`EmailTakenError` says why).
    """
    account = own_password.confirm(connection, user_id, password=password, field="password")
    count_own_mail(user_id, address)
    other = accounts.find_by_email(connection, email)
    if other is None:
        return account
    if other.id == user_id and other.email == email:
        raise SameEmailError
    if other.id != user_id:
        raise EmailTakenError
    return account


def request_change(connection: Connection, user: User, email: str) -> None:
    """Request a link to the new address; links sent to earlier choices are void."""
    requests.withdraw(connection, user.id, Kind.EMAIL_CHANGE)
    _request(connection, Kind.EMAIL_CHANGE, user, email)


def verify(
    connection: Connection, request_id: UUID, *, caller: Principal | None, address: str
) -> VerifiedAddress | None:
    """Use the request: its address is verified, and with a change it becomes the account's.

    None where the request is not open (any more). `caller` is who is signed in, `address` where the request comes from.
    Raises SignInRequiredError for a change that another than the account's user confirms, and EmailTakenError where
    another user has registered the e-mail address since; then the request stays open.
    """
    owner = requests.lock_owner(connection, request_id)
    if owner is None:
        return None
    request = requests.use(connection, request_id, Kind.EMAIL_VERIFICATION, Kind.EMAIL_CHANGE)
    if request is None:
        return None
    is_own = caller is not None and caller.user_id == owner.id
    if request.kind == Kind.EMAIL_CHANGE:
        if caller is None or not is_own:
            raise SignInRequiredError
        return _change(connection, owner, request.email, session_id=caller.session_id, address=address)
    if not is_own and not owner.is_proven:
        action = "user.address_proven"
        return _take_over(connection, request_id, owner, request.email, action=action, address=address)
    verified_at = accounts.mark_verified(connection, owner.id, request.email)
    requests.withdraw(connection, owner.id, Kind.EMAIL_VERIFICATION)
    return None if verified_at is None else VerifiedAddress(request.email, verified_at)


def revert(connection: Connection, request_id: UUID, *, address: str) -> VerifiedAddress | None:
    """Take a change of the address back: the account has the old one again, and belongs to whoever reads its mail. An
    erasure that was asked for meanwhile is cancelled.

    None where the request is not open (any more). Raises InvalidLinkError where an administrator has closed the
    account, and EmailTakenError where another one has the address; then the request stays open.
    """
    owner = requests.lock_any_owner(connection, request_id)
    if owner is None:
        return None
    request = requests.use(connection, request_id, Kind.EMAIL_REVERSAL)
    if request is None:
        return None
    if not owner.is_active and not erasures.cancel(connection, owner.id):
        raise InvalidLinkError
    action = "user.email_change_reverted"
    return _take_over(connection, request_id, owner, request.email, action=action, address=address)


def _take_over(
    connection: Connection, request_id: UUID, owner: Owner, email: str, *, action: str, address: str
) -> VerifiedAddress:
    """The account belongs to the reader of the mail, who chooses its password next."""
    taken = accounts.take_over(
        connection,
        owner.id,
        email,
        request_id=request_id,
        reason=action.removeprefix("user."),
        lifetime=password_reset.LIFETIME_SECONDS,
    )
    if taken is None:
        raise EmailTakenError
    audit.record(connection, action, Subject("user", owner.id), actor=audit.user(owner.id, owner.roles, address))
    logger().info(action, extra={"security_event": action, "user_id": str(owner.id)})
    return VerifiedAddress(taken.email, taken.verified_at, taken.reset_id)


def _change(connection: Connection, owner: Owner, email: str, *, session_id: UUID, address: str) -> VerifiedAddress:
    verified_at = accounts.change_email(connection, owner.id, email)
    if verified_at is None:
        raise EmailTakenError
    # Links in the old mailbox open nothing any more, but for the one that takes this back.
    sessions.end_access(connection, owner.id, "email_changed", but=session_id, void=REVOCABLE)
    actor = audit.user(owner.id, owner.roles, address)
    audit.record(connection, "user.email_changed", Subject("user", owner.id), actor=actor)
    if owner.is_proven and owner.email.lower() != email.lower():
        _notify_old_address(connection, owner)
    return VerifiedAddress(email, verified_at)


def _notify_old_address(connection: Connection, owner: Owner) -> None:
    """Only an address that is known to be the owner's may have the account back."""
    new = requests.add(connection, Kind.EMAIL_REVERSAL, user_id=owner.id, email=owner.email, lifetime=REVERSAL_SECONDS)
    outbox.record(
        connection,
        EmailChanged(
            request_id=new.id,
            user_id=owner.id,
            email=owner.email,
            language=owner.language,
            expires_at=new.expires_at,
        ),
    )


def _request(connection: Connection, kind: Kind, user: User, email: str) -> None:
    new = requests.add(connection, kind, user_id=user.id, email=email, lifetime=LIFETIME_SECONDS)
    outbox.record(
        connection,
        EmailVerificationRequested(
            request_id=new.id,
            user_id=user.id,
            email=email,
            language=user.language,
            expires_at=new.expires_at,
            is_change=kind is Kind.EMAIL_CHANGE,
        ),
    )
