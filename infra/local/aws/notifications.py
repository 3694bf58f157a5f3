"""Bucket notifications: the AWS server puts a bucket's events on a queue of ours, from which they wake functions.

The server sees every upload, presigned ones included.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote_plus, unquote_plus

import orjson

from infra.local.aws.asynchronous import AsynchronousInvoker
from infra.local.aws.cloud import Clients
from infra.local.aws.naming import arn
from infra.local.aws.topology import BucketTrigger
from infra.local.host.log import Log

if TYPE_CHECKING:
    from mypy_boto3_s3.literals import EventType
    from mypy_boto3_s3.type_defs import FilterRuleTypeDef, QueueConfigurationTypeDef
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import MessageTypeDef

QUEUE: Final = "local-bucket-notifications"
_POLL_SECONDS: Final = 20
_PAUSE_AFTER_ERROR: Final = 1.0
_VISIBILITY_SECONDS: Final = 43_200  # the longest there is: a message stays ours until its function is done with it


def make_queue(clients: Clients) -> str:
    """Make the queue for the buckets' events; gives its URL."""
    attributes: dict[QueueAttributeNameType, str] = {"VisibilityTimeout": str(_VISIBILITY_SECONDS)}
    return clients.sqs.create_queue(QueueName=QUEUE, Attributes=attributes)["QueueUrl"]


def connect_buckets(triggers: Sequence[BucketTrigger], clients: Clients) -> None:
    """Let the buckets tell the queue what is put into them from now on."""
    for bucket in {trigger.bucket for trigger in triggers}:
        clients.s3.put_bucket_notification_configuration(
            Bucket=bucket,
            NotificationConfiguration={
                "QueueConfigurations": [
                    _configuration(index, trigger) for index, trigger in enumerate(triggers) if trigger.bucket == bucket
                ]
            },
        )


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
        self._deletions: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                messages = await loop.run_in_executor(self._executor, self._receive)
            except Exception as error:  # whatever the server did, polling goes on
                self._log.note(f"cannot poll {QUEUE}: {error}")
                await asyncio.sleep(_PAUSE_AFTER_ERROR)
                continue
            for message in messages:
                self._wake(message)

    def _wake(self, message: "MessageTypeDef") -> None:
        """Wake a function for each record. The message is deleted when it is done: a stop in between saves it."""
        tasks = []
        for item in orjson.loads(message["Body"]).get("Records", []):  # S3's test of a new notification has none
            entity: dict[str, Any] = item["s3"]
            function = entity["configurationId"].split("/")[0]
            entity["object"].setdefault("sequencer", item["eventTime"].replace("-", "").replace(":", ""))
            key = unquote_plus(entity["object"]["key"])
            entity["object"]["key"] = quote_plus(key, safe="/")  # S3 leaves slashes as they are
            trigger = f"S3 {item['eventName']} {key}"
            tasks.append(self._invoker.submit(function, orjson.dumps({"Records": [item]}), trigger))
        deletion = asyncio.get_running_loop().create_task(self._delete_after(tasks, message["ReceiptHandle"]))
        self._deletions.add(deletion)
        deletion.add_done_callback(self._deletions.discard)

    async def _delete_after(self, tasks: list[asyncio.Task[None]], receipt: str) -> None:
        await asyncio.gather(*tasks)
        delete = partial(self._sqs.delete_message, QueueUrl=self._url, ReceiptHandle=receipt)
        await asyncio.get_running_loop().run_in_executor(self._executor, delete)

    def _receive(self) -> list["MessageTypeDef"]:
        return self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=_POLL_SECONDS).get(
            "Messages", []
        )
