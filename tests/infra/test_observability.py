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
    contexts = {"analytics", "discovery", "identity", "catalog", "ordering", "payments", "notifications", "operations"}
    assert names == {"sharestack-prod"} | {f"sharestack-prod-{context}" for context in contexts}


def test_development_has_one_dashboard_which_costs_nothing(dev: Deployment) -> None:
    """Three are free."""
    assert len(dev.resources("AWS::CloudWatch::Dashboard")) == 1


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
    ],
)
def test_production_s_dashboards_show(prod: Deployment, shows: str) -> None:
    assert shows.replace('"', '\\"') in shown(prod)


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
