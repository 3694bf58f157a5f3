"""Why something is reported, and what becomes of it."""

from __future__ import annotations

from enum import StrEnum


class ReportReason(StrEnum):
    SPAM = "spam"
    SCAM = "scam"
    MARKET_MANIPULATION = "market_manipulation"
    """Rumours and pumping that move a price."""
    MISINFORMATION = "misinformation"
    HARASSMENT = "harassment"
    HATE = "hate"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    IMPERSONATION = "impersonation"
    PRIVACY = "privacy"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    ILLEGAL = "illegal"
    OTHER = "other"


class CaseStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    """Something was done about it."""
    DISMISSED = "dismissed"
    """Nothing needed to be done."""
