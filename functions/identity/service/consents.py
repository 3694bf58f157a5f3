"""Consents of users. Without a record, there is no consent.

`choose` is the only writer. It updates the record and `users.marketing_consent_at`, which is read before a mail is
sent, in one transaction and under the user's lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from functions.identity.domain.consents import TEXTS, Choice, ConsentPurpose, ConsentSource, check_choices
from functions.identity.repository import consents
from functions.identity.repository.consents import ConsentEntry, ConsentRow, LockedUser
from shared.clients.database import Connection
from shared.errors import InvalidTokenError

SHOWN_CHANGES: Final = 100


@dataclass(frozen=True, slots=True)
class ConsentState:
    """The consents in force, and the last changes."""

    current: Mapping[str, ConsentRow]
    history: Sequence[ConsentRow]


def of(connection: Connection, user_id: UUID) -> ConsentState:
    """The consents of the user."""
    history = consents.history(connection, user_id, limit=SHOWN_CHANGES)
    return ConsentState(consents.current(connection, user_id), history)


def choose(
    connection: Connection, user_id: UUID, choices: Sequence[Choice], *, source: ConsentSource, counts: bool = True
) -> datetime | None:
    """Record the choices that change something. Returns since when the user consents to marketing mail (None: not).

    `counts` is False where the caller itself increments the profile's version. Raises OutdatedTextError,
    LastingConsentError, and InvalidTokenError for an account that is no longer active.
    """
    check_choices(choices)
    user = consents.lock(connection, user_id)
    if user is None or not (user.is_active or source is ConsentSource.UNSUBSCRIBE_LINK):
        raise InvalidTokenError("The account does not exist or is deactivated")
    current = consents.current(connection, user_id)
    new = [choice for choice in choices if _changes(choice, current.get(choice.purpose), user)]
    since = user.marketing_consent_at
    if new:
        entries = [ConsentEntry(choice.purpose, choice.granted, TEXTS[choice.purpose]) for choice in new]
        consents.add(connection, user_id, entries, source=source)
    for choice in new:
        if choice.purpose is ConsentPurpose.MARKETING:
            since = consents.set_marketing_consent(connection, user_id, granted=choice.granted, counts=counts)
    return since


def _changes(choice: Choice, before: ConsentRow | None, user: LockedUser) -> bool:
    if not choice.granted:
        withdraws_mail = choice.purpose is ConsentPurpose.MARKETING and user.marketing_consent_at is not None
        return withdraws_mail or (before is not None and before.granted)
    return before is None or not before.granted or before.text_version != TEXTS[choice.purpose]
