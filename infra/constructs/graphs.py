"""The graphs of dashboards. Functions and queues are named, not referred to: their stacks come later."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms import NAMESPACE
from infra.constructs.foundation import ContextHome
from infra.environments import CLOUDFRONT_REGION

MINUTE = cdk.Duration.minutes(1)
HOUR = cdk.Duration.hours(1)

# The steps from a visit to money: names of the metrics that the stacks count them by.
CART_ITEMS_ADDED = "cart-items-added"
CHECKOUTS_STARTED = "checkouts-started"
ORDERS_PLACED = "orders-placed"


def context_graphs(home: ContextHome) -> list[cloudwatch.IWidget]:
    """One row: rate, errors and throttles, duration, queue age where there is a queue, cold starts."""
    functions = home.function_names
    graphs: list[cloudwatch.IWidget] = [
        _graph("Invocations", [_function_metric(name, "Invocations", "sum") for name in functions]),
        _graph(
            "Errors and throttles",
            [
                *(
                    _function_metric(name, metric, "sum", label=f"{name} {metric.lower()}")
                    for name in functions
                    for metric in ("Errors", "Throttles")
                ),
                *(_own_metric(f"{name}-server-errors", label=f"{name} 5xx") for name in home.http_function_names),
            ],
        ),
        _graph(
            "Duration (ms)",
            [
                _function_metric(name, "Duration", statistic, label=f"{name} {statistic}")
                for name in functions
                for statistic in ("p50", "p95", "p99")
            ],
        ),
    ]
    if home.queue_names:
        graphs.append(_graph("Age of the oldest message (s)", [queue_age(name) for name in home.queue_names]))
    graphs.append(_cold_starts(home))
    return graphs


def conversion_graph(prefix: str, *, bus: str, paid_rule: str) -> cloudwatch.IWidget:
    """How many carts become money, by the hour. `paid_rule` is the bus's rule that every paid order matches."""
    steps = {
        "added": _own_metric(f"{prefix}-{CART_ITEMS_ADDED}", label="items added", period=HOUR),
        "checkouts": _own_metric(f"{prefix}-{CHECKOUTS_STARTED}", label="checkouts", period=HOUR),
        "orders": _own_metric(f"{prefix}-{ORDERS_PLACED}", label="orders", period=HOUR),
        "paid": cloudwatch.Metric(
            namespace="AWS/Events",
            metric_name="MatchedEvents",
            dimensions_map={"EventBusName": bus, "RuleName": paid_rule},
            statistic="sum",
            period=HOUR,
            label="paid",
        ),
    }
    share = cloudwatch.MathExpression(
        expression="100 * paid / checkouts",
        using_metrics={"paid": steps["paid"], "checkouts": steps["checkouts"]},
        label="paid of started checkouts (%)",
        period=HOUR,
    )
    return cloudwatch.GraphWidget(title="Conversion", left=list(steps.values()), right=[share], width=24)


def endpoint_table(logs: Sequence[str]) -> cloudwatch.IWidget:
    """Requests, errors and times of each route and method, from the HTTP functions' logs: the worst first.

    The gateway's own log knows prefixes only, as each of its routes takes all that is below one.
    """
    return cloudwatch.LogQueryWidget(
        title="Endpoints: requests, 4xx, 5xx (%), milliseconds",
        log_group_names=list(logs),
        query_lines=[
            "filter message = 'request'",
            # A status divided by 400, rounded down, is 1 for every error; by 500, for those that are ours.
            "stats count(*) as requests, sum(floor(status_code / 400)) - sum(floor(status_code / 500)) as refused,"
            " sum(floor(status_code / 500)) as faults, 100 * faults / requests as percent,"
            " pct(response_time_ms, 50) as p50, pct(response_time_ms, 95) as p95, pct(response_time_ms, 99) as p99"
            " by method, endpoint",
            "sort percent desc, p95 desc",
            "limit 50",
        ],
        view=cloudwatch.LogQueryVisualizationType.TABLE,
        width=24,
        height=9,
    )


def slow_statement_table(database_log: str) -> cloudwatch.IWidget:
    """The statements that took longer than `log_min_duration_statement`, the most frequent first."""
    return cloudwatch.LogQueryWidget(
        title="Slow statements of the database (ms)",
        log_group_names=[database_log],
        query_lines=[
            "filter @message like /duration: /",
            r"parse @message /duration: (?<took>[0-9.]+) ms +[a-z]+[^:]*: (?<statement>.{1,160})/",
            "stats count(*) as times, pct(took, 95) as p95, max(took) as longest by statement",
            "sort times desc",
            "limit 20",
        ],
        view=cloudwatch.LogQueryVisualizationType.TABLE,
        width=24,
    )


def front_graphs(distribution: cloudfront.Distribution, *, hit_rates: bool) -> list[cloudwatch.IWidget]:
    """What CloudFront answers, and, where it counts that, how much of it from its caches and how long the API takes."""
    requests = [distribution.metric_requests(period=MINUTE, statistic="sum")]
    errors = [
        distribution.metric4xx_error_rate(period=MINUTE, statistic="avg"),
        distribution.metric5xx_error_rate(period=MINUTE, statistic="avg"),
    ]
    graphs = [_front_graph("Requests; errors (%)", requests, errors)]
    if hit_rates:
        hits = [distribution.metric_cache_hit_rate(period=MINUTE, statistic="avg")]
        latency = [
            distribution.metric_origin_latency(period=MINUTE, statistic=statistic, label=statistic)
            for statistic in ("p50", "p95", "p99")
        ]
        graphs += [
            _front_graph("Answered from the cache (%)", hits),
            _front_graph("Answers of the API to CloudFront (ms)", latency),
        ]
    return graphs


def _front_graph(
    title: str, left: list[cloudwatch.Metric], right: list[cloudwatch.Metric] | None = None
) -> cloudwatch.IWidget:
    return cloudwatch.GraphWidget(title=title, left=left, right=right, region=CLOUDFRONT_REGION, width=8)


def _graph(title: str, metrics: list[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=metrics, width=6)


def _function_metric(function: str, metric: str, statistic: str, label: str | None = None) -> cloudwatch.IMetric:
    return cloudwatch.Metric(
        namespace="AWS/Lambda",
        metric_name=metric,
        dimensions_map={"FunctionName": function},
        statistic=statistic,
        period=MINUTE,
        label=label or function,
    )


def _own_metric(name: str, *, label: str, period: cdk.Duration = MINUTE) -> cloudwatch.IMetric:
    return cloudwatch.Metric(namespace=NAMESPACE, metric_name=name, statistic="sum", period=period, label=label)


def queue_age(queue: str) -> cloudwatch.IMetric:
    return cloudwatch.Metric(
        namespace="AWS/SQS",
        metric_name="ApproximateAgeOfOldestMessage",
        dimensions_map={"QueueName": queue},
        statistic="max",
        period=MINUTE,
        label=queue,
    )


def _cold_starts(home: ContextHome) -> cloudwatch.LogQueryWidget:
    """Lambda has no metric for them; its report lines tell how long INIT took."""
    return cloudwatch.LogQueryWidget(
        title="Cold starts: how many, INIT in ms",
        log_group_names=home.log_group_names,
        query_lines=[
            "fields record.metrics.initDurationMs as init",
            'filter type = "platform.report" and ispresent(record.metrics.initDurationMs)',
            "stats count(*) as starts, pct(init, 50) as p50, pct(init, 95) as p95 by bin(5m)",
        ],
        view=cloudwatch.LogQueryVisualizationType.TABLE,
        width=6,
    )
