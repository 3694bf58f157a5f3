"""Schedules: as often as what we promise needs, and together where they would wake a sleeping database."""

from __future__ import annotations

import re

from infra.constructs.scheduled_job import AT_FULL_HOURS
from tests.infra.deployment import Deployment, Resource, as_list, references

# Promises that hang on a schedule, in minutes: how late it may run where the database does not sleep.
AT_LEAST_EVERY = {
    "functions.ordering.handlers.expire_reservations.handler": 1,
    "functions.operations.handlers.sweep_outbox.handler": 1,
    "functions.payments.handlers.resolve_refunds.handler": 5,
    "functions.identity.handlers.erase_accounts.handler": 60,
    "functions.payments.handlers.reconcile.handler": 24 * 60,
    "functions.payments.handlers.notice_disputes.handler": 24 * 60,
    "functions.identity.handlers.rotate_signing_keys.handler": 30 * 24 * 60,
}


def minutes_between_runs(schedule: Resource) -> int:
    expression = schedule.properties["ScheduleExpression"]
    if expression in AT_FULL_HOURS.values():
        return 60 if expression.split()[1] == "*" else 24 * 60
    [(number, unit)] = re.findall(r"^rate\((\d+) (minute|hour|day)s?\)$", expression)
    return int(number) * {"minute": 1, "hour": 60, "day": 24 * 60}[unit]


def test_schedules_are_retried_until_their_next_run_and_keep_what_failed(deployed: Deployment) -> None:
    retried = {
        reference: config.properties
        for config in deployed.resources("AWS::Lambda::EventInvokeConfig")
        for reference in references(config.properties["FunctionName"])
    }
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        target = schedule.properties["Target"]
        policy = target["RetryPolicy"]
        assert 0 < policy["MaximumEventAgeInSeconds"] <= minutes_between_runs(schedule) * 60
        assert policy["MaximumRetryAttempts"] > 0
        assert "DeadLetterConfig" in target
        invoked = retried[deployed.woken(schedule.stack, target["Arn"]).logical_id]
        assert invoked["MaximumRetryAttempts"] == 1
        assert invoked["MaximumEventAgeInSeconds"] == policy["MaximumEventAgeInSeconds"]


def test_a_scheduler_may_invoke_its_one_function_only(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        role = {"Ref": schedule.properties["Target"]["RoleArn"]["Fn::GetAtt"][0]}
        [invoked] = [
            statement["Resource"]
            for policy in deployed.resources("AWS::IAM::Policy", stack=schedule.stack)
            if role in policy.properties["Roles"]
            for statement in policy.properties["PolicyDocument"]["Statement"]
            if "lambda:InvokeFunction" in as_list(statement["Action"])
        ]
        assert invoked == schedule.properties["Target"]["Arn"]


def test_schedules_run_as_often_as_what_we_promise_needs(deployed: Deployment) -> None:
    asleep = deployed.environment.database_pause_minutes is not None
    rates = {
        deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"]).properties["Handler"]: schedule
        for schedule in deployed.resources("AWS::Scheduler::Schedule")
    }
    for handler, promised in AT_LEAST_EVERY.items():
        assert minutes_between_runs(rates[handler]) == (max(promised, 60) if asleep else promised), handler


def test_no_schedule_wakes_a_sleeping_database_more_than_once_an_hour(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        asleep = deployed.environment.database_pause_minutes is not None
        assert not asleep or minutes_between_runs(schedule) >= 60, str(schedule)


def test_schedules_that_wake_a_sleeping_database_do_so_at_one_minute(deployed: Deployment) -> None:
    """All but the rarest, which no calendar spells."""
    asleep = deployed.environment.database_pause_minutes is not None
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        expression = schedule.properties["ScheduleExpression"]
        by_rate = expression.startswith("rate(")
        assert by_rate == (not asleep or minutes_between_runs(schedule) > 24 * 60), str(schedule)
        assert by_rate or expression.startswith("cron(0 "), str(schedule)


def test_a_job_ends_before_it_is_started_again(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        function = deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"]).properties
        assert function["Timeout"] < minutes_between_runs(schedule) * 60
