"""Nothing that waits is lost: queues, dead-letter queues, event source mappings, bucket triggers."""

from __future__ import annotations

import json
import re

from infra.assemblies import ROOT
from tests.infra.deployment import Deployment, Resource, as_list, code_of, references
from tests.support import triggers
from tests.support.cloud import ENVIRONMENT
from tests.support.triggers import Trigger

EVENTS = ROOT / "events"


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
    """Where functions and schedules are watched together, their failures are told before they are dead letters."""
    dead = dead_letter_queues(deployed)
    assert dead
    of_queues = {
        (queue.stack, reference)
        for queue in deployed.resources("AWS::SQS::Queue")
        for reference in references(queue.properties.get("RedrivePolicy"))
    }
    for queue in deployed.resources("AWS::SQS::Queue"):
        if (queue.stack, queue.logical_id) in dead:
            told = deployed.environment.alarm_per_function or (queue.stack, queue.logical_id) in of_queues
            assert alarms_on(deployed, queue) == ({"ApproximateNumberOfMessagesVisible"} if told else set())
            assert queue.properties["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_every_working_queue_has_alarms_on_age_and_depth_where_somebody_is_on_call(deployed: Deployment) -> None:
    for queue in deployed.resources("AWS::SQS::Queue"):
        if "RedrivePolicy" in queue.properties:
            lag = {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"}
            assert alarms_on(deployed, queue) == (lag if deployed.environment.alarm_per_function else set())
            assert queue.properties["RedrivePolicy"]["maxReceiveCount"] == 5


def test_a_worker_knows_after_how_many_receives_its_queue_gives_up(deployed: Deployment) -> None:
    for mapping in deployed.resources("AWS::Lambda::EventSourceMapping"):
        resources = deployed.templates[mapping.stack]["Resources"]
        queue = resources[mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
        function = deployed.woken(mapping.stack, mapping.properties["FunctionName"]).properties
        known = function["Environment"]["Variables"]["MAX_RECEIVES"]
        assert known == str(queue["RedrivePolicy"]["maxReceiveCount"])
        assert known == ENVIRONMENT["MAX_RECEIVES"], "tests and benchmarks"


def test_samples_say_what_wakes_each_function(deployed: Deployment) -> None:
    woken = {
        Trigger.QUEUE: [
            deployed.woken(mapping.stack, mapping.properties["FunctionName"])
            for mapping in deployed.resources("AWS::Lambda::EventSourceMapping")
        ],
        Trigger.SCHEDULE: [
            deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"])
            for schedule in deployed.resources("AWS::Scheduler::Schedule")
        ],
    }
    for trigger, found in woken.items():
        names = {".".join(function.properties["Handler"].split(".")[1:4:2]) for function in found}
        assert names == set(triggers.functions(trigger))


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
        # Offers leave the sending rate to other mail; CloudFront works on few purges at a time; reports of one
        # error wait for its one row, Sentry limits how many it takes, and sessions are written by one at a time.
        few = name.endswith(
            (
                "notifications-on-offer-events",
                "catalog-purge-pages",
                "operations-on-error-reported",
                "operations-forward-errors",
                "analytics-on-people-seen",
            )
        )
        bound = 2 if few else deployed.environment.worker_concurrency
        assert mapping.properties["ScalingConfig"] == {"MaximumConcurrency": bound}


def test_a_message_stays_hidden_for_six_times_the_function_s_timeout(deployed: Deployment) -> None:
    for mapping in deployed.resources("AWS::Lambda::EventSourceMapping"):
        resources = deployed.templates[mapping.stack]["Resources"]
        queue = resources[mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
        function = deployed.woken(mapping.stack, mapping.properties["FunctionName"]).properties
        window = mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"] + window


# Events that are on the bus for others, and wake nothing of ours.
WITHOUT_CONSUMER = {
    "OrderPlaced",
    "OrderStatusChanged",
    "PasswordResetUnmatched",
    "PostDeleted",
    "PostEdited",
    "PostPublished",
    "ReportCaseDecided",
    "UserRegistered",
}


def subscriptions(deployed: Deployment) -> dict[str, list[Resource]]:
    """The functions that each kind of event on the bus reaches through a queue, by the event's name."""
    workers = {
        (mapping.stack, mapping.properties["EventSourceArn"]["Fn::GetAtt"][0]): deployed.woken(
            mapping.stack, mapping.properties["FunctionName"]
        )
        for mapping in deployed.resources("AWS::Lambda::EventSourceMapping")
    }
    reached_by: dict[str, list[Resource]] = {}
    for rule in deployed.resources("AWS::Events::Rule"):
        [detail_type] = rule.properties["EventPattern"]["detail-type"]
        for target in rule.properties["Targets"]:
            queue = target["Arn"]["Fn::GetAtt"][0]
            reached_by.setdefault(detail_type, []).append(workers[rule.stack, queue])
    return reached_by


def test_a_worker_is_woken_only_by_events_that_exist_and_that_its_code_names(deployed: Deployment) -> None:
    known = {path.stem for path in EVENTS.glob("domain/*.json")}
    for detail_type, workers in subscriptions(deployed).items():
        assert detail_type in known
        for worker in workers:
            assert re.search(rf"\b{detail_type}\b", code_of(worker)), f"{worker} does not handle {detail_type}"


def test_the_event_of_a_worker_s_sample_wakes_it(deployed: Deployment) -> None:
    reached_by = subscriptions(deployed)
    for worker in {str(worker): worker for workers in reached_by.values() for worker in workers}.values():
        _, context, _, handler, _ = worker.properties["Handler"].split(".")
        sample = json.loads((EVENTS / context / f"{handler}.json").read_text())
        for record in sample["Records"]:
            assert worker in reached_by[json.loads(record["body"])["detail-type"]], str(worker)


def test_every_event_has_a_consumer_or_is_known_to_have_none(deployed: Deployment) -> None:
    published = {path.stem for path in EVENTS.glob("domain/*.json")}
    assert published - set(subscriptions(deployed)) == WITHOUT_CONSUMER


def test_rules_keep_what_cannot_be_delivered_and_are_named_after_their_context_and_event(deployed: Deployment) -> None:
    for rule in deployed.resources("AWS::Events::Rule"):
        [detail_type] = rule.properties["EventPattern"]["detail-type"]
        prefix = f"{deployed.environment.prefix}-{rule.stack.lower()}-"
        assert all("DeadLetterConfig" in target for target in rule.properties["Targets"])
        assert rule.properties["Name"].startswith(prefix)
        assert rule.properties["Name"].endswith(f"-{detail_type}")
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


def test_what_is_uploaded_wakes_a_function_that_may_read_it_and_whose_output_does_not_wake_it(
    deployed: Deployment,
) -> None:
    notifications = deployed.resources("Custom::S3BucketNotifications")
    assert notifications
    for notification in notifications:
        for entry in notification.properties["NotificationConfiguration"]["LambdaFunctionConfigurations"]:
            assert entry["Events"] == ["s3:ObjectCreated:*"]
            [rule] = entry["Filter"]["Key"]["FilterRules"]
            assert rule["Name"] == "prefix"
            function = deployed.woken(notification.stack, entry["LambdaFunctionArn"])
            allowed = {
                action: json.dumps(statement["Resource"])
                for statement in deployed.statements_of(function)
                for action in as_list(statement["Action"])
            }
            assert f"/{rule['Value']}*" in allowed["s3:GetObject"], str(function)
            assert f"/{rule['Value']}*" not in allowed.get("s3:PutObject", ""), str(function)
