"""What the demo's community complains of, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Of a post. People go by the key that the scenes use, the post by its name there."""

    post: str
    days_ago: float
    reason: str
    by: tuple[tuple[str, str], ...]
    """Who reports it, and what they say."""
    action: dict[str, Any] | None = None
    """What a moderator does, as `POST /admin/reports/{id}/actions` takes it."""
    appeal: str | None = None
    """What the author answers."""
    note: str | None = None
    """With which a moderator dismisses it."""


COMPLAINTS: Final = (
    Complaint(
        post="cola",
        days_ago=6.5,
        reason="market_manipulation",
        by=(("shen", "Praises a company and does not say whether he owns it."), ("dee", "")),
        action={
            "kind": "warn",
            "reason": "Please say whether you hold shares of a company when you write about it.",
            "closes_case": True,
        },
        appeal="I hold none. It was about lunch.",
    ),
    Complaint(post="day-412", days_ago=4.2, reason="spam", by=(("tang", "看不懂"),), note="A joke, and a good one."),
    Complaint(
        post="sam-first",
        days_ago=0.4,
        reason="misinformation",
        by=(("omar", "Two shares are not a portfolio."), ("ben", ""), ("gu", "不是投资建议")),
    ),
)

RULES: Final = (
    {"phrase": "guaranteed returns", "action": "hold", "language": None, "note": "Nobody can promise them."},
    {"phrase": "稳赚不赔", "action": "hold", "language": None, "note": "没有人能保证。"},
    {"phrase": "DM me for signals", "action": "flag", "language": "en", "note": "How most scams begin."},
    {"phrase": "telegram", "action": "flag", "language": None, "is_active": False, "note": "Too many honest uses."},
)

ORDER_NOTE: Final = "Asked for plain paper instead of bubble wrap."
CUSTOMER_NOTE: Final = "Rings back in the afternoon; letterpress studio, so invoices go to the company."
