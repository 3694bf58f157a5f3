"""Who is told, and what they look at: the topic of all alarms, the alarms of shared resources, the dashboard."""

from collections.abc import Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.constructs.alarms import raise_alarm
from infra.environments import Environment
from infra.stacks.context import ContextStack

MINUTE = cdk.Duration.minutes(1)
FIVE_MINUTES = cdk.Duration.minutes(5)

# Beyond these somebody should look: share of answers, milliseconds, percent of the highest capacity.
SERVER_ERROR_SHARE = 0.01
LATENCY_P95 = 1_000
CAPACITY_USED = 90


class ObservabilityStack(cdk.Stack):
    """Deployed before the contexts, whose alarms report to `alarm_action`."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        key: kms.IKey,
        api_id: str,
        cluster: rds.IDatabaseCluster,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, environment.stack_name("observability"), **kwargs)
        self._settings = environment
        topic = sns.Topic(self, "Alarms", topic_name=f"{environment.prefix}-alarms", master_key=key, enforce_ssl=True)
        self.alarm_action: cloudwatch.IAlarmAction = cloudwatch_actions.SnsAction(topic)
        self._api_id = api_id
        self._cluster = cluster
        self._add_api_alarms()
        self._add_database_alarms()
        cdk.CfnOutput(self, "AlarmTopic", value=topic.topic_arn, description="Subscribe the people on call")

    def add_dashboard(self, contexts: Sequence[ContextStack]) -> None:
        """One dashboard: the API and the database, then a row of graphs per context.

        Contexts are named, not referred to: their stacks already depend on this one.
        """
        dashboard = cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=self._settings.prefix,
            default_interval=cdk.Duration.hours(3),
        )
        dashboard.add_widgets(cloudwatch.TextWidget(markdown="# API and database", width=24, height=1))
        dashboard.add_widgets(*self._shared_graphs())
        for context in contexts:
            heading = cloudwatch.TextWidget(markdown=f"# {context.home.name}", width=24, height=1)
            dashboard.add_widgets(heading)
            dashboard.add_widgets(*_context_graphs(context))

    def _api_metric(self, name: str, statistic: str, period: cdk.Duration = MINUTE) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name=name,
            dimensions_map={"ApiId": self._api_id},
            statistic=statistic,
            period=period,
        )

    def _add_api_alarms(self) -> None:
        self._alarm(
            "ServerErrors",
            metric=self._api_metric("5xx", "avg", FIVE_MINUTES),
            threshold=SERVER_ERROR_SHARE,
            periods=2,
            description=f"more than {SERVER_ERROR_SHARE:.0%} of answers are server errors",
        )
        self._alarm(
            "Latency",
            metric=self._api_metric("Latency", "p95", FIVE_MINUTES),
            threshold=LATENCY_P95,
            periods=3,
            description=f"one answer in twenty takes longer than {LATENCY_P95} ms",
        )

    def _add_database_alarms(self) -> None:
        self._alarm(
            "DatabaseCapacity",
            metric=self._cluster.metric("ACUUtilization", statistic="avg", period=FIVE_MINUTES),
            threshold=CAPACITY_USED,
            periods=3,
            description=f"the database uses more than {CAPACITY_USED} % of its highest capacity",
        )
        self._alarm(
            "Deadlocks",
            metric=self._cluster.metric_deadlocks(statistic="max", period=FIVE_MINUTES),
            threshold=0,
            periods=1,
            description="transactions block each other",
        )

    def _alarm(self, name: str, *, metric: cloudwatch.Metric, threshold: float, periods: int, description: str) -> None:
        raise_alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            periods=periods,
            name=f"{self._settings.prefix}-{name}",
            description=description,
            action=self.alarm_action,
        )

    def _shared_graphs(self) -> list[cloudwatch.IWidget]:
        return [
            cloudwatch.GraphWidget(
                title="Requests and errors",
                left=[self._api_metric(name, "sum") for name in ("Count", "4xx", "5xx")],
                width=8,
            ),
            cloudwatch.GraphWidget(
                title="Latency (ms)",
                left=[self._api_metric("Latency", statistic) for statistic in ("p50", "p95", "p99")],
                width=8,
            ),
            cloudwatch.GraphWidget(
                title="Database: capacity used (%), connections",
                left=[self._cluster.metric("ACUUtilization", statistic="avg", period=MINUTE)],
                right=[self._cluster.metric_database_connections(statistic="max", period=MINUTE)],
                width=8,
            ),
        ]


def _context_graphs(context: ContextStack) -> list[cloudwatch.IWidget]:
    functions = context.home.function_names
    graphs: list[cloudwatch.IWidget] = [
        cloudwatch.GraphWidget(
            title="Invocations",
            left=[_function_metric(name, "Invocations", "sum") for name in functions],
            width=6,
        ),
        cloudwatch.GraphWidget(
            title="Errors and throttles",
            left=[
                _function_metric(name, metric, "sum", label=f"{name} {metric.lower()}")
                for name in functions
                for metric in ("Errors", "Throttles")
            ],
            width=6,
        ),
        cloudwatch.GraphWidget(
            title="Duration (ms)",
            left=[
                _function_metric(name, "Duration", statistic, label=f"{name} {statistic}")
                for name in functions
                for statistic in ("p50", "p95", "p99")
            ],
            width=6,
        ),
    ]
    if context.home.queue_names:
        graphs.append(
            cloudwatch.GraphWidget(
                title="Age of the oldest message (s)",
                left=[_queue_age(name) for name in context.home.queue_names],
                width=6,
            )
        )
    graphs.append(_cold_starts(context))
    return graphs


def _function_metric(function: str, metric: str, statistic: str, label: str | None = None) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Lambda",
        metric_name=metric,
        dimensions_map={"FunctionName": function},
        statistic=statistic,
        period=MINUTE,
        label=label or function,
    )


def _queue_age(queue: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/SQS",
        metric_name="ApproximateAgeOfOldestMessage",
        dimensions_map={"QueueName": queue},
        statistic="max",
        period=MINUTE,
        label=queue,
    )


def _cold_starts(context: ContextStack) -> cloudwatch.LogQueryWidget:
    """Lambda has no metric for them; its report lines tell how long INIT took."""
    return cloudwatch.LogQueryWidget(
        title="Cold starts: how many, INIT in ms",
        log_group_names=context.home.log_group_names,
        query_lines=[
            "fields record.metrics.initDurationMs as init",
            'filter type = "platform.report" and ispresent(record.metrics.initDurationMs)',
            "stats count(*) as starts, pct(init, 50) as p50, pct(init, 95) as p95 by bin(5m)",
        ],
        view=cloudwatch.LogQueryVisualizationType.TABLE,
        width=6,
    )
