"""Logging in with e-mail address and password."""

from __future__ import annotations

from dataclasses import dataclass

from functions.identity.domain import passwords
from functions.identity.errors import AccountInactiveError, InvalidCredentialsError
from functions.identity.repository import accounts, erasures
from functions.identity.repository.accounts import Account
from functions.identity.service import devices, sessions
from functions.identity.service.sessions import Grant
from functions.identity.service.throttling import LoginAttempt
from shared import emails
from shared.clients.database import Connection
from shared.log import logger


@dataclass(frozen=True, slots=True, repr=False)
class Authenticated:
    """An account whose password is verified."""

    account: Account
    new_hash: str | None
    """The password's hash at the current cost, where the stored one was made at a lower one."""
    device_id: bytes | None = None
    """Of a device that has signed in before."""


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """An open session, and the token by which its device is known from now on."""

    grant: Grant
    device_token: str


def authenticate(
    connection: Connection, *, email: str, password: str, address: str, device_token: str | None = None
) -> Authenticated:
    """The account with this address and password. Runs outside of a transaction, as hashing takes its time. Failures
    of a device that is known by `device_token`, and those of strangers, count apart.

    Raises InvalidCredentialsError (after the same work whether or not the account exists), AccountInactiveError,
    ThrottledError, and UnavailableError where attempts cannot be counted.
    """
    email = emails.lookup_key(email)
    account = accounts.find_by_email(connection, email)
    # Counted under the stored spelling: all spellings that the database matches with this account are the same.
    device_id = devices.recognise(device_token, account)
    attempt = LoginAttempt(account.email if account else email, address, device_id)
    attempt.begin()
    if not passwords.verify(password, account.password_hash if account else None) or account is None:
        attempt.failed()
        logger().info("login failed", extra={"security_event": "login_failed", "client_address": address})
        raise InvalidCredentialsError
    attempt.succeeded()
    if not account.is_active:
        leaving = erasures.is_leaving(connection, account.id)
        raise AccountInactiveError("It is about to be erased; the link in the mail keeps it" if leaving else None)
    outdated = passwords.is_outdated(account.password_hash)
    return Authenticated(account, passwords.rehash(password) if outdated else None, device_id)


def complete(connection: Connection, login: Authenticated, user_agent: str) -> SignIn:
    """Open the session, and store the better hash.

    Raises InvalidCredentialsError where the password was changed, or the account deactivated, in the meantime: such a
    change ends all sessions, and this one must not be left out.
    """
    account, known_hash = login.account, login.account.password_hash
    if login.new_hash is not None:
        accounts.replace_hash(connection, account.id, old=known_hash, new=login.new_hash)
        known_hash = login.new_hash
    grant = sessions.start(connection, account, user_agent, password_hash=known_hash)
    if grant is None:
        raise InvalidCredentialsError
    return SignIn(grant, devices.issue(account.id, known_hash, device_id=login.device_id))
