"""What is watched, shown and counted."""

from __future__ import annotations

import json
import re

import pytest

from tests.infra.deployment import Deployment


def shown(deployed: Deployment) -> str:
    """All dashboards as one text."""
    dashboards = deployed.resources("AWS::CloudWatch::Dashboard")
    return json.dumps([dashboard.properties["DashboardBody"] for dashboard in dashboards])


def test_a_dashboard_shows_every_function_and_queue(deployed: Deployment) -> None:
    body = shown(deployed)
    for function in deployed.functions():
        assert function.properties["FunctionName"] in body
    for mapping in deployed.resources("AWS::Lambda::EventSourceMapping"):
        queue = deployed.templates[mapping.stack]["Resources"][mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]]
        assert queue["Properties"]["QueueName"] in body


def test_production_has_a_dashboard_per_context_and_an_overview(prod: Deployment) -> None:
    names = {d.properties["DashboardName"] for d in prod.resources("AWS::CloudWatch::Dashboard")}
    contexts = {function.properties["Handler"].split(".")[1] for function in prod.functions()}
    assert names == {"sharestack-prod", "sharestack-prod-front"} | {f"sharestack-prod-{c}" for c in contexts}


def test_development_s_dashboards_cost_nothing(dev: Deployment) -> None:
    """Three are free."""
    assert len(dev.resources("AWS::CloudWatch::Dashboard")) <= 3


def queries(deployed: Deployment) -> list[str]:
    """The log queries of all dashboards."""
    found = []
    for dashboard in deployed.resources("AWS::CloudWatch::Dashboard"):
        body = dashboard.properties["DashboardBody"]
        parts = body["Fn::Join"][1] if isinstance(body, dict) else [body]
        text = "".join(part if isinstance(part, str) else "token" for part in parts)
        widgets = json.loads(text)["widgets"]
        found += [w["properties"]["query"] for w in widgets if "query" in w["properties"]]
    return found


@pytest.mark.parametrize(
    "shows",
    [
        "Invocations",
        "Throttles",
        "server-errors",
        '"p50',
        '"p95',
        '"p99',
        "ApproximateAgeOfOldestMessage",
        "initDurationMs",
        "ACUUtilization",
        "DBLoad",
        "DatabaseConnections",
        "100 * paid / checkouts",
        "100 - 100 * FILL(faults, 0) / requests",
        "CommitLatency",
        "BufferCacheHitRatio",
        "CacheHitRate",
        "OriginLatency",
        "5xxErrorRate",
    ],
)
def test_production_s_dashboards_show(prod: Deployment, shows: str) -> None:
    assert shows.replace('"', '\\"') in shown(prod)


def test_error_rates_and_times_by_endpoint_are_read_from_the_gateway_s_log(deployed: Deployment) -> None:
    [stage] = deployed.resources("AWS::ApiGatewayV2::Stage")
    logged = json.loads(stage.properties["AccessLogSettings"]["Format"])
    assert {"method", "route", "status", "milliseconds"} <= set(logged)
    [group] = [
        group.properties["LogGroupName"]
        for group in deployed.resources("AWS::Logs::LogGroup", stack="Edge")
        if group.logical_id in json.dumps(stage.properties["AccessLogSettings"]["DestinationArn"])
    ]
    [query] = [q for q in queries(deployed) if "by method, route" in q]
    assert f"SOURCE '{group}'" in query


def test_slow_statements_are_read_from_the_database_s_log(deployed: Deployment) -> None:
    parameters = deployed.only("AWS::RDS::DBClusterParameterGroup").properties["Parameters"]
    assert int(parameters["log_min_duration_statement"]) > 0
    cluster = deployed.only("AWS::RDS::DBCluster").properties
    assert "postgresql" in cluster["EnableCloudwatchLogsExports"]
    [query] = [q for q in queries(deployed) if "by statement" in q]
    assert f"SOURCE '/aws/rds/cluster/{cluster['DBClusterIdentifier']}/postgresql'" in query


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-20 08:15:04 UTC:10.0.1.7(5123):app@shop:[77]:LOG:  duration: 612.351 ms  statement: SELECT 1",
        "2026-11-20 08:15:04 UTC::@:[77]:LOG:  duration: 1503.004 ms  execute <unnamed>: SELECT 1",
    ],
)
def test_slow_statements_are_understood_as_postgresql_writes_them(dev: Deployment, line: str) -> None:
    [query] = [q for q in queries(dev) if "by statement" in q]
    [pattern] = re.findall(r"parse @message /(.+)/", query)
    found = re.search(pattern.replace("(?<", "(?P<"), line)
    assert found
    assert found["statement"] == "SELECT 1"
    assert float(found["took"]) > 500


def test_cloudfront_s_graphs_are_where_its_metrics_are(deployed: Deployment) -> None:
    [front] = deployed.resources("AWS::CloudWatch::Dashboard", stack="Front")
    body = json.dumps(front.properties["DashboardBody"])
    assert "us-east-1" in body
    counted = bool(deployed.resources("AWS::CloudFront::MonitoringSubscription"))
    assert counted == deployed.environment.edge_metrics
    for metric in ("CacheHitRate", "OriginLatency"):
        assert (metric in body) == counted


def test_the_steps_of_a_purchase_are_counted_where_the_dashboard_looks(deployed: Deployment) -> None:
    counted = {
        transformation["MetricName"]: resource.properties["FilterPattern"]
        for resource in deployed.resources("AWS::Logs::MetricFilter", stack="Ordering")
        for transformation in resource.properties["MetricTransformations"]
    }
    prefix = deployed.environment.prefix
    for step, path in {
        "cart-items-added": "/api/v1/cart/items",
        "checkouts-started": "/api/v1/cart/checkout",
        "orders-placed": "/api/v1/orders",
    }.items():
        assert f'$.endpoint = "{path}"' in counted[f"{prefix}-{step}"]
        assert f"{prefix}-{step}" in shown(deployed)
    rule = f"{prefix}-notifications-OrderPaid"
    assert rule in {rule.properties["Name"] for rule in deployed.resources("AWS::Events::Rule")}
    assert re.search(rf"RuleName[^a-z]+{rule}", shown(deployed))


def test_alarms_watch_server_errors_latency_the_database_and_concurrency(deployed: Deployment) -> None:
    watched = {
        alarm.properties["MetricName"] for alarm in deployed.resources("AWS::CloudWatch::Alarm", stack="Observability")
    }
    assert watched == {"5xx", "Latency", "ACUUtilization", "Deadlocks", "ConcurrentExecutions"}


@pytest.mark.parametrize(
    ("stack", "metric"),
    [
        ("Operations", "OutboxOldestUnpublished"),
        ("Ordering", "CheckoutExpiryFailures"),
        ("Payments", "WebhookLag"),
    ],
)
def test_alarms_watch_what_the_functions_themselves_count(deployed: Deployment, stack: str, metric: str) -> None:
    alarms = deployed.resources("AWS::CloudWatch::Alarm", stack=stack)
    [alarm] = [alarm for alarm in alarms if alarm.properties.get("MetricName") == metric]
    assert alarm.properties["Namespace"] == "ShareStack"
    assert alarm.properties["Dimensions"] == [{"Name": "service", "Value": stack.lower()}]


def test_the_budget_tells_before_it_is_spent_and_when_it_will_be(deployed: Deployment) -> None:
    budget = deployed.only("AWS::Budgets::Budget").properties
    limit = {"Amount": deployed.environment.monthly_budget, "Unit": "USD"}
    assert budget["Budget"]["BudgetLimit"] == limit
    told = {
        (entry["Notification"]["NotificationType"], entry["Notification"]["Threshold"])
        for entry in budget["NotificationsWithSubscribers"]
    }
    assert told == {("ACTUAL", 80), ("FORECASTED", 100)}
    publishers = json.dumps(deployed.only("AWS::SNS::TopicPolicy").properties)
    assert "budgets.amazonaws.com" in publishers
    # The topic is encrypted, so whoever publishes has to use the key as well.
    assert "budgets.amazonaws.com" in json.dumps(deployed.only("AWS::KMS::Key").properties)
