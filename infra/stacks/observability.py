"""Who is told, and what they look at: the topic of all alarms, alarms of shared resources, dashboards, the budget."""

from collections.abc import Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.constructs.alarms import QUEUE_AGE, raise_alarm
from infra.constructs.graphs import (
    MINUTE,
    context_graphs,
    conversion_graph,
    endpoint_table,
    queue_age,
    slow_statement_table,
)
from infra.environments import Environment
from infra.stacks.context import ContextStack
from shared.contexts.ordering.events import OrderPaid

FIVE_MINUTES = cdk.Duration.minutes(5)

# Beyond these somebody should look: share of answers, milliseconds, percent of the highest capacity, percent of the
# functions that the account may run at once.
SERVER_ERROR_SHARE = 0.01
LATENCY_P95 = 1_000

# Percent of requests that are to be answered without a fault of ours, and within so many milliseconds (95 of 100).
AVAILABILITY = 99.99
FAST = 200
CAPACITY_USED = 90
CONCURRENCY_USED = 80

# CloudWatch takes no more of them into the expression of an alarm.
METRICS_OF_AN_ALARM = 10

# Percent of the monthly budget that is spent, or that will be at this rate.
BUDGET_SPENT = 80
BUDGET_FORECAST = 100


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
        self._topic = sns.Topic(
            self, "Alarms", topic_name=f"{environment.prefix}-alarms", master_key=key, enforce_ssl=True
        )
        self._let_publish("cloudwatch.amazonaws.com")
        self.alarm_action: cloudwatch.IAlarmAction = cloudwatch_actions.SnsAction(self._topic)
        self._api_id = api_id
        self._cluster = cluster
        self._add_api_alarms()
        self._add_database_alarms()
        self._add_concurrency_alarm()
        if not environment.alarm_per_function:
            self._add_function_alarms()
        if not environment.standby:  # one for the account
            self._add_budget()
        cdk.CfnOutput(self, "AlarmTopic", value=self._topic.topic_arn, description="Subscribe the people on call")

    def add_dashboards(self, contexts: Sequence[ContextStack], bus_name: str) -> None:
        """The overview, and the contexts' graphs: on dashboards of their own, or in rows below the overview's."""
        overview = self._dashboard("Overview", self._settings.dashboard_prefix)
        overview.add_widgets(*self._shared_graphs())
        overview.add_widgets(self._availability_graph())
        overview.add_widgets(
            endpoint_table([name for context in contexts for name in context.home.http_log_group_names])
        )
        overview.add_widgets(*self._database_graphs())
        overview.add_widgets(slow_statement_table(self._settings.database_log_name))
        paid_rule = self._settings.rule_name("notifications", OrderPaid.detail_type())
        overview.add_widgets(conversion_graph(self._settings.prefix, bus=bus_name, paid_rule=paid_rule))
        for context in contexts:
            home = context.home
            dashboard = overview
            if self._settings.dashboard_per_context:
                dashboard = self._dashboard(home.name.title(), f"{self._settings.dashboard_prefix}-{home.name}")
            dashboard.add_widgets(cloudwatch.TextWidget(markdown=f"# {home.name}", width=24, height=1))
            dashboard.add_widgets(*context_graphs(home))

    def watch_queues_together(self, contexts: Sequence[ContextStack]) -> None:
        """Where queues have no alarms of their own: the oldest message of all, by as few alarms as take them in."""
        names = [name for context in contexts for name in context.home.queue_names]
        for start in range(0, len(names), METRICS_OF_AN_ALARM):
            ages = {f"queue{number}": queue_age(name) for number, name in enumerate(names)}
            some = dict(list(ages.items())[start : start + METRICS_OF_AN_ALARM])
            self._alarm(
                f"QueueAge{start // METRICS_OF_AN_ALARM + 1}",
                metric=cloudwatch.MathExpression(
                    expression="MAX(FILL(METRICS(), 0))", using_metrics=some, label="oldest message (s)", period=MINUTE
                ),
                threshold=QUEUE_AGE.to_seconds(),
                periods=3,
                description=f"a message of some queue waits longer than {QUEUE_AGE.to_human_string()}",
            )

    def _dashboard(self, construct_id: str, name: str) -> cloudwatch.Dashboard:
        return cloudwatch.Dashboard(
            self, f"{construct_id}Dashboard", dashboard_name=name, default_interval=cdk.Duration.hours(3)
        )

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

    def _add_concurrency_alarm(self) -> None:
        most = self._settings.concurrency * CONCURRENCY_USED // 100
        self._alarm(
            "Concurrency",
            metric=self._functions_metric("ConcurrentExecutions", "max", MINUTE),
            threshold=most,
            periods=3,
            description=f"more than {most} functions run at once; the account's limit is near",
        )

    def _add_function_alarms(self) -> None:
        """Of all functions and schedules together: an environment has an account of its own."""
        for name, metric, happened in (
            ("FunctionErrors", "Errors", "raised or timed out"),
            ("FunctionThrottles", "Throttles", "was refused concurrency"),
        ):
            self._alarm(
                name,
                metric=self._functions_metric(metric, "sum", FIVE_MINUTES),
                threshold=0,
                periods=1,
                description=f"a function {happened}; the dashboard shows which",
            )
        self._alarm(
            "SchedulesDropped",
            metric=cloudwatch.Metric(
                namespace="AWS/Scheduler",
                metric_name="InvocationDroppedCount",
                dimensions_map={"ScheduleGroup": "default"},
                statistic="sum",
                period=FIVE_MINUTES,
            ),
            threshold=0,
            periods=1,
            description="a schedule could not start its function; a dead-letter queue holds the event",
        )

    def _functions_metric(self, name: str, statistic: str, period: cdk.Duration) -> cloudwatch.Metric:
        return cloudwatch.Metric(namespace="AWS/Lambda", metric_name=name, statistic=statistic, period=period)

    def _let_publish(self, service: str) -> None:
        """Let a service of this account publish: the policy of a topic replaces the one that topics begin with."""
        self._topic.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                principals=[iam.ServicePrincipal(service)],
                resources=[self._topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )

    def _add_budget(self) -> None:
        """Told by the same topic. The whole account counts: an environment has an account of its own."""
        self._let_publish("budgets.amazonaws.com")
        subscriber = budgets.CfnBudget.SubscriberProperty(subscription_type="SNS", address=self._topic.topic_arn)
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=self._settings.prefix,
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=self._settings.monthly_budget, unit="USD"),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        comparison_operator="GREATER_THAN",
                        notification_type=kind,
                        threshold=percent,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=[subscriber],
                )
                for kind, percent in (("ACTUAL", BUDGET_SPENT), ("FORECASTED", BUDGET_FORECAST))
            ],
        )

    def _alarm(
        self, name: str, *, metric: cloudwatch.IMetric, threshold: float, periods: int, description: str
    ) -> None:
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
        load = [self._cluster.metric(name, statistic="avg", period=MINUTE) for name in ("ACUUtilization", "DBLoad")]
        return [
            cloudwatch.GraphWidget(
                title="Requests and errors",
                left=[self._api_metric(name, "sum") for name in ("Count", "4xx", "5xx")],
                width=8,
            ),
            cloudwatch.GraphWidget(
                title="Latency (ms)",
                left=[self._api_metric("Latency", statistic) for statistic in ("p50", "p95", "p99")],
                left_annotations=[cloudwatch.HorizontalAnnotation(value=FAST, label="wanted of p95")],
                width=8,
            ),
            cloudwatch.GraphWidget(
                title="Database: capacity used (%), load (sessions); connections",
                left=load if self._settings.database_insights else load[:1],
                right=[self._cluster.metric_database_connections(statistic="max", period=MINUTE)],
                width=8,
            ),
        ]

    def _availability_graph(self) -> cloudwatch.IWidget:
        """Of each hour: whoever promises an availability counts it from these."""
        hour = cdk.Duration.hours(1)
        parts = {"faults": self._api_metric("5xx", "sum", hour), "requests": self._api_metric("Count", "sum", hour)}
        answered = cloudwatch.MathExpression(
            expression="100 - 100 * FILL(faults, 0) / requests",
            using_metrics=parts,
            label="answered (%)",
            period=hour,
        )
        wanted = cloudwatch.HorizontalAnnotation(value=AVAILABILITY, label="wanted")
        return cloudwatch.GraphWidget(
            title="Availability by the hour", left=[answered], left_annotations=[wanted], width=24
        )

    def _database_graphs(self) -> list[cloudwatch.IWidget]:
        """How fast the database is: each commit, each block from storage, and how seldom it has to fetch one."""
        commits = [
            self._cluster.metric("CommitLatency", statistic=statistic, period=MINUTE, label=statistic)
            for statistic in ("p50", "p95", "p99")
        ]
        storage = [
            self._cluster.metric(name, statistic="p95", period=MINUTE) for name in ("ReadLatency", "WriteLatency")
        ]
        hits = [self._cluster.metric("BufferCacheHitRatio", statistic="min", period=MINUTE)]
        return [
            cloudwatch.GraphWidget(title="Database: commits (ms)", left=commits, width=8),
            cloudwatch.GraphWidget(title="Database: storage (s)", left=storage, width=8),
            cloudwatch.GraphWidget(title="Database: blocks from memory (%)", left=hits, width=8),
        ]
