"""Throttling of passwords, mails and links, by tallies in DynamoDB (`functions.identity.domain.throttling`).

An attempt is counted before the password is verified, so that parallel guesses count like sequential ones; the right
password then deletes the tally. Which tally it is depends on who tries: strangers share that of the account, a device
that has signed in before has its own (`devices`), and so has a user who is signed in. Nobody's failures delay anybody
else. Failures of a network are counted afterwards: many people share one, and honest users must not be refused. When
the store fails, so do logins.

A request for a mail cannot be right or wrong: each one counts, in tallies of their own.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from functions.identity.domain.throttling import (
    ACCOUNT_FAILURES,
    ACCOUNT_MAILS,
    ACCOUNT_MAILS_IN_ALL,
    NETWORK_FAILURES,
    NETWORK_MAILS,
    WINDOW_SECONDS,
    delay,
)
from functions.identity.errors import ThrottledError
from shared.clients import counters
from shared.clients.counters import Tally
from shared.errors import ProblemError, UnavailableError
from shared.log import logger

_TRIES: Final = 10


class LoginAttempt:
    """One attempt to log in to an account, by a stranger from an address or by a known device; ends with `succeeded` or
    `failed`.
    """

    def __init__(self, email: str, address: str, device_id: bytes | None = None) -> None:
        if device_id is None:
            self._key = _account_key("login", email)
            self._network_key: str | None = _network_key("login", address)
        else:
            self._key = _device_key("login", device_id)
            self._network_key = None

    def begin(self) -> None:
        """Count the attempt. Raises ThrottledError, and UnavailableError where it cannot be counted."""
        with _closed_on_failure():
            now = int(time.time())
            if self._network_key is not None:
                _refuse_while_waiting(counters.tally(self._network_key), NETWORK_FAILURES, now)
            _count(self._key, ACCOUNT_FAILURES, now)

    def succeeded(self) -> None:
        """The password was right: the failures before it are deleted."""
        with _closed_on_failure():
            counters.delete_tally(self._key)

    def failed(self) -> None:
        """The password was wrong: the network has one failure more."""
        if self._network_key is not None:
            with _closed_on_failure():
                _count_failure(self._network_key)


class PasswordConfirmation:
    """One attempt of a user who is signed in to show the password again. No stranger can take part in its tally."""

    def __init__(self, user_id: UUID) -> None:
        self._key = f"confirmation#user#{user_id}"

    def begin(self) -> None:
        """Count the attempt. Raises ThrottledError, and UnavailableError where it cannot be counted."""
        with _closed_on_failure():
            _count(self._key, ACCOUNT_FAILURES, int(time.time()))

    def succeeded(self) -> None:
        """The password was right: the failures before it are deleted."""
        with _closed_on_failure():
            counters.delete_tally(self._key)


class LinkAttempt:
    """One use of a link that came by mail, so that links cannot be guessed."""

    def __init__(self, address: str) -> None:
        self._network_key = _network_key("link", address)

    def begin(self, *, genuine: bool) -> None:
        """Raises ThrottledError for a made-up link while the network has to wait, and UnavailableError where that is
        not known. A `genuine` one, which we signed, is nobody's guess: neighbours who guess do not hold it up.
        """
        with _closed_on_failure():
            tally = counters.tally(self._network_key)
            if not genuine:
                _refuse_while_waiting(tally, NETWORK_FAILURES, int(time.time()))

    def failed(self) -> None:
        """The link was not valid, or no longer."""
        with _closed_on_failure():
            _count_failure(self._network_key)


def count_mail(address: str) -> None:
    """Count one more mail that this network has sent to anybody. Raises ThrottledError, and UnavailableError where it
    cannot be counted.
    """
    with _closed_on_failure():
        _count(_network_key("mail", address), NETWORK_MAILS, int(time.time()))


def count_own_mail(user_id: UUID, address: str) -> None:
    """Count one more mail that a user who is signed in asks for. Raises what `count_mail` raises."""
    with _closed_on_failure():
        now = int(time.time())
        network_key = _network_key("mail", address)
        _refuse_while_waiting(counters.tally(network_key), NETWORK_MAILS, now)
        _count(f"mail#user#{user_id}", ACCOUNT_MAILS, now)
        _count(network_key, NETWORK_MAILS, now)


def may_send_reset(email: str, address: str, device_id: bytes | None) -> bool:
    """Count one more request for a reset link to an account, by a stranger from an address or by a known device.

    False where there were too many for this account, of which nobody is told. Whoever made them too many has filled the
    mailbox with links, of which the newest is still good, so the owner is not kept out. Raises what `count_mail`
    raises, which is about the network and tells nothing of accounts.
    """
    with _closed_on_failure():
        now = int(time.time())
        if device_id is not None:
            return _counts(_device_key("reset", device_id), ACCOUNT_MAILS, now)
        _count(_network_key("mail", address), NETWORK_MAILS, now)
        account_key = _account_key("reset", email)
        return _counts(f"{account_key}#{address}", ACCOUNT_MAILS, now) and _counts(
            account_key, ACCOUNT_MAILS_IN_ALL, now
        )


def clear_failures(email: str) -> None:
    """Delete the account's failed logins: its owner is verified by another way."""
    with _closed_on_failure():
        counters.delete_tally(_account_key("login", email))


def _counts(key: str, limit: int, now: int) -> bool:
    """Whether there was room for one more in the tally."""
    try:
        _count(key, limit, now)
    except ThrottledError:
        return False
    return True


def _count(key: str, limit: int, now: int) -> None:
    """One more in the tally. Raises ThrottledError during a delay, and after too many conflicts with others."""
    for _ in range(_TRIES):
        stored = counters.tally(key)
        _refuse_while_waiting(stored, limit, now)
        if counters.advance(key, stored, _next(stored, limit, now)):
            return
    raise ThrottledError(1)


def _count_failure(key: str) -> None:
    """One more failure of a network, after the fact."""
    try:
        _count(key, NETWORK_FAILURES, int(time.time()))
    except ThrottledError:
        logger().info("others failed from this network at the same time")


def _refuse_while_waiting(stored: Tally | None, limit: int, now: int) -> None:
    if stored is None or stored.expires_at <= now:
        return
    wait = stored.last_at + delay(stored.count, limit) - now
    if wait > 0:
        logger().warning("throttled", extra={"security_event": "throttled", "attempts": stored.count})
        raise ThrottledError(wait)


def _next(stored: Tally | None, limit: int, now: int) -> Tally:
    if stored is None or stored.expires_at <= now:
        return Tally(1, now, now + WINDOW_SECONDS)
    count = stored.count + 1
    waits = delay(count, limit)
    return Tally(count, now, now + waits + WINDOW_SECONDS if waits else stored.expires_at)


def _account_key(purpose: str, email: str) -> str:
    return f"{purpose}#account#{hashlib.sha256(email.lower().encode()).hexdigest()}"


def _device_key(purpose: str, device_id: bytes) -> str:
    return f"{purpose}#device#{device_id.hex()}"


def _network_key(purpose: str, address: str) -> str:
    return f"{purpose}#network#{address}"


@contextmanager
def _closed_on_failure() -> Iterator[None]:
    try:
        yield
    except ProblemError:
        raise
    except Exception as error:
        logger().error("attempts cannot be counted", exc_info=True)
        raise UnavailableError("This is not possible at the moment", retry_after=5) from error
