"""Faults of AWS services: which calls they meet, and that boto3 understands their refusals."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from werkzeug.serving import make_server

from infra.local.aws.cloud_server import CloudApplication, QuietHandler
from infra.local.aws.naming import REGION


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    server = make_server(
        "127.0.0.1", 0, CloudApplication(tmp_path / "secrets.json"), threaded=True, request_handler=QuietHandler
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _client(address: str, service: str) -> object:
    return boto3.client(  # type: ignore[call-overload]
        service,
        endpoint_url=address,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )


def _ask(address: str, service: str, operation: str, **parameters: object) -> int:
    """The status that boto3 sees."""
    try:
        answer = getattr(_client(address, service), operation)(**parameters)
    except ClientError as error:
        told = error.response
        return int(told["ResponseMetadata"]["HTTPStatusCode"]) if told["Error"]["Code"] == "ServiceUnavailable" else 0
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("s3", "list_buckets"),
        ("sqs", "list_queues"),
        ("dynamodb", "list_tables"),
        ("events", "list_event_buses"),
        ("secretsmanager", "list_secrets"),
    ],
)
def test_a_service_refuses_until_the_fault_is_over_and_others_do_not(
    address: str, service: str, operation: str
) -> None:
    httpx.post(f"{address}/_local/faults", json={"service": service}).raise_for_status()
    assert _ask(address, service, operation) == 503
    other = ("sqs", "list_queues") if service != "sqs" else ("s3", "list_buckets")
    assert _ask(address, *other) == 200
    assert httpx.delete(f"{address}/_local/faults").json() == {"faults": []}
    assert _ask(address, service, operation) == 200


def test_a_fault_of_one_operation_and_of_so_many_calls(address: str) -> None:
    fault = {"service": "sqs", "operation": "ListQueues", "times": 2, "status": 500}
    httpx.post(f"{address}/_local/faults", json=fault).raise_for_status()
    assert _ask(address, "sqs", "create_queue", QueueName="q") == 200
    assert [_ask(address, "sqs", "list_queues") for _ in range(3)] == [500, 500, 200]


def test_a_late_answer_is_late_and_an_answer(address: str) -> None:
    fault = {"service": "s3", "status": None, "delay_seconds": 0.3, "times": 1}
    httpx.post(f"{address}/_local/faults", json=fault).raise_for_status()
    began = httpx.get(f"{address}/_local/faults").json()["faults"]
    assert began[0]["delay_seconds"] == 0.3
    assert _ask(address, "s3", "list_buckets") == 200
    assert httpx.get(f"{address}/_local/faults").json() == {"faults": []}


def test_a_malformed_fault_is_refused(address: str) -> None:
    assert httpx.post(f"{address}/_local/faults", json={"service": "ec2"}).status_code == 400
