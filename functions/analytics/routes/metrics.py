"""Figures of people and of the community, for administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.analytics.domain.metric_reports import DayRange
from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.schemas.metrics import (
    Dashboard,
    EngagementMetrics,
    GrowthMetrics,
    PlatformHealth,
    TrendingMetrics,
    UserMetrics,
)
from functions.analytics.service import metrics
from shared.permissions import Permission
from shared.web import Fields, Reader, requires, respond

router = APIRouter(prefix="/api/v1/metrics", tags=["metrics"], dependencies=[requires(Permission.ANALYTICS_READ)])

RANGE: dict[int | str, dict[str, Any]] = {422: {"description": "Not a range of days (`invalid_range`), or not valid"}}
First = Annotated[date | None, Query(alias="from", description="First day; 30 days are shown by default")]
Last = Annotated[date | None, Query(alias="to", description="Last day; today by default")]
Interval = Annotated[
    ReportPeriod, Query(description="Weeks begin on Mondays; all days are those of the shop's time zone")
]
Period = Annotated[Literal["day", "week"], Query(description="The last 24 hours, or 7 days")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many posts, and how many tickers")]
_GLANCE = 5


@router.get("/dashboard", response_model=Dashboard, summary="All figures", responses=RANGE)
async def get_metrics_dashboard(
    *, request: Request, reader: Reader, fields: Fields, first: First = None, last: Last = None
) -> Response:
    """Users, engagement, growth by week, health and what is trending today, in one answer."""
    chosen = metrics.day_range(first, last)
    dashboard = Dashboard(
        first_day=chosen.first,
        last_day=chosen.last,
        users=UserMetrics.of(metrics.users(reader, chosen)),
        engagement=EngagementMetrics.of(metrics.engagement(reader, chosen)),
        growth=_growth(reader, chosen, ReportPeriod.WEEK),
        health=PlatformHealth.of(metrics.health(reader)),
        trending=TrendingMetrics.of(metrics.trending(reader, "day", _GLANCE), "day"),
    )
    return respond(request, dashboard, fields=fields)


@router.get("/users", response_model=UserMetrics, summary="Active users and retention", responses=RANGE)
async def get_user_metrics(
    *, request: Request, reader: Reader, fields: Fields, first: First = None, last: Last = None
) -> Response:
    """Daily, weekly and monthly active users, stickiness, sessions, and the retention of cohorts; up to 400 days. From
    views that are computed daily.
    """
    return respond(request, UserMetrics.of(metrics.users(reader, metrics.day_range(first, last))), fields=fields)


@router.get("/engagement", response_model=EngagementMetrics, summary="Engagement by post and by user", responses=RANGE)
async def get_engagement_metrics(
    *, request: Request, reader: Reader, fields: Fields, first: First = None, last: Last = None
) -> Response:
    """Posts, comments, reactions, reposts and votes by day, and how many there are for a post and for an active user;
    up to 400 days. From views that are computed daily.
    """
    report = metrics.engagement(reader, metrics.day_range(first, last))
    return respond(request, EngagementMetrics.of(report), fields=fields)


@router.get("/growth", response_model=GrowthMetrics, summary="Growth and funnel", responses=RANGE)
async def get_growth_metrics(
    *,
    request: Request,
    reader: Reader,
    fields: Fields,
    first: First = None,
    last: Last = None,
    interval: Interval = ReportPeriod.WEEK,
) -> Response:
    """Registrations and active users by day, week or month, against the period before, and what became of those who
    registered in the range. The range is widened to whole periods.
    """
    return respond(request, _growth(reader, metrics.day_range(first, last), interval), fields=fields)


@router.get("/health", response_model=PlatformHealth, summary="Platform health")
async def get_platform_health(request: Request, reader: Reader, fields: Fields) -> Response:
    """Who is there now, which errors happen, and how old the figures are. Whether the system can be reached at all is
    told by `/health/ready`.
    """
    return respond(request, PlatformHealth.of(metrics.health(reader)), fields=fields)


@router.get("/trending", response_model=TrendingMetrics, summary="Trending content")
async def get_trending_metrics(
    *, request: Request, reader: Reader, fields: Fields, period: Period = "day", limit: Limit = 20
) -> Response:
    """The public posts that most people did something with, and the tickers that most authors wrote of. From a view
    that is computed hourly; what is deleted, hidden or banned since is left out.
    """
    report = metrics.trending(reader, period, limit)
    return respond(request, TrendingMetrics.of(report, period), fields=fields)


def _growth(reader: Reader, chosen: DayRange, interval: ReportPeriod) -> GrowthMetrics:
    return GrowthMetrics.of(metrics.growth(reader, chosen, interval), interval)
