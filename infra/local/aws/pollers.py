"""Event source mappings: polls SQS queues and wakes their functions with batches of messages.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import orjson

from infra.local.aws.cloud import Clients
from infra.local.aws.environment import Outcome
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.naming import REGION
from infra.local.aws.topology import EventSource
from infra.local.host.log import Log

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_POLL_SECONDS: Final = 20
_RECEIVE_LIMIT: Final = 10  # messages that one ReceiveMessage gives
_PAUSE_AFTER_ERROR: Final = 1.0


class QueuePoller:
    """Polls one queue for one function."""

    def __init__(
        self, source: EventSource, runtime: LambdaRuntime, clients: Clients, log: Log, executor: ThreadPoolExecutor
    ) -> None:
        self._source = source
        self._runtime = runtime
        self._sqs = clients.sqs
        self._log = log
        self._executor = executor
        self._queue = source.queue_arn.rsplit(":", 1)[-1]
        self._url = self._sqs.get_queue_url(QueueName=self._queue)["QueueUrl"]
        limit = runtime.pools[source.function].limit
        self._free = asyncio.Semaphore(min(source.maximum_concurrency or limit, limit))
        self._batches: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled; batches under way are then left to their visibility timeout."""
        try:
            while True:
                await self._free.acquire()
                try:
                    messages = await self._gather()
                except Exception as error:  # whatever the server did, polling goes on
                    self._free.release()
                    self._log.note(f"{self._source.function:<28} cannot poll {self._queue}: {error}")
                    await asyncio.sleep(_PAUSE_AFTER_ERROR)
                    continue
                if not messages:
                    self._free.release()
                    continue
                task = asyncio.get_running_loop().create_task(self._process(messages))
                self._batches.add(task)
                task.add_done_callback(self._batches.discard)
        finally:
            for task in self._batches:
                task.cancel()

    async def _gather(self) -> list["MessageTypeDef"]:
        """A batch: what the first poll gives, or more where a batching window allows to wait for it."""
        messages = await self._receive(_POLL_SECONDS, self._source.batch_size)
        deadline = time.monotonic() + self._source.window
        while messages and len(messages) < self._source.batch_size and time.monotonic() < deadline:
            remaining = int(deadline - time.monotonic())
            messages += await self._receive(remaining, self._source.batch_size - len(messages))
            if remaining == 0:
                break
        return messages

    async def _receive(self, seconds: int, count: int) -> list["MessageTypeDef"]:
        def receive() -> list["MessageTypeDef"]:
            return self._sqs.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=min(count, _RECEIVE_LIMIT),
                WaitTimeSeconds=seconds,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            ).get("Messages", [])

        return await asyncio.get_running_loop().run_in_executor(self._executor, receive)

    async def _process(self, messages: list["MessageTypeDef"]) -> None:
        try:
            event = {"Records": [record(message, self._source.queue_arn) for message in messages]}
            outcome = await self._runtime.invoke(self._source.function, orjson.dumps(event))
            failed = self._failed(outcome, [message["MessageId"] for message in messages])
            done = [message for message in messages if message["MessageId"] not in failed]
            status = outcome.status if not failed or outcome.error else f"error {len(failed)} of {len(messages)} failed"
            trigger = f"SQS {self._queue} x{len(messages)}"
            self._log.request(self._source.function, trigger, status, outcome.duration, init=outcome.init)
            if done:
                await asyncio.get_running_loop().run_in_executor(self._executor, self._delete, done)
        finally:
            self._free.release()

    def _failed(self, outcome: Outcome, ids: list[str]) -> set[str]:
        """Which messages stay in the queue. A malformed report stands for the whole batch, as on AWS."""
        if outcome.error is not None:
            return set(ids)
        if not self._source.partial_failures:
            return set()
        answer = orjson.loads(outcome.payload)
        try:
            reported = {item["itemIdentifier"] for item in (answer or {}).get("batchItemFailures") or []}
        except (AttributeError, KeyError, TypeError):
            return set(ids)
        return reported if reported <= set(ids) else set(ids)

    def _delete(self, messages: list["MessageTypeDef"]) -> None:
        self._sqs.delete_message_batch(
            QueueUrl=self._url,
            Entries=[
                {"Id": str(index), "ReceiptHandle": message["ReceiptHandle"]} for index, message in enumerate(messages)
            ],
        )


def record(message: "MessageTypeDef", queue_arn: str) -> dict[str, Any]:
    """A message as a record of the event that Lambda gives to a function."""
    attributes: dict[str, dict[str, Any]] = {
        name: {
            "stringValue": attribute.get("StringValue"),
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": attribute["DataType"],
        }
        for name, attribute in message.get("MessageAttributes", {}).items()
    }
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": attributes,
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }
