"""AWS in this process: the bus, queues, buckets, table and secrets that the functions of the stage use."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import boto3
import boto3.session
from moto.server import ThreadedMotoServer

REGION: Final = "eu-central-1"
BUS: Final = "demo"
TABLE: Final = "demo"
BUCKET: Final = "demo"
SIGNING_KEYS_SECRET: Final = "signing-keys"  # a name
STRIPE_SECRET: Final = "stripe"  # a name
WEBHOOK_SECRET: Final = "stripe-webhook"  # a name


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a queue: its body, and its attributes as an SQS event has them."""

    body: str
    attributes: dict[str, Any]


class Cloud:
    """The resources. Every event on the bus comes to `bus_queue_url`."""

    def __init__(self, address: str, secrets: dict[str, dict[str, Any]]) -> None:
        self.address = address
        self._sqs = self._client("sqs")
        self.webhook_queue_url = self._sqs.create_queue(QueueName="webhooks")["QueueUrl"]
        self.bus_queue_url = self._sqs.create_queue(QueueName="bus")["QueueUrl"]
        self._make_bus()
        self._client("dynamodb").create_table(
            TableName=TABLE,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
        place = {"LocationConstraint": REGION}
        self._client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        manager = self._client("secretsmanager")
        for name, value in secrets.items():
            manager.create_secret(Name=name, SecretString=json.dumps(value))

    def receive(self, queue_url: str) -> list[Message]:
        """Take up to ten messages out of the queue."""
        received = self._sqs.receive_message(
            QueueUrl=queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages", [])
        if received:
            entries = [{"Id": str(n), "ReceiptHandle": m["ReceiptHandle"]} for n, m in enumerate(received)]
            self._sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)
        return [Message(message["Body"], _attributes(message)) for message in received]

    def _make_bus(self) -> None:
        arn = self._sqs.get_queue_attributes(QueueUrl=self.bus_queue_url, AttributeNames=["QueueArn"])
        events = self._client("events")
        events.create_event_bus(Name=BUS)
        events.put_rule(Name="all", EventBusName=BUS, EventPattern=json.dumps({"source": [{"prefix": ""}]}))
        target = {"Id": "queue", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule="all", EventBusName=BUS, Targets=[target])

    def _client(self, service: str) -> Any:
        return boto3.session.Session().client(cast(Any, service), endpoint_url=self.address)


@contextmanager
def cloud(secrets: dict[str, dict[str, Any]]) -> Iterator[Cloud]:
    """The resources on a server of their own. AWS_REGION and credentials must be in the environment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Cloud(f"http://{host}:{port}", secrets)
    finally:
        server.stop()


def _attributes(message: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"dataType": value["DataType"], "stringValue": value["StringValue"]}
        for name, value in message.get("MessageAttributes", {}).items()
    }
