"""Bucket notifications: the AWS server puts a bucket's events on a queue of ours, from which they wake functions.

The server sees every upload, presigned ones included.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote_plus

import orjson

from infra.local.asynchronous import AsynchronousInvoker
from infra.local.cloud import Clients
from infra.local.log import Log
from infra.local.naming import arn
from infra.local.topology import BucketTrigger

if TYPE_CHECKING:
    from mypy_boto3_s3.literals import EventType
    from mypy_boto3_s3.type_defs import FilterRuleTypeDef, QueueConfigurationTypeDef

QUEUE: Final = "local-bucket-notifications"
_POLL_SECONDS: Final = 20
_PAUSE_AFTER_ERROR: Final = 1.0


def connect_buckets(triggers: Sequence[BucketTrigger], clients: Clients) -> str:
    """Make the queue and let the buckets notify it, of what is put into them from now on; gives the queue's URL."""
    url = clients.sqs.create_queue(QueueName=QUEUE)["QueueUrl"]
    for bucket in {trigger.bucket for trigger in triggers}:
        clients.s3.put_bucket_notification_configuration(
            Bucket=bucket,
            NotificationConfiguration={
                "QueueConfigurations": [
                    _configuration(index, trigger) for index, trigger in enumerate(triggers) if trigger.bucket == bucket
                ]
            },
        )
    clients.sqs.purge_queue(QueueUrl=url)  # S3 tests a new notification with a message of its own
    return url


def _configuration(index: int, trigger: BucketTrigger) -> "QueueConfigurationTypeDef":
    """The trigger with our queue in the place of the function, whose name its id carries."""
    filters: list[FilterRuleTypeDef] = [
        {"Name": "prefix", "Value": trigger.prefix},
        {"Name": "suffix", "Value": trigger.suffix},
    ]
    rules = [rule for rule in filters if rule.get("Value")]
    configuration: QueueConfigurationTypeDef = {
        "Id": f"{trigger.function}/{index}",
        "QueueArn": arn("sqs", QUEUE),
        "Events": cast("list[EventType]", list(trigger.events)),
    }
    if rules:
        configuration["Filter"] = {"Key": {"FilterRules": rules}}
    return configuration


class BucketNotifier:
    """Takes events from the queue and wakes the functions that they are for."""

    def __init__(
        self, url: str, invoker: AsynchronousInvoker, clients: Clients, log: Log, executor: ThreadPoolExecutor
    ) -> None:
        self._url = url
        self._invoker = invoker
        self._sqs = clients.sqs
        self._log = log
        self._executor = executor

    async def run(self) -> None:
        """Poll until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                bodies = await loop.run_in_executor(self._executor, self._receive)
            except Exception as error:  # whatever the server did, polling goes on
                self._log.note(f"cannot poll {QUEUE}: {error}")
                await asyncio.sleep(_PAUSE_AFTER_ERROR)
                continue
            for body in bodies:
                self._wake(orjson.loads(body))

    def _wake(self, event: dict[str, Any]) -> None:
        for item in event.get("Records", []):
            entity = item["s3"]
            function = entity["configurationId"].split("/")[0]
            entity["object"].setdefault("sequencer", item["eventTime"].replace("-", "").replace(":", ""))
            trigger = f"S3 {item['eventName']} {unquote_plus(entity['object']['key'])}"
            self._invoker.submit(function, orjson.dumps({"Records": [item]}), trigger)

    def _receive(self) -> list[str]:
        messages = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=_POLL_SECONDS
        ).get("Messages", [])
        for message in messages:
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in messages]
