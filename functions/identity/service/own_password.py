"""Somebody who is signed in shows their password again, before they change what would lock its owner out."""

from __future__ import annotations

from uuid import UUID

from functions.identity.errors import WrongPasswordError
from functions.identity.repository import accounts, requests, sessions
from functions.identity.repository.accounts import Account
from functions.identity.repository.requests import Kind
from functions.identity.service import passwords
from functions.identity.service.throttling import LoginAttempt
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import InvalidTokenError
from shared.log import logger


def confirm(connection: Connection, user_id: UUID, *, password: str, address: str, field: str) -> Account:
    """The account, whose password this is. Guesses count like failed logins. Runs outside of a transaction.

    Raises WrongPasswordError, which names the body's `field`; ThrottledError; InvalidTokenError for an account that was
    deactivated after the token was made; UnavailableError where attempts cannot be counted.
    """
    account = accounts.find_account(connection, user_id)
    if account is None:
        raise InvalidTokenError("The account does not exist or is deactivated")
    attempt = LoginAttempt(account.email, address)
    attempt.begin()
    if not passwords.is_right(password, account.password_hash):
        attempt.failed()
        logger().info("wrong password", extra={"security_event": "wrong_password", "user_id": str(user_id)})
        raise WrongPasswordError(field)
    attempt.succeeded()
    return account


def change(connection: Connection, account: Account, new_hash: str, *, session_id: UUID) -> None:
    """Give the account the new hash; its sessions end, but for the one that asks, and open links are void.

    Raises WrongPasswordError where the password was changed in the meantime.
    """
    if not accounts.replace_hash(connection, account.id, old=account.password_hash, new=new_hash):
        raise WrongPasswordError("current_password")
    sessions.revoke_all(connection, account.id, "password_changed", but=session_id)
    requests.withdraw(connection, account.id, Kind.PASSWORD_RESET, Kind.EMAIL_CHANGE)
    audit.record(connection, "user.password_changed", Subject("user", account.id))
