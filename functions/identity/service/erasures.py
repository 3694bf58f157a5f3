"""The end of an account: asked for with the password, undone by a link for a while, then done for good.

While the link is good the account is closed: its sessions have ended and nobody signs in. The user's row is locked by
whoever asks, cancels or erases, so that one of them comes first and the others find what it did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final
from uuid import UUID

from functions.identity.errors import LastAdministratorError
from functions.identity.repository import erasures, requests, sessions
from functions.identity.repository.accounts import Account
from functions.identity.repository.erasures import DueAccount
from functions.identity.repository.requests import REVOCABLE, Kind
from shared import audit, outbox, privacy
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import (
    AccountErased,
    AccountErasureCancelled,
    AccountErasurePostponed,
    AccountErasureRequested,
)
from shared.errors import InvalidTokenError
from shared.log import logger
from shared.permissions import Role
from shared.privacy import Erasure, Person, Unsettled

GRACE_SECONDS: Final = 14 * 24 * 3600
RETRY_SECONDS: Final = 24 * 3600
"""So long an account that is not settled waits before it is looked at again."""
SHORT_RETRY_SECONDS: Final = 3600
"""The same for what ends by itself within the hour, such as an open checkout."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """When the account goes, and what is not settled yet."""

    due_at: datetime
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What one run did."""

    accounts: int
    postponed: int
    failures: int


class _Outcome(Enum):
    NOTHING = "nothing"
    ERASED = "erased"
    POSTPONED = "postponed"


def request(connection: Connection, account: Account, *, with_reviews: bool, address: str) -> Leaving:
    """Close the account, end its sessions, void its links, and have it erased when the time is over. A link that keeps
    it goes out by mail. `address` is where the request comes from.

    Raises LastAdministratorError, and InvalidTokenError where the account was closed, or its password changed, in the
    meantime.
    """
    if Role.ADMIN in account.roles and erasures.lock_administrators(connection) <= {account.id}:
        raise LastAdministratorError
    if not erasures.close(connection, account.id, password_hash=account.password_hash):
        raise InvalidTokenError("The account does not exist or is deactivated")
    due_at = erasures.add(connection, account.id, with_reviews=with_reviews, grace=GRACE_SECONDS)
    requests.withdraw(connection, account.id, *REVOCABLE)
    made = requests.add(
        connection, Kind.ERASURE_CANCELLATION, user_id=account.id, email=account.email, lifetime=GRACE_SECONDS
    )
    sessions.revoke_all(connection, account.id, "erasure_requested")
    outbox.record(
        connection,
        AccountErasureRequested(
            request_id=made.id, user_id=account.id, email=account.email, language=account.language, due_at=due_at
        ),
    )
    _note(connection, "user.erasure_requested", account.id, account.roles, address)
    is_proven = account.email_verified_at is not None
    unsettled = _unsettled(connection, Person(account.id, account.email, is_proven))
    return Leaving(due_at, unsettled.reason if unsettled else None)


def cancel(connection: Connection, request_id: UUID, *, address: str) -> bool:
    """Keep the account, and say so by mail; False where the link is not open (any more), or the account is gone."""
    owner = requests.lock_any_owner(connection, request_id)
    if owner is None or requests.use(connection, request_id, Kind.ERASURE_CANCELLATION) is None:
        return False
    if not erasures.cancel(connection, owner.id):
        return False
    _note(connection, "user.erasure_cancelled", owner.id, owner.roles, address)
    outbox.record(connection, AccountErasureCancelled(user_id=owner.id, email=owner.email, language=owner.language))
    return True


def erase_due(has_time: Callable[[], bool]) -> Erased:
    """Erase every account whose time is over, for as long as `has_time` says so; two runs at once share the work.

    A transaction each, so that one that fails stops no other; it is left for the next run.
    """
    counts = dict.fromkeys(_Outcome, 0)
    failed: list[UUID] = []
    while has_time():
        due: DueAccount | None = None
        try:
            with outbox.unit_of_work() as tx:
                due = erasures.claim(tx, except_for=failed)
                outcome = _Outcome.NOTHING if due is None else _end(tx, due)
            if outcome is _Outcome.NOTHING:
                break
            counts[outcome] += 1
        except Exception:
            if due is None:
                raise  # it is not about one account
            logger().exception("account could not be erased", extra={"user_id": str(due.id)})
            failed.append(due.id)
    return Erased(counts[_Outcome.ERASED], counts[_Outcome.POSTPONED], len(failed))


def _end(connection: Connection, due: DueAccount) -> _Outcome:
    person = Person(due.id, due.email, due.is_proven)
    unsettled = _unsettled(connection, person)
    if unsettled is not None:
        _postpone(connection, due, unsettled)
        return _Outcome.POSTPONED
    _erase(connection, person, with_publications=due.with_reviews)
    outbox.record(connection, AccountErased(user_id=due.id))
    audit.record(connection, "user.erased", Subject("user", due.id), actor=audit.SYSTEM)
    logger().info("account erased", extra={"security_event": "account_erased", "user_id": str(due.id)})
    return _Outcome.ERASED


def _unsettled(connection: Connection, person: Person) -> Unsettled | None:
    """What to wait for: what is brief only where there is nothing else; delivery before refund."""
    pending = [
        unsettled
        for contract in reversed(privacy.contracts().values())
        if (unsettled := contract.unsettled(connection, person)) is not None
    ]
    return min(pending, key=lambda unsettled: unsettled.is_brief, default=None)


def _erase(connection: Connection, person: Person, *, with_publications: bool) -> None:
    """Take the person out of every context; the addresses are collected before any of them is gone."""
    contracts = privacy.contracts().values()
    for contract in contracts:
        contract.lock(connection, person)
    emails = {email for contract in contracts for email in contract.emails(connection, person)}
    erasure = Erasure(person, frozenset({person.email, *emails}), with_publications)
    for contract in contracts:
        contract.erase(connection, erasure)


def _postpone(connection: Connection, due: DueAccount, unsettled: Unsettled) -> None:
    """Tell why, once for each reason; what is brief is not worth a mail."""
    brief, waits_for = unsettled.is_brief, unsettled.reason
    due_at = erasures.postpone(
        connection, due.id, seconds=SHORT_RETRY_SECONDS if brief else RETRY_SECONDS, waits_for=waits_for
    )
    logger().info("erasure postponed", extra={"user_id": str(due.id), "waits_for": waits_for})
    if not brief and waits_for != due.waits_for:
        event = AccountErasurePostponed(
            user_id=due.id, email=due.email, language=due.language, waits_for=waits_for, due_at=due_at
        )
        outbox.record(connection, event)


def _note(connection: Connection, action: str, user_id: UUID, roles: list[str], address: str) -> None:
    audit.record(connection, action, Subject("user", user_id), actor=audit.user(user_id, roles, address))
