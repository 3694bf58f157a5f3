"""Figures of people and of the community. Each answer says what its figures mean, and how old they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from functions.analytics.domain import definitions
from functions.analytics.domain.metric_reports import (
    Age,
    EngagementReport,
    GrowthReport,
    HealthReport,
    TrendingReport,
    UserReport,
)
from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.schemas.reports import Count, Ratio, Zone
from shared.web import ResponseModel

Rate = Annotated[float | None, Field(examples=[0.25])]
Mean = Annotated[float | None, Field(ge=0, examples=[3.5])]
Seconds = Annotated[int | None, Field(ge=0, examples=[420])]
Definitions = Annotated[
    dict[str, str], Field(description="What each figure means", examples=[definitions.of("active_users")])
]


class Freshness(ResponseModel):
    """How old figures are: what happened after `refreshed_at` is not in them."""

    refreshed_at: datetime | None
    age_seconds: Annotated[int | None, Field(ge=0, description="Null where nothing was computed yet")]
    time_zone: Zone

    @classmethod
    def of(cls, age: Age) -> Freshness:
        seconds = None
        if age.refreshed_at is not None:
            seconds = max(0, int((datetime.now(UTC) - age.refreshed_at).total_seconds()))
        return cls(refreshed_at=age.refreshed_at, age_seconds=seconds, time_zone=age.time_zone)


class UsersOfDay(ResponseModel):
    day: date
    registrations: Count
    accounts: Count
    active_users: Count
    weekly_active_users: Count
    monthly_active_users: Count
    stickiness: Ratio
    sessions: Count
    average_session_seconds: Seconds


class UsersOfRange(ResponseModel):
    registrations: Count
    sessions: Count
    average_active_users: Mean
    average_stickiness: Ratio
    average_session_seconds: Seconds


class CohortRetention(ResponseModel):
    """Of those who registered, the shares that were active on the 1st, 7th and 30th day after."""

    registered: Count
    day_1: Ratio
    day_7: Ratio
    day_30: Ratio


class CohortOfDay(CohortRetention):
    day: date


class UserMetrics(ResponseModel):
    """Who was active, and who came back."""

    first_day: date
    last_day: date
    freshness: Freshness
    definitions: Definitions
    total: UsersOfRange
    days: Annotated[list[UsersOfDay], Field(description="From the first account on; days before are left out")]
    retention: CohortRetention
    cohorts: Annotated[list[CohortOfDay], Field(description="Of the days on which somebody registered")]

    @classmethod
    def of(cls, report: UserReport) -> UserMetrics:
        return cls(
            first_day=report.range.first,
            last_day=report.range.last,
            freshness=Freshness.of(report.age),
            definitions=_of(UsersOfDay, UsersOfRange, CohortRetention),
            total=UsersOfRange.model_validate(report.totals),
            days=[UsersOfDay.model_validate(day) for day in report.days],
            retention=CohortRetention.model_validate(report.retention),
            cohorts=[CohortOfDay(day=day, **asdict(retention)) for day, retention in report.cohorts],
        )


class EngagementOfDay(ResponseModel):
    day: date
    posts: Count
    comments: Count
    reactions: Count
    reposts: Count
    votes: Count
    authors: Count
    engaged_users: Count
    engaged_posts: Count
    engagements_received: Count
    hidden_posts: Count


class EngagementOfRange(ResponseModel):
    posts: Count
    comments: Count
    reactions: Count
    reposts: Count
    votes: Count
    engagements: Count
    engagements_received: Count
    engaged_posts: Count
    hidden_posts: Count
    engagements_per_post: Mean
    engagements_per_active_user: Mean
    engagement_rate: Mean


class EngagementMetrics(ResponseModel):
    """What people did, by post and by person."""

    first_day: date
    last_day: date
    freshness: Freshness
    definitions: Definitions
    total: EngagementOfRange
    days: list[EngagementOfDay]

    @classmethod
    def of(cls, report: EngagementReport) -> EngagementMetrics:
        return cls(
            first_day=report.range.first,
            last_day=report.range.last,
            freshness=Freshness.of(report.age),
            definitions=_of(EngagementOfDay, EngagementOfRange),
            total=EngagementOfRange.model_validate(report.totals),
            days=[EngagementOfDay.model_validate(day) for day in report.days],
        )


class GrowthOfPeriod(ResponseModel):
    starts_on: date
    registrations: Count
    accounts: Count
    monthly_active_users: Count
    growth_rate: Rate
    active_users_growth_rate: Rate


class RegistrationFunnel(ResponseModel):
    """How many of those who registered took each step, and all before it."""

    registered: Count
    active: Count
    engaged: Count
    contributed: Count
    returned: Count


class GrowthMetrics(ResponseModel):
    """How the platform grows, period by period."""

    first_day: date
    last_day: date
    interval: ReportPeriod
    freshness: Freshness
    definitions: Definitions
    periods: list[GrowthOfPeriod]
    funnel: RegistrationFunnel

    @classmethod
    def of(cls, report: GrowthReport, interval: ReportPeriod) -> GrowthMetrics:
        return cls(
            first_day=report.range.first,
            last_day=report.range.last,
            interval=interval,
            freshness=Freshness.of(report.age),
            definitions=_of(GrowthOfPeriod, RegistrationFunnel),
            periods=[GrowthOfPeriod.model_validate(period) for period in report.periods],
            funnel=RegistrationFunnel.model_validate(report.funnel),
        )


class TrendingPostEntry(ResponseModel):
    rank: Annotated[int, Field(ge=1)]
    people: Count
    post_id: UUID
    author_id: UUID
    username: str
    excerpt: str
    published_at: datetime


class TrendingTickerEntry(ResponseModel):
    rank: Annotated[int, Field(ge=1)]
    people: Count
    ticker_id: UUID
    symbol: str
    name: str | None


class TrendingMetrics(ResponseModel):
    """What is trending."""

    period: Literal["day", "week"]
    freshness: Freshness
    definitions: Definitions
    posts: list[TrendingPostEntry]
    tickers: list[TrendingTickerEntry]

    @classmethod
    def of(cls, report: TrendingReport, period: Literal["day", "week"]) -> TrendingMetrics:
        return cls(
            period=period,
            freshness=Freshness.of(report.age),
            definitions=_of(TrendingPostEntry),
            posts=[TrendingPostEntry.model_validate(post) for post in report.posts],
            tickers=[TrendingTickerEntry.model_validate(ticker) for ticker in report.tickers],
        )


class ViewAge(Freshness):
    view: Annotated[str, Field(examples=["daily_metrics"])]


class PlatformHealth(ResponseModel):
    """Who is there, which errors happen, and how old figures are. It is as of now."""

    definitions: Definitions
    active_now: Count
    active_last_hour: Count
    open_errors: Count
    new_errors: Count
    recent_errors: Count
    views: list[ViewAge]

    @classmethod
    def of(cls, report: HealthReport) -> PlatformHealth:
        return cls(
            definitions=_of(cls),
            **asdict(report.presence),
            **asdict(report.errors),
            views=[ViewAge(view=name, **Freshness.of(age).model_dump()) for name, age in report.views],
        )


class Dashboard(ResponseModel):
    """Everything at a glance, for the range of days."""

    first_day: date
    last_day: date
    users: UserMetrics
    engagement: EngagementMetrics
    growth: GrowthMetrics
    health: PlatformHealth
    trending: TrendingMetrics


def _of(*schemas: type[ResponseModel]) -> Mapping[str, Any]:
    """The definitions of the figures among the fields of these."""
    names = [name for schema in schemas for name in schema.model_fields if name in definitions.DEFINITIONS]
    return definitions.of(*names)
