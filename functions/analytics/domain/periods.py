"""Days, weeks and months, by the day that they begin on. Weeks begin on Mondays (ISO 8601)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class ReportPeriod(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date) -> date:
        """The first day of the period that `day` is in."""
        if self is ReportPeriod.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is ReportPeriod.MONTH else day

    def end(self, day: date) -> date:
        """The last day of the period that `day` is in."""
        if self is ReportPeriod.MONTH:
            return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
        return self.start(day) + (6 * _DAY if self is ReportPeriod.WEEK else timedelta(0))

    def starts(self, first: date, last: date) -> Iterator[date]:
        """The beginnings of all periods from that of `first` to that of `last`."""
        start = self.start(first)
        while start <= last:
            yield start
            start = self.end(start) + _DAY
