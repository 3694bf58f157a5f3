"""AWS in this process: the bus, queues, buckets, table and secrets that the functions of the stage use."""

from __future__ import annotations

import base64
import io
import json
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import boto3
import boto3.session
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

REGION: Final = "eu-central-1"
BUS: Final = "demo"
TABLE: Final = "demo"
BUCKET: Final = "demo"
SIGNING_KEYS_SECRET: Final = "signing-keys"  # a name
STRIPE_SECRET: Final = "stripe"  # a name
WEBHOOK_SECRET: Final = "stripe-webhook"  # a name
_PUT_EVENTS: Final = "AWSEvents.PutEvents"
_UPDATE_ITEM: Final = "DynamoDB_20120810.UpdateItem"
_ANSWERED: Final = frozenset({_PUT_EVENTS, _UPDATE_ITEM, "DynamoDB_20120810.GetItem"})
_COUNTER: Final = "counter#"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a queue: its body, and its attributes as an SQS event has them."""

    body: str
    attributes: dict[str, Any]


class _Endpoint:
    """AWS as functions reach it (WSGI). What nearly every request of the API does is answered here: events are kept
    until they are taken, and counters counted; moto would take ten times as long. All else is moto's.
    """

    def __init__(self, moto: Callable[..., Iterable[bytes]]) -> None:
        self._moto = moto
        self._alone = threading.Lock()
        self._events: list[Message] = []
        self._counters: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        operation = environ.get("HTTP_X_AMZ_TARGET")
        if operation not in _ANSWERED:
            return self._moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        with self._alone:
            answer = self._answer(operation, json.loads(body))
        if answer is None:
            return self._moto({**environ, "wsgi.input": io.BytesIO(body)}, start_response)
        encoded = json.dumps(answer).encode()
        headers = [("Content-Type", "application/x-amz-json-1.0"), ("Content-Length", str(len(encoded)))]
        start_response("200 OK", headers)
        return [encoded]

    def take(self) -> list[Message]:
        """All events since the last time, each as a rule's target gets it."""
        with self._alone:
            taken, self._events = self._events, []
        return taken

    def _answer(self, operation: str, document: dict[str, Any]) -> dict[str, Any] | None:
        """None for what moto is to answer."""
        if operation == _PUT_EVENTS:
            self._events += [Message(json.dumps(_delivered(entry)), {}) for entry in document["Entries"]]
            return {"FailedEntryCount": 0, "Entries": [{"EventId": "taken"} for _ in document["Entries"]]}
        key = document["Key"]["pk"]["S"]
        if not key.startswith(_COUNTER):
            return None
        if operation == _UPDATE_ITEM:
            self._counters[key] += int(document["ExpressionAttributeValues"][":amount"]["N"])
        counted = {"value": {"N": str(self._counters[key])}}
        return {"Attributes": counted, "Item": counted}


class _Connection(MotoRequestHandler):
    """One that is kept, as functions keep theirs."""

    protocol_version = "HTTP/1.1"


class Cloud:
    """The resources."""

    def __init__(self, address: str, bus: _Endpoint, secrets: dict[str, dict[str, Any]]) -> None:
        self.address = address
        self._bus = bus
        self._sqs = self._client("sqs")
        self.webhook_queue_url = self._sqs.create_queue(QueueName="webhooks")["QueueUrl"]
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

    def take_events(self) -> list[Message]:
        """All events on the bus since the last time, each as a rule's target gets it."""
        return self._bus.take()

    def objects(self, prefix: str) -> dict[str, dict[str, str]]:
        """The objects whose keys begin so, as JSON can hold them."""
        s3 = self._client("s3")
        stored = s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix, MaxKeys=1000).get("Contents", [])
        return {item["Key"]: _stored(s3.get_object(Bucket=BUCKET, Key=item["Key"])) for item in stored}

    def _client(self, service: str) -> Any:
        return boto3.session.Session().client(cast(Any, service), endpoint_url=self.address)


@contextmanager
def cloud(secrets: dict[str, dict[str, Any]]) -> Iterator[Cloud]:
    """The resources on a server of their own. AWS_REGION and credentials must be in the environment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    endpoint = _Endpoint(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, endpoint, threaded=True, request_handler=_Connection)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Cloud(f"http://127.0.0.1:{server.server_port}", endpoint, secrets)
    finally:
        server.shutdown()
        thread.join()


def _delivered(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of PutEvents as a rule's target gets it."""
    return {
        "version": "0",
        "id": "taken",
        "source": entry["Source"],
        "detail-type": entry["DetailType"],
        "detail": json.loads(entry["Detail"]),
    }


def _stored(answer: dict[str, Any]) -> dict[str, str]:
    body = base64.b64encode(answer["Body"].read()).decode()
    return {"body": body, "content_type": answer["ContentType"], "cache_control": answer.get("CacheControl", "")}


def _attributes(message: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"dataType": value["DataType"], "stringValue": value["StringValue"]}
        for name, value in message.get("MessageAttributes", {}).items()
    }
