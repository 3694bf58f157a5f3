"""Days, weeks and months: every day is in just one of each."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from functions.analytics.domain.periods import ReportPeriod

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))
PERIODS = st.sampled_from(ReportPeriod)


@given(PERIODS, DAYS)
def test_a_period_has_the_day_and_the_same_ends_from_each_of_its_days(period: ReportPeriod, day: date) -> None:
    start, end = period.start(day), period.end(day)
    assert start <= day <= end
    for other in (start, end):
        assert (period.start(other), period.end(other)) == (start, end)


@given(PERIODS, DAYS, st.integers(0, 400))
def test_periods_follow_each_other_without_a_gap(period: ReportPeriod, first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(2199, 12, 31))
    starts = list(period.starts(first, last))
    assert starts[0] == period.start(first)
    assert period.end(starts[-1]) == period.end(last)
    assert all(period.end(before) + timedelta(days=1) == after for before, after in pairwise(starts))


@given(DAYS)
def test_weeks_are_those_of_iso_8601_and_months_those_of_the_calendar(day: date) -> None:
    week, month = ReportPeriod.WEEK.start(day), ReportPeriod.MONTH.start(day)
    assert week.isocalendar()[:2] == day.isocalendar()[:2]
    assert week.isoweekday() == 1
    assert (month.year, month.month, month.day) == (day.year, day.month, 1)
    assert ReportPeriod.MONTH.end(day).month == day.month
    assert (ReportPeriod.MONTH.end(day) + timedelta(days=1)).day == 1
