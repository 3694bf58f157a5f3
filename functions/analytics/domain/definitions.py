"""What each figure of people and of the community means. Answers carry these sentences beside the numbers; the SQL is
that of migration 0043.
"""

from __future__ import annotations

from typing import Final

DEFINITIONS: Final[dict[str, str]] = {
    "registrations": "Accounts that were opened on the day, whatever became of them",
    "accounts": "All accounts that were opened until the end of the day, whatever became of them",
    "active_users": "DAU: different people who were signed in and sent a request on the day",
    "weekly_active_users": "Different people who were active on the day or one of the 6 days before",
    "monthly_active_users": "MAU: different people who were active on the day or one of the 29 days before",
    "stickiness": "active_users divided by monthly_active_users of the same day",
    "average_active_users": "The mean of active_users over the days of the range, days without anybody included",
    "average_stickiness": "The sum of active_users divided by that of monthly_active_users, over the days of the range",
    "sessions": "Sessions that were begun on the day; one ends with the last request before a break of over 30 minutes",
    "average_session_seconds": "The mean time from the first to the last request of a session, both to the minute",
    "registered": "Accounts that were opened on the days in question",
    "day_1": "Of those who registered, the share that was active on the next day; null until that day is over",
    "day_7": "Of those who registered, the share that was active on the 7th day after; null until that day is over",
    "day_30": "Of those who registered, the share that was active on the 30th day after; null until that day is over",
    "posts": "Posts that were published on the day, also those deleted or hidden since",
    "comments": "Comments that were written on the day, also those deleted or hidden since",
    "reactions": "Reactions to posts and comments, given on the day, that still stand",
    "reposts": "Reposts of the day that still stand",
    "votes": "Votes in polls on the day that still stand",
    "authors": "Different people who published a post on the day",
    "engaged_users": "Different people who posted, commented, reacted, reposted or voted on the day",
    "engaged_posts": "Of the posts of the day, those with which somebody else did something since",
    "engagements_received": "Comments, reactions and reposts of the day's posts by others than the author, at any time",
    "hidden_posts": "Of the posts of the day, those that moderators hide now",
    "engagements": "Comments, reactions, reposts and votes on the days of the range",
    "engagements_per_post": "engagements_received of the posts of the range divided by these posts",
    "engagements_per_active_user": "engagements of the range divided by the sum of its active_users",
    "engagement_rate": "The sum of engaged_users divided by the sum of active_users over the days of the range",
    "growth_rate": "registrations of the period less those of the period before, divided by these; null without any",
    "active_users_growth_rate": "monthly_active_users at the end of the period against that of the period before",
    "active": "Of those who registered, those who were active within 7 days",
    "engaged": "Of the active, those who posted, commented, reacted, reposted or voted within 7 days of registering",
    "contributed": "Of the engaged, those who posted or commented within 7 days of registering",
    "returned": "Of those who contributed, those who were active again from the 7th to the 30th day",
    "people": "Of a post: others who commented, reacted or reposted; of a ticker: authors who named it. Each once",
    "active_now": "Different people who were active in the last 5 minutes",
    "active_last_hour": "Different people who were active in the last hour",
    "open_errors": "Different errors in the log that nobody has resolved",
    "new_errors": "Different errors that happened for the first time in the last 24 hours",
    "recent_errors": "Different errors that happened in the last 24 hours",
}


def of(*names: str) -> dict[str, str]:
    """The definitions of these figures. Raises KeyError."""
    return {name: DEFINITIONS[name] for name in names}
