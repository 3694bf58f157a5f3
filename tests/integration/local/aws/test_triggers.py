"""Queues, bus, buckets, schedules and mail: real AWS calls to the local server wake real function processes."""

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.local.aws.asynchronous import AsynchronousInvoker
from infra.local.aws.cloud import Cloud, start_cloud, wait_for
from infra.local.aws.intrinsics import Assembly
from infra.local.aws.notifications import BucketNotifier, connect_buckets, make_queue
from infra.local.aws.pollers import QueuePoller
from infra.local.aws.resources import make_resources
from infra.local.aws.scheduler import Scheduler
from infra.local.aws.topology import EventSource, Function, Schedule, read_topology
from infra.local.host.log import Log
from infra.local.host.processes import Registry
from tests.integration.local.conftest import StartRuntime

Package = Callable[..., Function]
Run = Callable[[Any], None]

RECORDER = """
import json, os

def handler(event, context):
    with open(os.environ["RECORD"], "a") as file:
        file.write(json.dumps(event) + "\\n")
    failed = [r for r in event.get("Records", []) if "poison" in r.get("body", "")]
    return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in failed]}
"""


def function_resource(handler: str) -> dict[str, Any]:
    return {"Type": "AWS::Lambda::Function", "Properties": {"Handler": f"functions.demo.handlers.{handler}.handler"}}


TEMPLATE: dict[str, Any] = {
    "Resources": {
        "Dead": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "work-dead"}},
        "Work": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "QueueName": "work",
                "VisibilityTimeout": 1,
                "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 2},
            },
        },
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "events"}},
        "Rule": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventBusName": {"Ref": "Bus"},
                "EventPattern": {"detail-type": ["OrderPaid"]},
                "Targets": [{"Id": "Queue", "Arn": {"Fn::GetAtt": ["Work", "Arn"]}}],
            },
        },
        "Uploads": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "uploads"}},
        "Table": {
            "Type": "AWS::DynamoDB::GlobalTable",
            "Properties": {
                "TableName": "counters",
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
            },
        },
        "Token": {
            "Type": "AWS::SecretsManager::Secret",
            "Properties": {
                "Name": "token",
                "GenerateSecretString": {
                    "GenerateStringKey": "key",
                    "PasswordLength": 40,
                    "SecretStringTemplate": "{}",
                },
            },
        },
        "Stripe": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "stripe", "SecretString": "{}"}},
        "Worker": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Handler": "functions.demo.handlers.worker.handler",
                "Environment": {
                    "Variables": {
                        "TOKEN_SECRET_ARN": {"Ref": "Token"},
                        "STRIPE_SECRET_ARN": {"Ref": "Stripe"},
                        "MAIL_FROM": "shop@example.com",
                    }
                },
            },
        },
    }
}


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    running = start_cloud(
        tmp_path / "secrets.json", tmp_path / "cloud.log", Registry(tmp_path / "cloud-processes.json")
    )
    wait_for(running, tmp_path / "cloud.log")
    yield running
    running.stop()


def make(cloud: Cloud, secret_values: dict[str, str] | None = None) -> Assembly:
    assembly = Assembly({"Demo": TEMPLATE}, {"cloud": cloud.address, "gateway": "http://127.0.0.1:1"})
    make_resources(
        assembly,
        cloud.clients(),
        secret_values=secret_values or {},
        local_secrets={"STRIPE_SECRET_ARN": '{"secret_key": "sk_test_1"}'},
    )
    return assembly


@dataclass
class Workplace:
    """A worker on the queue, and what it has seen."""

    cloud: Cloud
    record: Path

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.record.read_text().splitlines()] if self.record.exists() else []

    def bodies(self) -> list[str]:
        return [record["body"] for event in self.events() for record in event["Records"]]

    async def until(self, holds: Callable[[], object], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.events()
            await asyncio.sleep(0.02)


@pytest.fixture
def workplace(cloud: Cloud, package: Package, runtime: StartRuntime, tmp_path: Path) -> Callable[..., Any]:
    @asynccontextmanager
    async def start(batch_size: int = 10) -> AsyncIterator[Workplace]:
        record = tmp_path / "record"
        make(cloud)
        source = EventSource(
            "arn:aws:sqs:us-east-1:123456789012:work", "demo.worker", batch_size, 0, 2, partial_failures=True
        )
        log = Log(tmp_path / "poller-log", (tmp_path / "poller-stream").open("a"))
        with ThreadPoolExecutor(4) as executor:
            async with runtime(package("demo.worker", RECORDER), overrides={"RECORD": str(record)}) as lambdas:
                poller = QueuePoller(source, lambdas, cloud.clients(), log, executor)
                task = asyncio.create_task(poller.run())
                try:
                    yield Workplace(cloud, record)
                finally:
                    task.cancel()
                    cloud.process.kill()  # ends the long poll that a thread still waits for

    return start


def depth(cloud: Cloud, queue: str) -> int:
    sqs = cloud.clients().sqs
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return int(attributes["ApproximateNumberOfMessages"]) + int(attributes["ApproximateNumberOfMessagesNotVisible"])


def test_a_bus_event_that_a_rule_matches_reaches_the_worker_quickly_in_eventbridges_shape(
    workplace: Any, run: Run
) -> None:
    async def scenario() -> None:
        async with workplace() as place:
            entries = [
                {"EventBusName": "events", "Source": "demo", "DetailType": kind, "Detail": '{"order": 7}'}
                for kind in ("OrderPlaced", "OrderPaid", "OrderPaid")
            ]
            place.cloud.clients().events.put_events(Entries=entries[:2])
            await place.until(place.bodies)
            started = time.monotonic()
            place.cloud.clients().events.put_events(Entries=entries[2:])
            await place.until(lambda: len(place.bodies()) == 2)
            assert time.monotonic() - started < 1  # 0.2 s on an idle computer
            await place.until(lambda: depth(place.cloud, "work") == 0)

            event = json.loads(place.bodies()[0])
            assert (event["detail-type"], event["source"], event["detail"]) == ("OrderPaid", "demo", {"order": 7})
            [record] = place.events()[0]["Records"]
            assert record["eventSource"] == "aws:sqs"
            assert record["attributes"]["ApproximateReceiveCount"] == "1"

    run(scenario())


def test_one_poisoned_message_of_a_batch_ends_in_the_dead_letter_queue_and_the_others_are_done(
    workplace: Any, run: Run
) -> None:
    async def scenario() -> None:
        async with workplace() as place:
            sqs = place.cloud.clients().sqs
            url = sqs.get_queue_url(QueueName="work")["QueueUrl"]
            bodies = ["one", "poison", "three"]
            sqs.send_message_batch(
                QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies)]
            )
            await place.until(lambda: depth(place.cloud, "work-dead") == 1)
            await place.until(lambda: depth(place.cloud, "work") == 0)

            assert sorted(place.bodies()) == ["one", "poison", "poison", "three"]

    run(scenario())


def test_no_message_is_lost_while_others_are_sent_and_deleted(workplace: Any, run: Run) -> None:
    async def scenario() -> None:
        async with workplace() as place:
            sqs = place.cloud.clients().sqs
            url = sqs.get_queue_url(QueueName="work")["QueueUrl"]

            def send(number: int) -> None:
                sqs.send_message(QueueUrl=url, MessageBody=str(number))

            with ThreadPoolExecutor(8) as senders:
                await asyncio.gather(
                    *(asyncio.get_running_loop().run_in_executor(senders, send, number) for number in range(200))
                )
            await place.until(lambda: len(set(place.bodies())) == 200)
            await place.until(lambda: depth(place.cloud, "work") == 0)

    run(scenario())


def test_a_presigned_upload_wakes_the_function_of_its_prefix(
    cloud: Cloud, package: Package, runtime: StartRuntime, run: Run, tmp_path: Path
) -> None:
    template = {
        "Resources": {
            **TEMPLATE["Resources"],
            "Notifications": {
                "Type": "Custom::S3BucketNotifications",
                "Properties": {
                    "BucketName": {"Ref": "Uploads"},
                    "NotificationConfiguration": {
                        "LambdaFunctionConfigurations": [
                            {
                                "Events": ["s3:ObjectCreated:*"],
                                "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}]}},
                                "LambdaFunctionArn": {"Fn::GetAtt": ["Worker", "Arn"]},
                            }
                        ]
                    },
                },
            },
        }
    }
    assembly = make(cloud)
    assembly.templates["Demo"] = template
    triggers = read_topology(assembly).bucket_triggers
    record = tmp_path / "record"

    async def scenario() -> None:
        clients = cloud.clients()
        log = Log(tmp_path / "bucket-log", (tmp_path / "bucket-stream").open("a"))
        url = make_queue(clients)
        connect_buckets(triggers, clients)
        with ThreadPoolExecutor(2) as executor:
            async with runtime(package("demo.worker", RECORDER), overrides={"RECORD": str(record)}) as lambdas:
                invoker = AsynchronousInvoker(lambdas, clients, log)
                task = asyncio.create_task(BucketNotifier(url, invoker, clients, log, executor).run())
                for key in ("elsewhere/a.csv", "in/商品 1.csv"):
                    signed = clients.s3.generate_presigned_url("put_object", Params={"Bucket": "uploads", "Key": key})
                    request = urllib.request.Request(signed, data=b"x", method="PUT")
                    await asyncio.to_thread(lambda item=request: urllib.request.urlopen(item).close())
                place = Workplace(cloud, record)
                await place.until(place.events)
                await place.until(lambda: depth(cloud, "local-bucket-notifications") == 0)
                task.cancel()
                cloud.process.kill()

        [event] = place.events()
        entity = event["Records"][0]["s3"]
        assert entity["bucket"]["name"] == "uploads"
        assert entity["object"]["key"] == "in/%E5%95%86%E5%93%81+1.csv"

    run(scenario())


def test_a_scheduled_function_that_keeps_failing_ends_in_its_failure_queue(
    cloud: Cloud, package: Package, runtime: StartRuntime, run: Run, tmp_path: Path
) -> None:
    make(cloud)
    function = package(
        "demo.job",
        "def handler(event, context): raise ValueError('no')\n",
        asynchronous_retries=0,
        failure_queue_arn="arn:aws:sqs:us-east-1:123456789012:work-dead",
    )

    async def scenario() -> None:
        clients = cloud.clients()
        log = Log(tmp_path / "job-log", (tmp_path / "job-stream").open("a"))
        async with runtime(function) as lambdas:
            invoker = AsynchronousInvoker(lambdas, clients, log)
            await invoker.submit("demo.job", b'{"a": 1}', "by hand")

        url = clients.sqs.get_queue_url(QueueName="work-dead")["QueueUrl"]
        [message] = clients.sqs.receive_message(QueueUrl=url)["Messages"]
        body = json.loads(message["Body"])
        assert body["requestPayload"] == {"a": 1}
        assert body["responsePayload"]["errorType"] == "ValueError"

    run(scenario())


def test_generated_secrets_are_kept_and_those_of_an_operator_are_set(cloud: Cloud, tmp_path: Path) -> None:
    make(cloud)
    secrets = cloud.clients().secrets
    key = json.loads(secrets.get_secret_value(SecretId="token")["SecretString"])["key"]
    secrets.put_secret_value(SecretId="token", SecretString='{"key": "rotated"}')

    kept = json.loads((tmp_path / "secrets.json").read_text())
    assert len(key) == 40
    assert json.loads(kept["token"]) == {"key": "rotated"}
    assert json.loads(kept["stripe"]) == {"secret_key": "sk_test_1"}
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_objects_and_messages_outlive_a_stop(cloud: Cloud, tmp_path: Path) -> None:
    make(cloud)
    clients = cloud.clients()
    clients.s3.put_object(Bucket="uploads", Key="a b", Body=b"\x00\xff", Metadata={"k": "v"}, ContentType="text/csv")
    url = clients.sqs.get_queue_url(QueueName="work")["QueueUrl"]
    attributes: Any = {"Correlation": {"DataType": "String", "StringValue": "c-1"}}
    clients.sqs.send_message(QueueUrl=url, MessageBody="waiting", MessageAttributes=attributes)
    cloud.save(tmp_path / "state")
    cloud.stop()

    again = start_cloud(tmp_path / "secrets.json", tmp_path / "cloud.log", Registry(tmp_path / "again.json"))
    try:
        wait_for(again, tmp_path / "cloud.log")
        make(again)
        assert again.restore(tmp_path / "state") == (1, 1)
        kept = again.clients().s3.get_object(Bucket="uploads", Key="a b")
        assert (kept["Body"].read(), kept["Metadata"], kept["ContentType"]) == (b"\x00\xff", {"k": "v"}, "text/csv")
        received = again.clients().sqs.receive_message(
            QueueUrl=again.clients().sqs.get_queue_url(QueueName="work")["QueueUrl"], MessageAttributeNames=["All"]
        )["Messages"]
        assert received[0]["Body"] == "waiting"
        assert received[0]["MessageAttributes"]["Correlation"]["StringValue"] == "c-1"
    finally:
        again.stop()


def test_accepted_mail_can_be_read_and_cleared(cloud: Cloud) -> None:
    make(cloud)
    cloud.clients().mail.send_email(
        FromEmailAddress="shop@example.com",
        Destination={"ToAddresses": ["a@example.com"]},
        Content={"Simple": {"Subject": {"Data": "订单"}, "Body": {"Text": {"Data": "谢谢"}}}},
    )

    [mail] = cloud.mail()
    assert (mail["to"], mail["subject"], mail["text"]) == (["a@example.com"], "订单", "谢谢")
    assert cloud.mail(clear=True) == []


def test_a_schedules_last_run_is_remembered(
    cloud: Cloud, package: Package, runtime: StartRuntime, run: Run, tmp_path: Path
) -> None:
    schedule = Schedule(
        "demo.worker", "rate(30 days)", "UTC", "demo.worker", '{"at": "<aws.scheduler.scheduled-time>"}', True
    )
    record = tmp_path / "record"

    async def scenario() -> None:
        log = Log(tmp_path / "schedule-log", (tmp_path / "schedule-stream").open("a"))
        async with runtime(package("demo.worker", RECORDER), overrides={"RECORD": str(record)}) as lambdas:
            invoker = AsynchronousInvoker(lambdas, cloud.clients(), log)
            scheduler = Scheduler([schedule], invoker, tmp_path / "schedules.json")
            scheduler.start("demo.worker")
            place = Workplace(cloud, record)
            await place.until(place.events)
            again = Scheduler([schedule], invoker, tmp_path / "schedules.json")

            assert again.last_runs == scheduler.last_runs
            assert place.events()[0]["at"].endswith("Z")

    run(scenario())
