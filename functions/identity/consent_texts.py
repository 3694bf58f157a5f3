"""What people are asked to agree to, and the versions of the texts that say so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """What data is used for, by consent; `terms` and `privacy` are what an account rests on."""

    TERMS = "terms"
    PRIVACY = "privacy"
    """That the privacy notice was read."""
    MARKETING = "marketing"
    """Mails that were not asked for."""
    RECOMMENDATIONS = "recommendations"
    """Products chosen by what somebody looked at and bought."""


class Source(StrEnum):
    """Where something was said."""

    REGISTRATION = "registration"
    PROFILE = "profile"
    CONSENTS = "consents"
    UNSUBSCRIBE_LINK = "unsubscribe_link"
    ERASURE = "erasure"


TEXTS: Final[Mapping[Purpose, str]] = {
    Purpose.TERMS: "2026-11-01",
    Purpose.PRIVACY: "2026-11-01",
    Purpose.MARKETING: "2026-11-01",
    Purpose.RECOMMENDATIONS: "2026-11-01",
}
"""The version of each text that is in force. A new one asks everybody anew: what was agreed to is the old one."""

LASTING: Final = frozenset({Purpose.TERMS, Purpose.PRIVACY})
"""These end with the account and not before."""
