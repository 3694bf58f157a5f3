"""How much new accounts may write: an account is new for three days, and until some of its posts stand.

Counted by the hour in DynamoDB, as the house's other limits; every try counts. Where nobody can count, people write:
screening and reports are still there. `NEW_ACCOUNT_LIMITS=off` is for who fills a shop with a demo.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared import settings
from shared.clients import counters
from shared.clients.database import Connection
from shared.contexts.moderation.screening_text import ScreenedText
from shared.errors import TooManyRequestsError
from shared.log import logger
from shared.settings import Settings

NEW_DAYS: Final = 3
ACCEPTED_POSTS: Final = 5
"""Live posts after which an account is new no more, once it is old enough."""
HOUR: Final = 3600
DAY: Final = 24 * HOUR
SHORTEST_REPEATED: Final = 12
"""Letters: `gm` may be said every day, by everybody."""
SHORTEST_COPIED: Final = 30

clock = time.time

_LINK: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MENTION: Final = re.compile(r"(?<![\w@/])[@＠]\w")
# What somebody brought from elsewhere says nothing of how they write here.
_IS_NEW: Final = """
SELECT p.created_at > now() - make_interval(days => %(days)s) OR coalesce(s.post_count, 0) < %(posts)s
    OR %(posts)s > (SELECT count(*) FROM (
        SELECT FROM community_written_posts w WHERE w.author_id = p.user_id AND w.is_live AND w.group_id IS NULL
        ORDER BY w.published_at DESC LIMIT %(posts)s) w) AS is_new
FROM profiles_people p LEFT JOIN community_author_stats s ON s.user_id = p.user_id WHERE p.user_id = %(user_id)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamSettings(Settings):
    """`new_account_limits` is `on` or `off`."""

    new_account_limits: str = "on"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much of something in so many seconds; `what` completes "at most N"."""

    name: str
    most: int
    seconds: int
    what: str


TEXTS: Final = Allowance("texts", 10, HOUR, "posts and comments in an hour")
LINKS: Final = Allowance("links", 3, HOUR, "links in an hour")
MENTIONS: Final = Allowance("mentions", 10, HOUR, "mentions in an hour")
REPETITIONS: Final = Allowance("same", 1, DAY, "posts or comments with the same text in a day")
COPIES: Final = Allowance("copies", 5, HOUR, "new people with the same text in an hour")


class NewAccountLimitError(TooManyRequestsError):
    """Carries `limit` and `seconds`; what is left of them is `Retry-After`."""

    code, title = "new_account_limit", "New accounts may not write that much yet"


def require_room(connection: Connection, author_id: UUID, text: str, *, mentions: int | None = None) -> None:
    """Count a post or comment, where its author's account is new. Raises NewAccountLimitError."""
    if settings.load(SpamSettings).new_account_limits == "off":
        return
    values = {"user_id": author_id, "days": NEW_DAYS, "posts": ACCEPTED_POSTS}
    row = connection.execute(_IS_NEW, values).fetchone()
    if row is None or not row["is_new"]:
        return
    shape = ScreenedText(text).shape
    digest = hashlib.sha256(shape.encode()).hexdigest()[:32]
    counted = [
        (TEXTS, str(author_id), 1),
        (LINKS, str(author_id), len(_LINK.findall(text))),
        (MENTIONS, str(author_id), len(_MENTION.findall(text)) if mentions is None else mentions),
        (REPETITIONS, f"{author_id}#{digest}", int(len(shape) >= SHORTEST_REPEATED)),
        (COPIES, digest, int(len(shape) >= SHORTEST_COPIED)),
    ]
    for allowance, who, amount in counted:
        if amount:
            _count(allowance, who, amount)


def _count(allowance: Allowance, who: str, amount: int) -> None:
    now = int(clock())
    end = now - now % allowance.seconds + allowance.seconds
    try:
        used = counters.add(f"spam#{allowance.name}#{who}#{end}", amount, expires_at=end + HOUR)
    except Exception:
        logger().error("spam counters unavailable", exc_info=True)
        return
    if used > allowance.most:
        raise NewAccountLimitError(
            f"A new account may have at most {allowance.most} {allowance.what}; try again in {-(-(end - now) // 60)}"
            " minutes",
            headers={"Retry-After": str(end - now)},
            limit=allowance.most,
            seconds=allowance.seconds,
        )
