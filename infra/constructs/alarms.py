"""The alarms that come with every function and every queue."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct


def raise_alarm(
    scope: Construct,
    construct_id: str,
    *,
    metric: cloudwatch.IMetric,
    threshold: float,
    periods: int,
    name: str,
    description: str,
    action: cloudwatch.IAlarmAction,
) -> cloudwatch.Alarm:
    """An alarm when `metric` is above `threshold` for `periods` periods; it also tells when that is over."""
    alarm = cloudwatch.Alarm(
        scope,
        construct_id,
        alarm_name=name,
        alarm_description=description,
        metric=metric,
        threshold=threshold,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=periods,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    alarm.add_alarm_action(action)
    alarm.add_ok_action(action)
    return alarm


def function_errors(function: lambda_.Function, *, name: str, action: cloudwatch.IAlarmAction) -> None:
    """A function that raises, times out, or is not started for want of concurrency."""
    minutes = cdk.Duration.minutes(5)
    raise_alarm(
        function,
        "Errors",
        metric=function.metric_errors(period=minutes, statistic="sum"),
        threshold=0,
        periods=1,
        name=f"{name}-errors",
        description=f"{name} raised or timed out",
        action=action,
    )
    raise_alarm(
        function,
        "Throttles",
        metric=function.metric_throttles(period=minutes, statistic="sum"),
        threshold=0,
        periods=1,
        name=f"{name}-throttles",
        description=f"{name} was refused concurrency",
        action=action,
    )


def dead_letters(queue: sqs.Queue, *, name: str, action: cloudwatch.IAlarmAction) -> None:
    """Any message in a dead-letter queue: somebody has to look at it and redrive it."""
    raise_alarm(
        queue,
        "DeadLetters",
        metric=queue.metric_approximate_number_of_messages_visible(period=cdk.Duration.minutes(1), statistic="max"),
        threshold=0,
        periods=1,
        name=f"{name}-dead-letters",
        description=f"{name} gave up on a message; look at it, then redrive it",
        action=action,
    )


def queue_lag(
    queue: sqs.Queue, *, name: str, oldest: cdk.Duration, depth: int, action: cloudwatch.IAlarmAction
) -> None:
    """A queue that is not keeping up: its oldest message is older than `oldest`, or more than `depth` wait."""
    minutes = cdk.Duration.minutes(1)
    raise_alarm(
        queue,
        "Age",
        metric=queue.metric_approximate_age_of_oldest_message(period=minutes, statistic="max"),
        threshold=oldest.to_seconds(),
        periods=3,
        name=f"{name}-age",
        description=f"the oldest message of {name} waits longer than {oldest.to_human_string()}",
        action=action,
    )
    raise_alarm(
        queue,
        "Depth",
        metric=queue.metric_approximate_number_of_messages_visible(period=minutes, statistic="max"),
        threshold=depth,
        periods=3,
        name=f"{name}-depth",
        description=f"more than {depth} messages wait in {name}",
        action=action,
    )
