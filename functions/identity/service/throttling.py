"""Throttling: 5 failures in 15 minutes per account and 20 per address, then a growing delay (http.md).

Once the limit is reached, each further failure doubles the wait for the next attempt, from 30 seconds to 15 minutes.
Attempts that are turned away count for nothing: nobody is kept out longer than the last failure's delay. A tally is
forgotten 15 minutes after its first failure, or after its last delay. Unknown accounts are treated like known ones.

An attempt is counted against the account before the password is looked at, so that guesses sent all at once count
like guesses sent one by one; the right password then takes the tally away. Failures of an address are counted
afterwards: many people share one, and an honest crowd must not be turned away. When the store fails, so do logins.

A request for a mail (a new password, a proof of an address) has nothing that could be right or wrong: each one counts,
against the account and the address, in tallies of its own.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from functions.identity.errors import ThrottledError
from shared.clients import counters
from shared.clients.counters import Tally
from shared.errors import ProblemError, UnavailableError
from shared.log import logger

ACCOUNT_FAILURES: Final = 5
ADDRESS_FAILURES: Final = 20
WINDOW_SECONDS: Final = 900
FIRST_DELAY_SECONDS: Final = 30
LONGEST_DELAY_SECONDS: Final = 900
_TRIES: Final = 10


class LoginAttempt:
    """One attempt to show a password, from an address, for an account; ends with `succeeded` or `failed`."""

    def __init__(self, email: str, address: str) -> None:
        self._account_key = _account_key("login", email)
        self._address_key = _address_key("login", address)

    def begin(self) -> None:
        """Count the attempt. Raises ThrottledError, and UnavailableError where it cannot be counted."""
        with _closed_on_failure():
            now = int(time.time())
            _refuse_while_waiting(counters.tally(self._address_key), ADDRESS_FAILURES, now)
            _count(self._account_key, ACCOUNT_FAILURES, now)

    def succeeded(self) -> None:
        """The password was right: the account's failures are forgotten."""
        with _closed_on_failure():
            counters.forget_tally(self._account_key)

    def failed(self) -> None:
        """The password was wrong: the address has one failure more."""
        with _closed_on_failure():
            _count_failure(self._address_key)


class LinkAttempt:
    """One use of a link that came by mail: whoever makes them up runs out of attempts."""

    def __init__(self, address: str) -> None:
        self._address_key = _address_key("link", address)

    def begin(self) -> None:
        """Raises ThrottledError while the address has to wait, and UnavailableError where that cannot be told."""
        with _closed_on_failure():
            _refuse_while_waiting(counters.tally(self._address_key), ADDRESS_FAILURES, int(time.time()))

    def failed(self) -> None:
        """The link was none of ours, or none any more."""
        with _closed_on_failure():
            _count_failure(self._address_key)


def count_mail(purpose: str, *, email: str, address: str) -> None:
    """One more mail of this purpose, to an account, asked for from an address.

    Raises ThrottledError, and UnavailableError where it cannot be counted.
    """
    with _closed_on_failure():
        now = int(time.time())
        address_key = _address_key(purpose, address)
        _refuse_while_waiting(counters.tally(address_key), ADDRESS_FAILURES, now)
        _count(_account_key(purpose, email), ACCOUNT_FAILURES, now)
        _count(address_key, ADDRESS_FAILURES, now)


def forget_failures(email: str) -> None:
    """The account's failed logins do not count any more: its owner has just proven to be the owner."""
    with _closed_on_failure():
        counters.forget_tally(_account_key("login", email))


def delay(failures: int, limit: int) -> int:
    """Seconds to wait after the last of so many failures."""
    if failures < limit:
        return 0
    doublings = min(failures - limit, LONGEST_DELAY_SECONDS.bit_length())
    return min(FIRST_DELAY_SECONDS << doublings, LONGEST_DELAY_SECONDS)


def _count(key: str, limit: int, now: int) -> None:
    """One more in the tally. Raises ThrottledError during a delay, and where too many others do the same."""
    for _ in range(_TRIES):
        seen = counters.tally(key)
        _refuse_while_waiting(seen, limit, now)
        if counters.advance(key, seen, _next(seen, limit, now)):
            return
    raise ThrottledError(1)


def _count_failure(key: str) -> None:
    """One more failure of an address, after the fact."""
    try:
        _count(key, ADDRESS_FAILURES, int(time.time()))
    except ThrottledError:
        logger().info("others failed from this address at the same time")


def _refuse_while_waiting(seen: Tally | None, limit: int, now: int) -> None:
    if seen is None or seen.forgotten_at <= now:
        return
    wait = seen.last_at + delay(seen.count, limit) - now
    if wait > 0:
        logger().warning("throttled", extra={"security_event": "throttled", "attempts": seen.count})
        raise ThrottledError(wait)


def _next(seen: Tally | None, limit: int, now: int) -> Tally:
    if seen is None or seen.forgotten_at <= now:
        return Tally(1, now, now + WINDOW_SECONDS)
    count = seen.count + 1
    waits = delay(count, limit)
    return Tally(count, now, now + waits + WINDOW_SECONDS if waits else seen.forgotten_at)


def _account_key(purpose: str, email: str) -> str:
    return f"{purpose}#account#{hashlib.sha256(email.lower().encode()).hexdigest()}"


def _address_key(purpose: str, address: str) -> str:
    return f"{purpose}#address#{_network(address)}"


def _network(address: str) -> str:
    """The address; for IPv6 its /64, as that is what one subscriber has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))


@contextmanager
def _closed_on_failure() -> Iterator[None]:
    try:
        yield
    except ProblemError:
        raise
    except Exception as error:
        logger().error("attempts cannot be counted", exc_info=True)
        raise UnavailableError("This is not possible at the moment", retry_after=5) from error
