"""Asynchronous invocation: retried by Lambda, and put into the failure queue when it fails for good.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

import asyncio
import json
import time
import uuid
from datetime import UTC, datetime
from typing import Final

from infra.local.aws.cloud import Clients
from infra.local.aws.environment import Outcome
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.topology import Function
from infra.local.host.log import Log

_RETRY_WAITS: Final = (60.0, 120.0)  # seconds before the second and third attempt


class AsynchronousInvoker:
    """Runs functions that nobody waits for: scheduled ones, and those that a bucket's events wake."""

    def __init__(self, runtime: LambdaRuntime, clients: Clients, log: Log) -> None:
        self._runtime = runtime
        self._clients = clients
        self._log = log
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, name: str, event: bytes, trigger: str) -> asyncio.Task[None]:
        """Start an invocation; it goes on by itself, retries included. The task is cancelled when the system ends."""
        task = asyncio.get_running_loop().create_task(self._run(name, event, trigger))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, name: str, event: bytes, trigger: str) -> None:
        function = self._runtime.pools[name].function
        accepted = time.monotonic()
        attempts = 1 + function.asynchronous_retries
        for attempt in range(1, attempts + 1):
            outcome = await self._runtime.invoke(name, event)
            self._log.request(name, trigger, outcome.status, outcome.duration, init=outcome.init)
            if outcome.error is None:
                return
            wait = _RETRY_WAITS[min(attempt, len(_RETRY_WAITS)) - 1]
            if attempt == attempts or time.monotonic() - accepted + wait > function.asynchronous_age:
                break
            await asyncio.sleep(wait)
        if function.failure_queue_arn:
            body = json.dumps(_failure_record(function, event, outcome, attempt))
            await asyncio.to_thread(self._send, function.failure_queue_arn, body)

    def _send(self, queue_arn: str, body: str) -> None:
        url = self._clients.sqs.get_queue_url(QueueName=queue_arn.rsplit(":", 1)[-1])["QueueUrl"]
        self._clients.sqs.send_message(QueueUrl=url, MessageBody=body)


def _failure_record(function: Function, event: bytes, outcome: Outcome, attempts: int) -> dict[str, object]:
    """The record that Lambda sends to an on-failure destination.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": f"{function.arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(event),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": json.loads(outcome.payload),
    }
