"""EventBridge Scheduler: wakes functions by rate, by cron expression, or once.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from croniter import croniter

from infra.local.aws.asynchronous import AsynchronousInvoker
from infra.local.aws.naming import arn
from infra.local.aws.topology import Schedule
from infra.local.host.errors import StartError

_RATE: Final = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS: Final = {"minute": 60, "hour": 3600, "day": 86_400}
_WEEKDAY: Final = re.compile(r"(?<![#/\d])[1-7](?!\d)")


def next_run(schedule: Schedule, after: float) -> float | None:
    """Unix time of the first run after a moment; None when there is none. Raises StartError for a bad expression."""
    rate = _RATE.fullmatch(schedule.expression)
    if rate:
        return after + int(rate[1]) * _SECONDS[rate[2]]
    zone = ZoneInfo(schedule.timezone)
    kind, _, rest = schedule.expression.partition("(")
    body = rest.removesuffix(")")
    try:
        if kind == "at":
            moment = datetime.fromisoformat(body).replace(tzinfo=zone).timestamp()
            return moment if moment > after else None
        if kind == "cron":
            start = datetime.fromtimestamp(after, zone)
            return float(croniter(_cron(body), start).get_next(datetime).timestamp())
    except (ValueError, KeyError) as error:
        raise StartError(f"{schedule.name}: cannot read the schedule {schedule.expression}: {error}") from error
    raise StartError(f"{schedule.name}: cannot read the schedule {schedule.expression}")


def _cron(body: str) -> str:
    """EventBridge's six fields as croniter's seven: its days of the week count from 1, and the year comes last."""
    minute, hour, day, month, weekday, year = body.split()
    weekday = _WEEKDAY.sub(lambda match: str(int(match[0]) - 1), weekday)
    fields = [minute, hour, day, month, weekday, "0", year]
    return " ".join("*" if field == "?" else field for field in fields)


class Scheduler:
    """Runs the schedules; when each one last ran is kept in a file, so that rare ones run although starts are many."""

    def __init__(self, schedules: Sequence[Schedule], invoker: AsynchronousInvoker, file: Path) -> None:
        self.schedules = {schedule.name: schedule for schedule in schedules}
        self._invoker = invoker
        self._file = file
        now = time.time()
        recorded = json.loads(file.read_text()) if file.exists() else {}
        self.last_runs: dict[str, float] = {name: recorded[name] for name in self.schedules if name in recorded}
        self._known_since = {name: recorded.get(name, now) for name in self.schedules}
        self._save()

    async def run(self) -> None:
        """Wake functions at their times until cancelled."""
        due = {name: self._due(schedule) for name, schedule in self.schedules.items() if schedule.enabled}
        while pending := {name: moment for name, moment in due.items() if moment is not None}:
            name = min(pending, key=lambda item: pending[item])
            # The computer may sleep meanwhile, so the wait is short and the clock decides.
            wait = pending[name] - time.time()
            if wait > 0:
                await asyncio.sleep(min(wait, 30))
                continue
            self.start(name)
            due[name] = next_run(self.schedules[name], time.time())

    def start(self, name: str) -> None:
        """Run a schedule now. Raises KeyError for an unknown one."""
        schedule = self.schedules[name]
        moment = time.time()
        self.last_runs[name] = moment
        self._save()
        self._invoker.submit(schedule.function, _payload(schedule, moment), schedule.expression)

    def _due(self, schedule: Schedule) -> float | None:
        moment = next_run(schedule, self._known_since[schedule.name])
        # A run that was missed while the system was down is made up for once.
        return moment if moment is None else max(moment, time.time() + 1)

    def _save(self) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps({**self._known_since, **self.last_runs}))
        draft.replace(self._file)


def _payload(schedule: Schedule, moment: float) -> bytes:
    """The schedule's input with its context attributes filled in.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    """
    values = {
        "<aws.scheduler.schedule-arn>": arn("scheduler", f"schedule/default/{schedule.name}"),
        "<aws.scheduler.scheduled-time>": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "<aws.scheduler.execution-id>": str(uuid.uuid4()),
        "<aws.scheduler.attempt-number>": "1",
    }
    text = schedule.payload
    for name, value in values.items():
        text = text.replace(name, value)
    return text.encode()
