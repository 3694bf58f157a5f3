"""What people agree to. Nothing is agreed to by silence: without a record, the answer is no.

`choose` is the one writer. It keeps the record and `users.marketing_consent_at`, which is read wherever a mail is about
to be sent, in one transaction and under the user's lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from functions.identity.consent_texts import LASTING, TEXTS, Purpose, Source
from functions.identity.errors import LastingConsentError, OutdatedTextError
from functions.identity.repository import consents
from functions.identity.repository.consents import ConsentRow, LockedPerson, Said
from shared.clients.database import Connection
from shared.errors import InvalidTokenError

SHOWN_CHANGES: Final = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """`version` is that of the text which the person was shown; None where the shop itself knows (a box of a form)."""

    purpose: Purpose
    granted: bool
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force, and what was said last."""

    current: Mapping[str, ConsentRow]
    history: Sequence[ConsentRow]


def of(connection: Connection, user_id: UUID) -> Standing:
    """What the user agreed to."""
    return Standing(consents.current(connection, user_id), consents.history(connection, user_id, limit=SHOWN_CHANGES))


def choose(
    connection: Connection, user_id: UUID, choices: Sequence[Choice], *, source: Source, counts: bool = True
) -> datetime | None:
    """Write down what changes; what is as it was is not said again. Returns since when mails are welcome (None: not).

    `counts` is False where the caller counts the profile's version up itself. Raises OutdatedTextError,
    LastingConsentError, and InvalidTokenError for an account that is no longer active.
    """
    check(choices)
    person = consents.lock(connection, user_id)
    if person is None or not (person.is_active or source is Source.UNSUBSCRIBE_LINK):
        raise InvalidTokenError("The account does not exist or is deactivated")
    current = consents.current(connection, user_id)
    new = [choice for choice in choices if _changes(choice, current.get(choice.purpose), person)]
    since = person.marketing_consent_at
    if new:
        said = [Said(choice.purpose, choice.granted, TEXTS[choice.purpose]) for choice in new]
        consents.add(connection, user_id, said, source=source)
    for choice in new:
        if choice.purpose is Purpose.MARKETING:
            since = consents.keep_marketing(connection, user_id, granted=choice.granted, counts=counts)
    return since


def check(choices: Sequence[Choice]) -> None:
    """Raises OutdatedTextError where a text was agreed to that is not in force, and LastingConsentError."""
    for choice in choices:
        if choice.granted and choice.version not in (None, TEXTS[choice.purpose]):
            raise OutdatedTextError(choice.purpose, TEXTS[choice.purpose])
        if not choice.granted and choice.purpose in LASTING:
            raise LastingConsentError(choice.purpose)


def _changes(choice: Choice, before: ConsentRow | None, person: LockedPerson) -> bool:
    if not choice.granted:
        welcome = choice.purpose is Purpose.MARKETING and person.marketing_consent_at is not None
        return welcome or (before is not None and before.granted)
    return before is None or not before.granted or before.text_version != TEXTS[choice.purpose]
