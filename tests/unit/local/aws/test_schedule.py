"""When schedules run: rates, EventBridge's cron expressions, single moments."""

from datetime import UTC, datetime

import pytest

from infra.local.aws.scheduler import next_run
from infra.local.aws.topology import Schedule
from infra.local.host.errors import StartError

FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def run_after_friday(expression: str, timezone: str = "UTC") -> datetime | None:
    schedule = Schedule("demo.job", expression, timezone, "demo.job", "{}", enabled=True)
    moment = next_run(schedule, FRIDAY.timestamp())
    return None if moment is None else datetime.fromtimestamp(moment, UTC)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(1 minute)", datetime(2026, 11, 20, 10, 31, tzinfo=UTC)),
        ("rate(30 days)", datetime(2026, 12, 20, 10, 30, tzinfo=UTC)),
        ("cron(0 12 * * ? *)", datetime(2026, 11, 20, 12, 0, tzinfo=UTC)),
        ("cron(15 10 ? * 6 *)", datetime(2026, 11, 27, 10, 15, tzinfo=UTC)),  # 6 is Friday, and 10:15 has passed
        ("cron(0 8 ? * MON-FRI *)", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("cron(0 0 1 1 ? 2028)", datetime(2028, 1, 1, tzinfo=UTC)),
        ("at(2026-11-21T00:00:00)", datetime(2026, 11, 21, tzinfo=UTC)),
    ],
)
def test_a_schedule_runs_next_at(expression: str, expected: datetime) -> None:
    assert run_after_friday(expression) == expected


def test_a_moment_that_has_passed_never_comes() -> None:
    assert run_after_friday("at(2026-11-19T00:00:00)") is None


def test_cron_counts_in_the_schedules_time_zone() -> None:
    assert run_after_friday("cron(0 9 * * ? *)", "Asia/Shanghai") == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("expression", ["rate(soon)", "cron(0 12 * *)", "cron(61 12 * * ? *)", "sometimes"])
def test_an_expression_that_cannot_be_read_is_named(expression: str) -> None:
    with pytest.raises(StartError, match=r"demo\.job: cannot read the schedule"):
        run_after_friday(expression)
