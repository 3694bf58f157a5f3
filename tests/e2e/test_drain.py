"""A full queue of webhooks through the whole system, its worker killed meanwhile: each has its effect exactly once."""

from __future__ import annotations

import random
import time
from typing import Any

import boto3
import psutil

from infra.local.aws.naming import REGION
from tests.benchmarks import waiting_orders
from tests.e2e.running_system import RunningSystem, eventually

EVENTS = 400
DUPLICATES = 20
KILLS = 3


def test_queued_webhooks_are_applied_once_each_although_the_worker_dies(system: RunningSystem) -> None:
    url = system.ready["database_url"]
    waiting = waiting_orders.prepare(url, EVENTS - DUPLICATES - 1)
    bodies = waiting_orders.messages(waiting, random.Random(EVENTS), duplicates=DUPLICATES)
    sqs = boto3.client(
        "sqs",
        endpoint_url=system.ready["aws_endpoint_url"],
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    queue, dead_letters = _queues(sqs)
    for start in range(0, len(bodies), 10):
        batch = bodies[start : start + 10]
        sent = sqs.send_message_batch(
            QueueUrl=queue, Entries=[{"Id": str(at), "MessageBody": body} for at, body in enumerate(batch)]
        )
        assert not sent.get("Failed")
    for _ in range(KILLS):
        eventually(lambda: _kill_a_worker(system))
        time.sleep(1)
    eventually(lambda: waiting_orders.verify(url) == {}, seconds=150)
    assert eventually(lambda: _bodies(sqs, dead_letters), seconds=60) == [waiting_orders.POISON]
    sqs.purge_queue(QueueUrl=dead_letters)  # other tests of this system look for dead letters of their own


def _queues(sqs: Any) -> tuple[str, str]:
    """The worker's queue, and that of its dead letters."""
    urls = [url for url in sqs.list_queues()["QueueUrls"] if "payments-on-webhook" in url]
    (queue,) = [url for url in urls if url.endswith("payments-on-webhook")]
    (dead_letters,) = [url for url in urls if url != queue]
    return queue, dead_letters


def _kill_a_worker(system: RunningSystem) -> bool:
    workers = [
        child
        for child in psutil.Process(system.process.pid).children()
        if any(word.endswith("payments.handlers.on_webhook.handler") for word in child.cmdline())
    ]
    if workers:
        workers[0].kill()
    return bool(workers)


def _bodies(sqs: Any, queue: str) -> list[str]:
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
    return [message["Body"] for message in messages]
