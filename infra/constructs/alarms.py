"""The alarms that come with every function and every queue."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

# Of the metrics that functions and log filters make.
NAMESPACE = "ShareStack"

# A queue whose oldest message waits longer does not keep up.
QUEUE_AGE = cdk.Duration.minutes(5)

# One may be a database connection that broke; more are a fault.
SERVER_ERRORS_PER_MINUTE = 2


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


def function_errors(function: lambda_.Function, *, name: str, action: cloudwatch.IAlarmAction) -> cloudwatch.Alarm:
    """A function that raises or times out (answered), or that is not started for want of concurrency.

    Errors are looked at by the minute: a canary has only five of them.
    """
    errors = raise_alarm(
        function,
        "Errors",
        metric=function.metric_errors(period=cdk.Duration.minutes(1), statistic="sum"),
        threshold=0,
        periods=1,
        name=f"{name}-errors",
        description=f"{name} raised or timed out",
        action=action,
    )
    raise_alarm(
        function,
        "Throttles",
        metric=function.metric_throttles(period=cdk.Duration.minutes(5), statistic="sum"),
        threshold=0,
        periods=1,
        name=f"{name}-throttles",
        description=f"{name} was refused concurrency",
        action=action,
    )
    return errors


def count_server_errors(scope: Construct, log_group: logs.LogGroup, *, name: str) -> cloudwatch.Metric:
    """Answers of 500 and above by one function: to Lambda these are successes, so its log lines are counted."""
    counted = logs.MetricFilter(
        scope,
        "ServerErrorLines",
        log_group=log_group,
        filter_pattern=logs.FilterPattern.number_value("$.status_code", ">=", 500),
        metric_namespace=NAMESPACE,
        metric_name=f"{name}-server-errors",
        metric_value="1",
    )
    return counted.metric(statistic="sum", period=cdk.Duration.minutes(1))


def server_errors(
    scope: Construct, metric: cloudwatch.Metric, *, name: str, action: cloudwatch.IAlarmAction
) -> cloudwatch.Alarm:
    """More answers of 500 and above than a connection that broke explains."""
    return raise_alarm(
        scope,
        "ServerErrors",
        metric=metric,
        threshold=SERVER_ERRORS_PER_MINUTE,
        periods=1,
        name=f"{name}-server-errors",
        description=f"{name} answered more than {SERVER_ERRORS_PER_MINUTE} requests of a minute with 5xx",
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
