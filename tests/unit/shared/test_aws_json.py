"""The signed HTTP client of the webhook ingest, against botocore's signatures and against connections that break."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from shared.clients.aws_json import AwsError, Service

NOW = 1_790_000_000


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    for name in ("AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def by_botocore(service: Service, operation: str, body: bytes, token: str | None) -> str:
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    headers = {"Content-Type": service.media_type, "X-Amz-Target": f"{service.target}.{operation}"}
    request = AWSRequest("POST", f"https://{service.host}/", headers=headers, data=body)
    with patch("botocore.auth.get_current_datetime", lambda: datetime.fromtimestamp(NOW, UTC).replace(tzinfo=None)):
        SigV4Auth(credentials, service.name, service.region).add_auth(request)
    authorization: str = request.headers["Authorization"]
    return authorization


@given(body=st.binary(max_size=300), token=st.none() | st.text("abcXYZ019+/=", min_size=1, max_size=60))
def test_signatures_are_those_of_botocore(body: bytes, token: str | None) -> None:
    service = Service("sqs", target="AmazonSQS")
    with pytest.MonkeyPatch.context() as patched:
        if token is not None:
            patched.setenv("AWS_SESSION_TOKEN", token)
        headers = service.headers("SendMessage", body, now=NOW)
    assert headers["authorization"] == by_botocore(service, "SendMessage", body, token)


@pytest.mark.parametrize(
    ("region", "host"),
    [("eu-central-1", "sqs.eu-central-1.amazonaws.com"), ("cn-north-1", "sqs.cn-north-1.amazonaws.com.cn")],
)
def test_the_endpoint_is_the_regions_own(region: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", region)
    assert Service("sqs", target="AmazonSQS").host == host


def _read_request(connection: socket.socket) -> None:
    """Headers and body may come apart. Nothing comes from a client that hangs up."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (part := connection.recv(65536)):
            return
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)


@contextmanager
def answering(*scripts: list[bytes]) -> Iterator[str]:
    """A server whose n-th connection answers with the n-th script, one entry per request, and then hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for script in scripts:
            connection, _ = listener.accept()
            with connection:
                for answer in script:
                    _read_request(connection)
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    thread.join(5)


def answer(document: Any, status: str = "200 OK") -> bytes:
    body = json.dumps(document).encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_a_connection_that_the_service_closed_meanwhile_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering([answer({"n": 1})], [answer({"n": 2})]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        service = Service("sqs", target="AmazonSQS")
        assert [service.call("SendMessage", {})["n"] for _ in range(2)] == [1, 2]


def test_a_refusal_carries_the_services_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering([answer({"__type": "QueueDoesNotExist"}, "400 Bad Request")]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(AwsError, match="400 QueueDoesNotExist"):
            Service("sqs", target="AmazonSQS").call("SendMessage", {})


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}"])
def test_a_refusal_without_a_code_carries_its_status(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with answering([plain]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(AwsError, match="403"):
            Service("sqs", target="AmazonSQS").call("SendMessage", {})


def test_a_service_that_is_not_there_is_an_error_after_two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering() as address:
        pass
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    with pytest.raises(AwsError, match="ConnectionRefusedError"):
        Service("sqs", target="AmazonSQS").call("SendMessage", {})


def test_a_service_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listener.getsockname()[1]}")
    with pytest.raises(AwsError, match="TimeoutError"):
        Service("sqs", target="AmazonSQS", timeout=0.05).call("SendMessage", {})
    listener.close()


def reply(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    "busy",
    [reply("503 Slow Down", b"{}"), reply("400 Bad Request", b'{"__type": "com.amazonaws#ThrottlingException"}')],
)
def test_a_busy_service_is_asked_once_more(busy: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering([busy, reply("200 OK", b'{"MessageId": "m"}')]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        assert Service("sqs", target="AmazonSQS").call("SendMessage", {}) == {"MessageId": "m"}
    with answering([busy, busy]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(AwsError):
            Service("sqs", target="AmazonSQS").call("SendMessage", {})


def test_a_refusal_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = reply("400 Bad Request", b'{"__type": "com.amazonaws#ConditionalCheckFailedException"}')
    with answering([refused, reply("200 OK", b"{}")]) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(AwsError, match="ConditionalCheckFailedException"):
            Service("dynamodb", target="DynamoDB_20120810").call("UpdateItem", {})
