"""Confirmation of the password by a user who is signed in, before a change that could lock the owner out."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from functions.identity.domain import passwords
from functions.identity.errors import WrongPasswordError
from functions.identity.repository import accounts, sessions
from functions.identity.repository.accounts import Account
from functions.identity.repository.requests import Kind
from functions.identity.service.throttling import PasswordConfirmation
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import PasswordChanged
from shared.errors import InvalidTokenError
from shared.log import logger


def confirm(connection: Connection, user_id: UUID, *, password: str, field: str) -> Account:
    """The account, whose password is verified. Guesses are throttled like logins, in a tally of the user's own, to
    which nobody adds who is not signed in. Runs outside of a transaction.

    Raises WrongPasswordError, which names the body's `field`; ThrottledError; InvalidTokenError for an account that was
    deactivated after the token was issued; UnavailableError where attempts cannot be counted.
    """
    account = accounts.find_account(connection, user_id)
    if account is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    attempt = PasswordConfirmation(user_id)
    attempt.begin()
    if not passwords.verify(password, account.password_hash):
        logger().info("wrong password", extra={"security_event": "wrong_password", "user_id": str(user_id)})
        raise WrongPasswordError(field)
    attempt.succeeded()
    return account


def change(connection: Connection, account: Account, new_hash: str, *, session_id: UUID) -> None:
    """Replace the hash; the other sessions of the account end, open links are void, and a mail says so.

    Raises WrongPasswordError where the password was changed in the meantime.
    """
    if not accounts.replace_hash(connection, account.id, old=account.password_hash, new=new_hash):
        raise WrongPasswordError("current_password")
    void = (Kind.PASSWORD_RESET, Kind.EMAIL_CHANGE)
    sessions.end_access(connection, account.id, "password_changed", but=session_id, void=void)
    audit.record(connection, "user.password_changed", Subject("user", account.id))
    outbox.record(
        connection,
        PasswordChanged(
            user_id=account.id, email=account.email, language=account.language, changed_at=datetime.now(UTC)
        ),
    )
