"""Nothing that waits is lost: queues, dead-letter queues, event source mappings, schedules, bucket triggers."""

from __future__ import annotations

import json
import re

import pytest

from tests.infra.deployment import Deployment, Resource, references


def dead_letter_queues(deployed: Deployment) -> set[tuple[str, str]]:
    """Queues that others, schedules or asynchronous invocations send to when they give up."""
    found = set()
    for resource in deployed.resources(
        "AWS::SQS::Queue", "AWS::Scheduler::Schedule", "AWS::Lambda::EventInvokeConfig", "AWS::Events::Rule"
    ):
        targets = [
            resource.properties.get("RedrivePolicy"),
            resource.properties.get("DestinationConfig"),
            resource.properties.get("Target", {}).get("DeadLetterConfig"),
            *(target.get("DeadLetterConfig") for target in resource.properties.get("Targets", [])),
        ]
        found |= {(resource.stack, reference) for reference in references(targets)}
    return found


def alarms_on(deployed: Deployment, queue: Resource) -> set[str]:
    return {
        alarm.properties["MetricName"]
        for alarm in deployed.resources("AWS::CloudWatch::Alarm", stack=queue.stack)
        if queue.logical_id in references(alarm.properties.get("Dimensions"))
    }


def test_every_queue_has_a_dead_letter_queue_or_is_one(deployed: Deployment) -> None:
    dead = dead_letter_queues(deployed)
    for queue in deployed.resources("AWS::SQS::Queue"):
        assert ("RedrivePolicy" in queue.properties) != ((queue.stack, queue.logical_id) in dead), str(queue)


def test_every_dead_letter_queue_raises_an_alarm_and_keeps_messages_for_14_days(deployed: Deployment) -> None:
    dead = dead_letter_queues(deployed)
    assert dead
    for queue in deployed.resources("AWS::SQS::Queue"):
        if (queue.stack, queue.logical_id) in dead:
            assert alarms_on(deployed, queue) == {"ApproximateNumberOfMessagesVisible"}
            assert queue.properties["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_every_working_queue_has_alarms_on_age_and_depth(deployed: Deployment) -> None:
    for queue in deployed.resources("AWS::SQS::Queue"):
        if "RedrivePolicy" in queue.properties:
            assert alarms_on(deployed, queue) == {
                "ApproximateAgeOfOldestMessage",
                "ApproximateNumberOfMessagesVisible",
            }
            assert queue.properties["RedrivePolicy"]["maxReceiveCount"] == 5


def test_alarms_tell_the_topic_of_the_environment_when_they_start_and_end(deployed: Deployment) -> None:
    for alarm in deployed.resources("AWS::CloudWatch::Alarm"):
        assert alarm.properties["AlarmActions"] == alarm.properties["OKActions"]
        assert len(alarm.properties["AlarmActions"]) == 1
        assert alarm.properties["AlarmDescription"]


def test_queues_are_encrypted_with_our_key_and_refuse_plain_connections(deployed: Deployment) -> None:
    refusing = {
        reference
        for policy in deployed.resources("AWS::SQS::QueuePolicy")
        if '"aws:SecureTransport": "false"' in json.dumps(policy.properties)
        for reference in references(policy.properties["Queues"])
    }
    for queue in deployed.resources("AWS::SQS::Queue"):
        assert "Fn::ImportValue" in json.dumps(queue.properties["KmsMasterKeyId"])
        assert queue.logical_id in refusing


def test_every_mapping_reports_partial_failures_and_is_bounded(deployed: Deployment) -> None:
    mappings = deployed.resources("AWS::Lambda::EventSourceMapping")
    assert mappings
    for mapping in mappings:
        assert mapping.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        name = deployed.woken(mapping.stack, mapping.properties["FunctionName"]).properties["FunctionName"]
        # Offers leave the account's sending rate to other mail; CloudFront works on few purges at a time.
        few = name.endswith(("notifications-on-offer-events", "catalog-purge-pages"))
        bound = 2 if few else deployed.environment.worker_concurrency
        assert mapping.properties["ScalingConfig"] == {"MaximumConcurrency": bound}


def test_a_message_stays_hidden_for_six_times_the_function_s_timeout(deployed: Deployment) -> None:
    for mapping in deployed.resources("AWS::Lambda::EventSourceMapping"):
        resources = deployed.templates[mapping.stack]["Resources"]
        queue = resources[mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
        function = deployed.woken(mapping.stack, mapping.properties["FunctionName"]).properties
        window = mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"] + window


def working_queue(deployed: Deployment, context: str, handler: str) -> str:
    """The logical id of the queue that the function works off."""
    function = deployed.function(context, handler)
    [queue] = [
        mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]
        for mapping in deployed.resources("AWS::Lambda::EventSourceMapping", stack=function.stack)
        if deployed.woken(mapping.stack, mapping.properties["FunctionName"]) == function
    ]
    return str(queue)


@pytest.mark.parametrize(
    ("context", "handler", "detail_types"),
    [
        (
            "notifications",
            "on_account_events",
            {
                "EmailVerificationRequested",
                "PasswordResetRequested",
                "PersonalDataExported",
                "AccountErasureRequested",
                "AccountErasurePostponed",
            },
        ),
        ("identity", "on_export_requested", {"PersonalDataExportRequested"}),
        ("payments", "on_account_erased", {"AccountErased"}),
        (
            "notifications",
            "on_order_events",
            {"OrderPaid", "OrderShipped", "OrderDelivered", "OrderRefunded", "ReturnDecided"},
        ),
        ("notifications", "on_offer_events", {"BackInStock", "PriceDropped", "CartAbandoned"}),
        ("payments", "on_order_events", {"RefundRequested"}),
        ("notifications", "on_shop_events", {"StockLow", "DisputeOpened"}),
    ],
)
def test_events_reach_their_workers_through_a_queue(
    deployed: Deployment, context: str, handler: str, detail_types: set[str]
) -> None:
    queue = working_queue(deployed, context, handler)
    rules = [
        rule
        for rule in deployed.resources("AWS::Events::Rule", stack=context.title())
        if queue in references(rule.properties["Targets"])
    ]
    prefix = deployed.environment.prefix
    assert {rule.properties["Name"] for rule in rules} == {f"{prefix}-{context}-{name}" for name in detail_types}
    for rule in rules:
        [name] = rule.properties["EventPattern"]["detail-type"]
        assert rule.properties["Name"].endswith(f"-{name}")
        assert len(rule.properties["Name"]) <= 64, "EventBridge takes no longer names"


def test_only_its_rules_may_send_to_a_queue_that_the_bus_fills(deployed: Deployment) -> None:
    fillers: dict[tuple[str, str], set[str]] = {}
    for rule in deployed.resources("AWS::Events::Rule"):
        for target in references(rule.properties["Targets"]):
            fillers.setdefault((rule.stack, target), set()).add(rule.logical_id)
    granted: dict[tuple[str, str], set[str]] = {}
    for policy in deployed.resources("AWS::SQS::QueuePolicy"):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow":
                assert statement["Principal"] == {"Service": "events.amazonaws.com"}
                [(operator, condition)] = statement["Condition"].items()
                assert (operator, list(condition)) == ("ArnEquals", ["aws:SourceArn"])
                [queue] = references(policy.properties["Queues"])
                granted[policy.stack, queue] = set(references(condition))
    assert granted == fillers


def test_schedules_wake_their_functions_at_the_agreed_times(deployed: Deployment) -> None:
    times = {}
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        function = deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"]).properties
        times[function["Handler"]] = schedule.properties["ScheduleExpression"]
        assert schedule.properties["Target"]["RetryPolicy"]["MaximumRetryAttempts"] > 0
        assert "DeadLetterConfig" in schedule.properties["Target"]
    # An hour where every run wakes a sleeping database.
    asleep = deployed.environment.database_pause_minutes is not None
    often = "rate(1 hour)" if asleep else "rate(1 minute)"
    assert times == {
        "functions.analytics.handlers.refresh_views.handler": "rate(1 hour)" if asleep else "rate(15 minutes)",
        "functions.catalog.handlers.notice_low_stock.handler": "rate(1 hour)",
        "functions.catalog.handlers.refresh_popularity.handler": "rate(1 hour)",
        "functions.discovery.handlers.refresh_recommendations.handler": "rate(1 day)",
        "functions.identity.handlers.erase_accounts.handler": "rate(1 hour)",
        "functions.identity.handlers.rotate_signing_keys.handler": "rate(30 days)",
        "functions.media.handlers.remove_unused.handler": "rate(1 day)",
        "functions.ordering.handlers.expire_reservations.handler": often,
        "functions.ordering.handlers.notice_abandoned_carts.handler": "rate(1 hour)" if asleep else "rate(15 minutes)",
        "functions.ordering.handlers.prepare_partitions.handler": "rate(1 day)",
        "functions.operations.handlers.sweep_outbox.handler": often,
        "functions.payments.handlers.notice_disputes.handler": "rate(1 day)",
        "functions.payments.handlers.reconcile.handler": "rate(1 day)",
        "functions.payments.handlers.resolve_refunds.handler": "rate(1 hour)" if asleep else "rate(5 minutes)",
    }


def test_a_job_ends_before_it_is_started_again(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        function = deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"]).properties
        [(number, unit)] = re.findall(r"rate\((\d+) (minute|hour|day)s?\)", schedule.properties["ScheduleExpression"])
        assert function["Timeout"] < int(number) * {"minute": 60, "hour": 3600, "day": 86_400}[unit]


def test_what_is_invoked_asynchronously_keeps_its_failures(deployed: Deployment) -> None:
    keeping = set()
    for config in deployed.resources("AWS::Lambda::EventInvokeConfig"):
        assert config.properties["DestinationConfig"]["OnFailure"]
        assert config.properties["Qualifier"] == "live"
        kinds = {deployed.templates[config.stack]["Resources"][name]["Type"] for name in config.body["DependsOn"]}
        assert "AWS::Lambda::Alias" in kinds
        keeping |= {(config.stack, reference) for reference in references(config.properties["FunctionName"])}
    targets = [(s.stack, s.properties["Target"]["Arn"]) for s in deployed.resources("AWS::Scheduler::Schedule")]
    for notification in deployed.resources("Custom::S3BucketNotifications"):
        entries = notification.properties["NotificationConfiguration"]["LambdaFunctionConfigurations"]
        targets += [(notification.stack, entry["LambdaFunctionArn"]) for entry in entries]
    woken = [deployed.woken(stack, target) for stack, target in targets]
    assert {(function.stack, function.logical_id) for function in woken} == keeping


@pytest.mark.parametrize(
    ("context", "handler", "prefix"),
    [("catalog", "import_products", "imports/"), ("media", "process_image", "uploads/")],
)
def test_what_is_uploaded_wakes_who_reads_it(deployed: Deployment, context: str, handler: str, prefix: str) -> None:
    notification = deployed.only_in(context.title(), "Custom::S3BucketNotifications")
    [configuration] = notification.properties["NotificationConfiguration"]["LambdaFunctionConfigurations"]
    assert deployed.woken(context.title(), configuration["LambdaFunctionArn"]) == deployed.function(context, handler)
    assert configuration["Events"] == ["s3:ObjectCreated:*"]
    assert configuration["Filter"]["Key"]["FilterRules"] == [{"Name": "prefix", "Value": prefix}]
