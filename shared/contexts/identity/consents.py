"""Consents: their purposes, the versions of their texts, and how people choose. Without a record, there is no consent.

`choose` is the only writer. It updates the record and `users.marketing_consent_at`, which is read before a mail is
sent, in one transaction and under the user's lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.identity import consent_records
from shared.contexts.identity.consent_records import ConsentEntry, ConsentRow, LockedUser
from shared.errors import ConflictError, InvalidTokenError


class OutdatedTextError(ConflictError):
    """Carries `purpose` and `current_version`: the text that is to be shown."""

    code, title = "outdated_text", "This is not the text that is in force"

    def __init__(self, purpose: str, current_version: str) -> None:
        super().__init__(
            f"The text about {purpose} that is in force is {current_version}",
            purpose=purpose,
            current_version=current_version,
        )


class LastingConsentError(ConflictError):
    code, title = "lasting_consent", "This ends with the account and not before"

    def __init__(self, purpose: str) -> None:
        super().__init__(f"{purpose} cannot be taken back while there is an account; DELETE /users/me ends it")


class ConsentPurpose(StrEnum):
    """What data is used for, by consent; `terms` and `privacy` are what an account rests on."""

    TERMS = "terms"
    PRIVACY = "privacy"
    """That the privacy notice was read."""
    MARKETING = "marketing"
    """Mails that were not asked for."""
    RECOMMENDATIONS = "recommendations"
    """Products chosen by what a customer looked at and bought."""


class ConsentSource(StrEnum):
    """Where a consent was given or withdrawn."""

    REGISTRATION = "registration"
    PROFILE = "profile"
    CONSENTS = "consents"
    UNSUBSCRIBE_LINK = "unsubscribe_link"
    ERASURE = "erasure"


TEXTS: Final[Mapping[ConsentPurpose, str]] = {
    ConsentPurpose.TERMS: "2026-11-01",
    ConsentPurpose.PRIVACY: "2026-11-01",
    ConsentPurpose.MARKETING: "2026-11-01",
    ConsentPurpose.RECOMMENDATIONS: "2026-11-01",
}
"""The version of each text that is in force. With a new one, everybody is asked again: they agreed to the old one."""

LASTING: Final = frozenset({ConsentPurpose.TERMS, ConsentPurpose.PRIVACY})
"""Consents that end with the account and not before."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`version` is that of the text which the user was shown; None where the shop itself knows (a box of a form)."""

    purpose: ConsentPurpose
    granted: bool
    version: str | None = None


def check_choices(choices: Sequence[Choice]) -> None:
    """Raises OutdatedTextError for a consent to a text that is not in force, and LastingConsentError."""
    for choice in choices:
        if choice.granted and choice.version not in (None, TEXTS[choice.purpose]):
            raise OutdatedTextError(choice.purpose, TEXTS[choice.purpose])
        if not choice.granted and choice.purpose in LASTING:
            raise LastingConsentError(choice.purpose)


def choose(
    connection: Connection, user_id: UUID, choices: Sequence[Choice], *, source: ConsentSource, counts: bool = True
) -> datetime | None:
    """Record the choices that change something. Returns since when the user consents to marketing mail (None: not).

    `counts` is False where the caller itself increments the profile's version. Raises OutdatedTextError,
    LastingConsentError, and InvalidTokenError for an account that is no longer active.
    """
    check_choices(choices)
    user = consent_records.lock(connection, user_id)
    if user is None or not (user.is_active or source is ConsentSource.UNSUBSCRIBE_LINK):
        raise InvalidTokenError("The account does not exist or is deactivated")
    current = consent_records.current(connection, user_id)
    new = [choice for choice in choices if _changes(choice, current.get(choice.purpose), user)]
    since = user.marketing_consent_at
    if new:
        entries = [ConsentEntry(choice.purpose, choice.granted, TEXTS[choice.purpose]) for choice in new]
        consent_records.add(connection, user_id, entries, source=source)
    for choice in new:
        if choice.purpose is ConsentPurpose.MARKETING:
            since = consent_records.set_marketing_consent(connection, user_id, granted=choice.granted, counts=counts)
    return since


def _changes(choice: Choice, before: ConsentRow | None, user: LockedUser) -> bool:
    if not choice.granted:
        withdraws_mail = choice.purpose is ConsentPurpose.MARKETING and user.marketing_consent_at is not None
        return withdraws_mail or (before is not None and before.granted)
    return before is None or not before.granted or before.text_version != TEXTS[choice.purpose]
