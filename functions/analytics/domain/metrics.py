"""Figures of people and of the community: of a day, of a cohort, and what is computed of several. No division by zero:
a share of nothing is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


def share(part: int, whole: int) -> float | None:
    """To four decimal places; None of nothing."""
    return round(part / whole, 4) if whole else None


@dataclass(frozen=True, slots=True)
class UserDay:
    """A row of `daily_metrics`."""

    day: date
    registrations: int
    accounts: int
    active_users: int
    weekly_active_users: int
    monthly_active_users: int
    sessions: int
    session_seconds: int

    @property
    def stickiness(self) -> float | None:
        return share(self.active_users, self.monthly_active_users)

    @property
    def average_session_seconds(self) -> int | None:
        return round(self.session_seconds / self.sessions) if self.sessions else None


@dataclass(frozen=True, slots=True)
class EngagementDay:
    """A row of `engagement_metrics`; without one nothing was done."""

    day: date
    posts: int = 0
    comments: int = 0
    reactions: int = 0
    reposts: int = 0
    votes: int = 0
    authors: int = 0
    engaged_users: int = 0
    engaged_posts: int = 0
    engagements_received: int = 0
    hidden_posts: int = 0

    @property
    def engagements(self) -> int:
        return self.comments + self.reactions + self.reposts + self.votes


@dataclass(frozen=True, slots=True)
class Cohort:
    """A row of `user_cohorts`, or the sum of several: how many registered, and how many of them did what."""

    day: date
    registered: int
    day_1: int
    day_7: int
    day_30: int
    active: int
    engaged: int
    contributed: int
    returned: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Of those who registered, the shares that were active on the 1st, 7th, 30th day after; None until it is over."""

    registered: int
    day_1: float | None
    day_7: float | None
    day_30: float | None


@dataclass(frozen=True, slots=True)
class UserTotals:
    registrations: int
    sessions: int
    average_active_users: float | None
    average_stickiness: float | None
    average_session_seconds: int | None


@dataclass(frozen=True, slots=True)
class EngagementTotals:
    """The sums over the days of a range, and what follows from them."""

    posts: int
    comments: int
    reactions: int
    reposts: int
    votes: int
    engagements: int
    engagements_received: int
    engaged_posts: int
    hidden_posts: int
    engagements_per_post: float | None
    engagements_per_active_user: float | None
    engagement_rate: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    registered: int
    active: int
    engaged: int
    contributed: int
    returned: int


@dataclass(frozen=True, slots=True)
class GrowthPeriod:
    """A day, week or month that begins on `starts_on`."""

    starts_on: date
    registrations: int
    accounts: int
    monthly_active_users: int
    growth_rate: float | None
    active_users_growth_rate: float | None


def user_totals(days: Sequence[UserDay]) -> UserTotals:
    sessions = sum(day.sessions for day in days)
    active = sum(day.active_users for day in days)
    return UserTotals(
        registrations=sum(day.registrations for day in days),
        sessions=sessions,
        average_active_users=round(active / len(days), 2) if days else None,
        average_stickiness=share(active, sum(day.monthly_active_users for day in days)),
        average_session_seconds=round(sum(day.session_seconds for day in days) / sessions) if sessions else None,
    )


def engagement_totals(days: Sequence[EngagementDay], active_users: int) -> EngagementTotals:
    """`active_users` is the sum of those of the days."""
    posts = sum(day.posts for day in days)
    engagements = sum(day.engagements for day in days)
    received = sum(day.engagements_received for day in days)
    return EngagementTotals(
        posts=posts,
        comments=sum(day.comments for day in days),
        reactions=sum(day.reactions for day in days),
        reposts=sum(day.reposts for day in days),
        votes=sum(day.votes for day in days),
        engagements=engagements,
        engagements_received=received,
        engaged_posts=sum(day.engaged_posts for day in days),
        hidden_posts=sum(day.hidden_posts for day in days),
        engagements_per_post=share(received, posts),
        engagements_per_active_user=share(engagements, active_users),
        engagement_rate=share(sum(day.engaged_users for day in days), active_users),
    )


def retention(cohort: Cohort, today: date) -> Retention:
    """Of one cohort, by the days that are over: today is not."""

    def of(active: int, after: int) -> float | None:
        return share(active, cohort.registered) if cohort.day + timedelta(days=after) < today else None

    return Retention(cohort.registered, of(cohort.day_1, 1), of(cohort.day_7, 7), of(cohort.day_30, 30))


def mean_retention(cohorts: Sequence[Cohort], today: date) -> Retention:
    """Of several together: each day's share is of those cohorts for which that day is over."""

    def of(name: str, after: int) -> float | None:
        over = [cohort for cohort in cohorts if cohort.day + timedelta(days=after) < today]
        return share(sum(getattr(cohort, name) for cohort in over), sum(cohort.registered for cohort in over))

    return Retention(sum(cohort.registered for cohort in cohorts), of("day_1", 1), of("day_7", 7), of("day_30", 30))


def funnel(cohorts: Sequence[Cohort]) -> Funnel:
    return Funnel(*(sum(getattr(cohort, name) for cohort in cohorts) for name in Funnel.__dataclass_fields__))


def growth(now: int, before: int) -> float | None:
    """How much `now` is above `before`, as a share of it; None where there was nothing."""
    return round((now - before) / before, 4) if before else None
