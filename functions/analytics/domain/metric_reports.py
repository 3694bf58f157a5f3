"""Reports of people and of the community, as they are answered: figures with their range and their age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from functions.analytics.domain.metrics import (
    EngagementDay,
    EngagementTotals,
    Funnel,
    GrowthPeriod,
    Retention,
    UserDay,
    UserTotals,
)


@dataclass(frozen=True, slots=True)
class TrendingPost:
    rank: int
    people: int
    post_id: UUID
    author_id: UUID
    username: str
    excerpt: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class TrendingTicker:
    rank: int
    people: int
    ticker_id: UUID
    symbol: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Presence:
    active_now: int
    active_last_hour: int


@dataclass(frozen=True, slots=True)
class ErrorCounts:
    open_errors: int
    new_errors: int
    recent_errors: int


@dataclass(frozen=True, slots=True)
class Age:
    """When figures were computed, and the zone that their days are those of; None where nothing was computed yet."""

    refreshed_at: datetime | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class DayRange:
    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class UserReport:
    range: DayRange
    age: Age
    totals: UserTotals
    days: Sequence[UserDay]
    retention: Retention
    cohorts: Sequence[tuple[date, Retention]]


@dataclass(frozen=True, slots=True)
class EngagementReport:
    range: DayRange
    age: Age
    totals: EngagementTotals
    days: Sequence[EngagementDay]


@dataclass(frozen=True, slots=True)
class GrowthReport:
    range: DayRange
    age: Age
    periods: Sequence[GrowthPeriod]
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class TrendingReport:
    age: Age
    posts: Sequence[TrendingPost]
    tickers: Sequence[TrendingTicker]


@dataclass(frozen=True, slots=True)
class HealthReport:
    presence: Presence
    errors: ErrorCounts
    views: Sequence[tuple[str, Age]]
