"""Consents: their purposes, the versions of their texts, and which choices are valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.identity.errors import LastingConsentError, OutdatedTextError


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
