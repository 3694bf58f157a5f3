"""The first administrator of a new shop, and another password for one who lost theirs."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final, TypedDict

from functions.operations.errors import SeedRefusedError
from shared import emails
from shared.clients.database import Connection
from shared.contexts.identity import administrators

DEFAULT_EMAIL: Final = "admin@sharestack.example"
BCRYPT_COST: Final = 12
MIN_PASSWORD_CHARACTERS: Final = 10
MAX_PASSWORD_BYTES: Final = 72
"""bcrypt ignores what follows."""


class Credentials(TypedDict):
    """The administrator. `password` is there only when this run made or changed it."""

    email: str
    password: str | None


def seed(connection: Connection, *, email: str | None, password: str | None) -> Credentials:
    """Add the administrator where the address has no account, in the caller's transaction. Doing it again changes
    nothing, unless another password is given.

    Raises SeedRefusedError for an address or a password that cannot be used, and for an address whose account is not an
    administrator's unless a password says that it shall become one.
    """
    email = DEFAULT_EMAIL if email is None else _address(email)
    _check(password)
    administrators.lock(connection)
    account = administrators.account(connection, email)
    if account is None:
        chosen = password or secrets.token_urlsafe(15)
        administrators.add(connection, email, _hash(chosen))
        return {"email": email, "password": chosen}
    is_admin = "admin" in account.roles
    if password is None:
        if not is_admin:
            raise SeedRefusedError(f"{account.email} is the account of somebody without the role; give a password")
        return {"email": account.email, "password": None}
    if is_admin and account.is_active and _matches(password, account.password_hash):
        return {"email": account.email, "password": None}
    administrators.promote(connection, account, _hash(password))
    return {"email": account.email, "password": password}


def _address(email: str) -> str:
    try:
        return emails.normalise(email)
    except ValueError as error:
        raise SeedRefusedError(f"{email!r} is not an e-mail address: {error}") from error


def _check(password: str | None) -> None:
    if password is None:
        return
    if len(password) < MIN_PASSWORD_CHARACTERS:
        raise SeedRefusedError(f"The administrator's password needs {MIN_PASSWORD_CHARACTERS} characters or more")
    if len(_encoded(password)) > MAX_PASSWORD_BYTES:
        raise SeedRefusedError(f"The administrator's password may have {MAX_PASSWORD_BYTES} bytes at most")


def _hash(password: str) -> str:
    import bcrypt

    return bcrypt.hashpw(_encoded(password), bcrypt.gensalt(BCRYPT_COST)).decode()


def _matches(password: str, hashed: str) -> bool:
    import bcrypt

    try:
        return bcrypt.checkpw(_encoded(password), hashed.encode())
    except ValueError:  # an account that cannot sign in with a password
        return False


def _encoded(password: str) -> bytes:
    """As `identity` encodes it at login (NIST SP 800-63B, section 3.1.1.2: normalise before hashing)."""
    return unicodedata.normalize("NFKC", password).encode()
