"""How often schedules run in a month, and how often they wake a database that pauses, read from templates."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

HOURS: Final = 730
MINUTES: Final = HOURS * 60
_MINUTES_OF: Final = {"minute": 1, "hour": 60, "day": 1440}


def runs(expression: str) -> float:
    """How often a schedule runs in a month; by the calendar, every hour or once a day."""
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression):
        return MINUTES / (int(rate[1]) * _MINUTES_OF[rate[2]])
    return HOURS if expression.split()[1] == "*" else HOURS / 24


def wakings(resources: Iterable[Mapping[str, Any]]) -> float:
    """How often a month schedules wake the database: every minute, where a function keeps its connection.

    Schedules by the calendar that share a minute count once; one that has a rate begins at a minute of its own.
    """
    kept = list(resources)
    if any(_holds_connection(body["Properties"]) for body in kept if body["Type"] == "AWS::Lambda::Function"):
        return MINUTES
    schedules = [body["Properties"] for body in kept if body["Type"] == "AWS::Scheduler::Schedule"]
    times = [schedule["ScheduleExpression"] for schedule in schedules if schedule["State"] == "ENABLED"]
    by_rate = [runs(time) for time in times if time.startswith("rate(")]
    by_minute: dict[str, float] = {}
    for time in set(times):
        if time.startswith("cron("):
            minute = time.removeprefix("cron(").split()[0]
            by_minute[minute] = max(by_minute.get(minute, 0), runs(time))
    return sum(by_rate) + sum(by_minute.values())


def _holds_connection(function: Mapping[str, Any]) -> bool:
    variables = function.get("Environment", {}).get("Variables", {})
    return "VpcConfig" in function and "DATABASE_URL" in variables and "DATABASE_PAUSES" not in variables
