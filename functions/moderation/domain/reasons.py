"""Why something is reported, and what can be."""

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


class TargetKind(StrEnum):
    """What can be reported; `article` follows with the creators' pages, its column knows it already."""

    POST = "post"
    COMMENT = "comment"
    PRODUCT = "product"
    REVIEW = "review"
    USER = "user"


class CaseStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    """Something was done about it."""
    DISMISSED = "dismissed"
    """Nothing needed to be done."""
