"""What is watched, shown and counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest

from infra.manifests import manifests
from shared.manifest import Api, Ingest
from tests.infra.deployment import Deployment, Resource, as_list, references


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


def test_error_rates_and_times_by_endpoint_are_read_from_the_logs_of_every_http_function(deployed: Deployment) -> None:
    [query] = [q for q in queries(deployed) if "by method, endpoint" in q]
    groups = {
        f"'/sharestack/{deployed.environment.name}/{context}/{function.name}'"
        for context, manifest in manifests().items()
        for function in manifest.functions
        if isinstance(function, Api | Ingest)
    }
    assert {group for group in groups if f"SOURCE {group}" not in query} == set()


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
        alarm.properties.get("MetricName", "ages of queues")
        for alarm in deployed.resources("AWS::CloudWatch::Alarm", stack="Observability")
    }
    together = {"Errors", "Throttles", "InvocationDroppedCount", "ages of queues"}
    if deployed.environment.alarm_per_function:
        together = set()
    assert watched == {"5xx", "Latency", "ACUUtilization", "Deadlocks", "ConcurrentExecutions"} | together


def test_the_alarm_on_concurrency_comes_before_what_the_account_may_run(deployed: Deployment) -> None:
    alarms = deployed.resources("AWS::CloudWatch::Alarm", stack="Observability")
    [alarm] = [a for a in alarms if a.properties.get("MetricName") == "ConcurrentExecutions"]
    assert alarm.properties["Threshold"] == 0.8 * deployed.environment.concurrency
    reserved = sum(number for _, number in deployed.environment.reserved_concurrency)
    assert reserved <= deployed.environment.concurrency / 5, "the rest is everybody's; Lambda insists on 100"


def test_development_has_alarms_on_dead_letters_and_on_what_costs_and_on_functions_together(dev: Deployment) -> None:
    by_stack = {
        (alarm.stack == "Observability", alarm.properties.get("MetricName"))
        for alarm in dev.resources("AWS::CloudWatch::Alarm")
    }
    assert {metric for shared, metric in by_stack if not shared} == {"ApproximateNumberOfMessagesVisible"}
    workers = dev.resources("AWS::Lambda::EventSourceMapping")
    alarms = [a for a in dev.resources("AWS::CloudWatch::Alarm") if a.stack != "Observability"]
    assert len(alarms) == len(workers)
    together = {
        alarm.properties["MetricName"]: alarm.properties.get("Dimensions")
        for alarm in dev.resources("AWS::CloudWatch::Alarm", stack="Observability")
        if alarm.properties.get("MetricName") in ("Errors", "Throttles", "InvocationDroppedCount")
    }
    assert together == {
        "Errors": None,
        "Throttles": None,
        "InvocationDroppedCount": [{"Name": "ScheduleGroup", "Value": "default"}],
    }
    assert not any("GroupName" in schedule.properties for schedule in dev.resources("AWS::Scheduler::Schedule"))


def test_development_s_queues_are_watched_together_each_of_them(dev: Deployment) -> None:
    watched: list[str] = []
    for alarm in dev.resources("AWS::CloudWatch::Alarm", stack="Observability"):
        metrics = [
            entry["MetricStat"]["Metric"] for entry in alarm.properties.get("Metrics", []) if "MetricStat" in entry
        ]
        assert len(metrics) <= 10, "CloudWatch takes no more"
        assert {metric["MetricName"] for metric in metrics} <= {"ApproximateAgeOfOldestMessage"}
        watched += [dimension["Value"] for metric in metrics for dimension in metric["Dimensions"]]
    working = [q.properties["QueueName"] for q in dev.resources("AWS::SQS::Queue") if "RedrivePolicy" in q.properties]
    assert sorted(watched) == sorted(working)


@pytest.mark.parametrize(
    ("stack", "metric"),
    [
        ("Operations", "OutboxOldestUnpublished"),
        ("Ordering", "CheckoutExpiryFailures"),
        ("Payments", "WebhookLag"),
    ],
)
def test_alarms_watch_what_the_functions_themselves_count(prod: Deployment, stack: str, metric: str) -> None:
    alarms = prod.resources("AWS::CloudWatch::Alarm", stack=stack)
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


# What an alarm or a budget acts through, and who then publishes.
PUBLISHERS = {
    "AWS::CloudWatch::Alarm": ("cloudwatch.amazonaws.com", ("AlarmActions", "OKActions")),
    "AWS::Budgets::Budget": ("budgets.amazonaws.com", ("NotificationsWithSubscribers",)),
}


def allows(statement: dict[str, Any], service: str, actions: set[str]) -> bool:
    """Whether a statement of a resource's policy lets a service of AWS do this, for this account only."""
    return (
        statement["Effect"] == "Allow"
        and service in as_list(statement["Principal"].get("Service", []))
        and actions <= set(as_list(statement["Action"]))
        and statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    )


def topics(deployed: Deployment, resource: Resource, properties: Iterable[str]) -> set[str]:
    """Logical ids of the topics that a resource acts through, whichever stack it is in."""
    exports = {
        output["Export"]["Name"]: (stack, next(references(output["Value"])))
        for stack, template in deployed.templates.items()
        for output in template.get("Outputs", {}).values()
        if "Export" in output
    }
    actions = [resource.properties[name] for name in properties]
    own = {(resource.stack, reference) for reference in references(actions)}
    imported = {exports[name] for name in re.findall(r'"Fn::ImportValue": "([^"]+)"', json.dumps(actions))}
    kinds = {(r.stack, r.logical_id): r.kind for r in deployed.resources()}
    assert {kinds[found] for found in own | imported} == {"AWS::SNS::Topic"}, str(resource)
    return {name for _, name in own | imported}


def test_whoever_is_to_tell_may_publish_to_the_topic_and_use_its_key(deployed: Deployment) -> None:
    """The way of every alarm and of the budget: its action, the topic's policy, the policy of the topic's key."""
    topic = deployed.only("AWS::SNS::Topic")
    policy = deployed.only("AWS::SNS::TopicPolicy").properties
    assert list(references(policy["Topics"])) == [topic.logical_id]
    key = deployed.only("AWS::KMS::Key")
    assert key.logical_id in json.dumps(topic.properties["KmsMasterKeyId"])
    publishers: dict[str, int] = {}
    for kind, (service, properties) in PUBLISHERS.items():
        for resource in deployed.resources(kind):
            assert topics(deployed, resource, properties) == {topic.logical_id}
            publishers[service] = publishers.get(service, 0) + 1
    assert len(publishers) == len(PUBLISHERS)
    for service in publishers:
        statements = policy["PolicyDocument"]["Statement"]
        [publishing] = [s for s in statements if allows(s, service, {"sns:Publish"})]
        assert list(references(publishing["Resource"])) == [topic.logical_id]
        assert any(
            allows(statement, service, {"kms:Decrypt", "kms:GenerateDataKey*"})
            for statement in key.properties["KeyPolicy"]["Statement"]
        ), service


def test_nobody_else_may_publish(deployed: Deployment) -> None:
    statements = deployed.only("AWS::SNS::TopicPolicy").properties["PolicyDocument"]["Statement"]
    allowed = [s["Principal"] for s in statements if s["Effect"] == "Allow"]
    assert all(set(principal) == {"Service"} for principal in allowed)
    publishing = [service for principal in allowed for service in as_list(principal["Service"])]
    assert sorted(publishing) == sorted(service for service, _ in PUBLISHERS.values())


def test_no_other_kind_of_resource_acts_through_a_topic(deployed: Deployment) -> None:
    """So that a new publisher comes to the table above."""
    topic = deployed.only("AWS::SNS::Topic")
    naming = {
        resource.kind
        for resource in deployed.resources()
        if f"ExportsOutputRef{topic.logical_id}" in json.dumps(resource.properties)
        or topic.logical_id in references(resource.properties)
    }
    assert naming == {*PUBLISHERS, "AWS::SNS::TopicPolicy"}
