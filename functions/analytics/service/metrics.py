"""Figures of people and of the community, for administrators: of a range of days, with every day in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from functions.analytics.domain import metrics as figures
from functions.analytics.domain.metric_reports import (
    Age,
    DayRange,
    EngagementReport,
    GrowthReport,
    HealthReport,
    TrendingReport,
    UserReport,
)
from functions.analytics.domain.metrics import EngagementDay, GrowthPeriod, UserDay
from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.errors import InvalidRangeError
from functions.analytics.repository import metrics, views
from shared import days
from shared.clients.database import Connection

DEFAULT_DAYS: Final = 30
MAX_DAYS: Final = 400
_YEARS: Final = range(2000, 2200)


def default_days(first: date | None, last: date | None) -> tuple[date, date]:
    """The first and the last day: today and the 29 days before by default. Raises InvalidRangeError."""
    last = last or days.today()
    _check(last)
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    _check(first)
    return first, last


def day_range(first: date | None, last: date | None) -> DayRange:
    """From `first` to `last`, in that order, and not too many. Raises InvalidRangeError."""
    first, last = default_days(first, last)
    if first > last:
        raise InvalidRangeError("`from` is after `to`")
    found = DayRange(first, last)
    if found.length > MAX_DAYS:
        raise InvalidRangeError(f"A range has at most {MAX_DAYS} days")
    return found


def users(connection: Connection, chosen: DayRange) -> UserReport:
    """Who was active, and who came back."""
    found = metrics.user_days(connection, chosen.first, chosen.last)
    cohorts = metrics.cohorts(connection, chosen.first, chosen.last)
    age = _age(connection, *views.USER_VIEWS)
    today = _day_of(age)
    return UserReport(
        chosen,
        age,
        figures.user_totals(found),
        found,
        figures.mean_retention(cohorts, today),
        [(cohort.day, figures.retention(cohort, today)) for cohort in cohorts],
    )


def engagement(connection: Connection, chosen: DayRange) -> EngagementReport:
    """What people did, by post and by person."""
    found = metrics.engagement_days(connection, chosen.first, chosen.last)
    active = sum(day.active_users for day in metrics.user_days(connection, chosen.first, chosen.last))
    age = _age(connection, *views.ENGAGEMENT_VIEWS, "daily_metrics")
    by_day = {day.day: day for day in found}
    every = [chosen.first + timedelta(days=number) for number in range(chosen.length)]
    return EngagementReport(
        chosen, age, figures.engagement_totals(found, active), [by_day.get(day, EngagementDay(day)) for day in every]
    )


def growth(connection: Connection, chosen: DayRange, period: ReportPeriod) -> GrowthReport:
    """How the platform grows, by period against the one before; the range is widened to whole periods."""
    first, last = period.start(chosen.first), period.end(chosen.last)
    before = period.start(first - timedelta(days=1))
    found = metrics.user_days(connection, before, last)
    cohorts = metrics.cohorts(connection, first, last)
    age = _age(connection, *views.USER_VIEWS)
    return GrowthReport(
        DayRange(first, last), age, _growth_periods(found, list(period.starts(before, last))), figures.funnel(cohorts)
    )


def trending(connection: Connection, period: str, limit: int) -> TrendingReport:
    """What others did something with, and what authors write of, in the last day or week."""
    return TrendingReport(
        _age(connection, *views.TRENDING_VIEWS),
        metrics.trending_posts(connection, period, limit),
        metrics.trending_tickers(connection, period, limit),
    )


def health(connection: Connection) -> HealthReport:
    """Whether the platform is well: who is there, which errors happen, how old figures are."""
    return HealthReport(metrics.presence(connection), metrics.errors(connection), _ages(connection))


def _growth_periods(found: Sequence[UserDay], starts: Sequence[date]) -> list[GrowthPeriod]:
    """Of every period but the first, which is only compared with."""
    sums: list[tuple[date, int, int, int]] = []
    accounts = monthly = 0
    for start, end in pairwise([*starts, date.max]):
        inside = [day for day in found if start <= day.day < end]
        if inside:
            accounts, monthly = inside[-1].accounts, inside[-1].monthly_active_users
        sums.append((start, sum(day.registrations for day in inside), accounts, monthly))
    return [
        GrowthPeriod(
            starts_on=start,
            registrations=registrations,
            accounts=total,
            monthly_active_users=active,
            growth_rate=figures.growth(registrations, registrations_before),
            active_users_growth_rate=figures.growth(active, active_before),
        )
        for (_, registrations_before, _, active_before), (start, registrations, total, active) in pairwise(sums)
    ]


def _age(connection: Connection, *names: str) -> Age:
    found = views.refreshed(connection, *names)
    return Age(found.refreshed_at, found.time_zone) if found else Age(None, days.zone_name())


def _ages(connection: Connection) -> list[tuple[str, Age]]:
    names = (*views.VIEWS, *views.USER_VIEWS, *views.ENGAGEMENT_VIEWS, *views.TRENDING_VIEWS)
    known = views.each_refreshed(connection)
    never = Age(None, days.zone_name())
    return [(name, Age(*known[name]) if name in known else never) for name in names]


def _day_of(age: Age) -> date:
    """The day on which figures were computed, in their zone: what comes after it is not known to them."""
    return days.day_of(age.refreshed_at) if age.refreshed_at else days.today()


def _check(day: date) -> None:
    if day.year not in _YEARS:
        raise InvalidRangeError(f"Days are those of the years {_YEARS[0]} to {_YEARS[-1]}")
