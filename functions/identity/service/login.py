"""Logging in with e-mail address and password."""

from __future__ import annotations

from dataclasses import dataclass

from functions.identity import emails
from functions.identity.errors import AccountInactiveError, InvalidCredentialsError
from functions.identity.repository import accounts, erasures
from functions.identity.repository.accounts import Account
from functions.identity.service import passwords, sessions
from functions.identity.service.sessions import Grant
from functions.identity.service.throttling import LoginAttempt
from shared.clients.database import Connection
from shared.log import logger


@dataclass(frozen=True, slots=True, repr=False)
class Authenticated:
    """An account whose password was given."""

    account: Account
    new_hash: str | None
    """The password's hash at today's cost, where the stored one was made at a lower one."""


def authenticate(connection: Connection, *, email: str, password: str, address: str) -> Authenticated:
    """The account with this address and password. Runs outside of a transaction, as hashing takes its time.

    Raises InvalidCredentialsError (after the same work whether or not the account exists), AccountInactiveError,
    ThrottledError, and UnavailableError where attempts cannot be counted.
    """
    email = emails.as_looked_up(email)
    account = accounts.find_by_email(connection, email)
    # Counted under the stored spelling: every spelling that the database takes for this account is the same to it.
    attempt = LoginAttempt(account.email if account else email, address)
    attempt.begin()
    if not passwords.is_right(password, account.password_hash if account else None) or account is None:
        attempt.failed()
        logger().info("login failed", extra={"security_event": "login_failed", "client_address": address})
        raise InvalidCredentialsError
    attempt.succeeded()
    if not account.is_active:
        leaving = erasures.is_leaving(connection, account.id)
        raise AccountInactiveError("It is about to be erased; the link in the mail keeps it" if leaving else None)
    outdated = passwords.is_outdated(account.password_hash)
    return Authenticated(account, passwords.rehash(password) if outdated else None)


def complete(connection: Connection, login: Authenticated, user_agent: str) -> Grant:
    """Open the session, and keep the better hash.

    Raises InvalidCredentialsError where the password was changed, or the account deactivated, in the meantime: such a
    change ends all sessions, and none may slip through.
    """
    account, known_hash = login.account, login.account.password_hash
    if login.new_hash is not None:
        accounts.replace_hash(connection, account.id, old=known_hash, new=login.new_hash)
        known_hash = login.new_hash
    grant = sessions.start(connection, account, user_agent, password_hash=known_hash)
    if grant is None:
        raise InvalidCredentialsError
    return grant
