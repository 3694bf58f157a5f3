"""Errors are forwarded to Sentry, where a DSN is set: a local HTTP server reads what Sentry would."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler as api
from functions.operations.handlers.forward_errors import handler as forward_errors
from shared import process
from shared.permissions import Role
from tests.factories import identity
from tests.integration.operations.conftest import records
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey


@dataclass
class Sink:
    """A Sentry that keeps the envelopes; `status` is what it answers."""

    dsn: str = ""
    status: int = 200
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def event(self) -> dict[str, Any]:
        """The event in the one envelope (Sentry, "Envelopes": lines of JSON, a header before each item)."""
        [(_, _, body)] = self.requests
        _, item, payload, *_ = body.split(b"\n")
        assert json.loads(item)["type"] == "event"
        event: dict[str, Any] = json.loads(payload)
        return event


@pytest.fixture
def sink(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    made = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            made.requests.append((self.path, dict(self.headers), body))
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.dsn = f"http://publickey@127.0.0.1:{server.server_port}/42"
    monkeypatch.setenv("SENTRY_DSN", made.dsn)
    process.reset()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def reported(aws: Cloud, db: Session, signing_key: TestSigningKey) -> dict[str, Any]:
    """What a queue hands to the worker after a signed-in client has told of an error."""
    client = LambdaClient(api, headers=signing_key.authorization(identity.user(db, Role.CUSTOMER)))
    error = {
        "type": "TypeError",
        "message": "no items of ada@example.com",
        "stack": "    at show (https://shop.example/feed.js:10:15)\n    at https://shop.example/main.js:1:2",
        "url": "https://shop.example/feed?token=abc123",
        "release": "2026.11.30",
    }
    assert client.post("/api/v1/errors/log", json=error).status == 202
    return records(aws.signals("ErrorReported"))


def test_an_error_reaches_sentry_with_user_and_request_and_without_secrets(
    sink: Sink, reported: dict[str, Any]
) -> None:
    assert forward_errors(reported, Context()) == {"batchItemFailures": []}
    [(path, headers, body)] = sink.requests
    assert path == "/api/42/envelope/"
    assert "sentry_key=publickey" in headers["X-Sentry-Auth"]
    assert not any(secret in body for secret in (b"abc123", b"ada@example.com"))
    event = sink.event()
    sent = json.loads(reported["Records"][0]["body"])["detail"]
    assert event["event_id"] == sent["id"].replace("-", "")
    assert event["user"] == {"id": sent["data"]["user_id"]}
    assert event["request"]["url"] == "https://shop.example/feed?token=[secret]"
    assert (event["platform"], event["environment"], event["release"]) == ("javascript", "dev", "2026.11.30")
    assert event["fingerprint"] == [sent["data"]["fingerprint"]]
    assert event["tags"]["correlation_id"] == sent["correlation_id"]
    [exception] = event["exception"]["values"]
    assert (exception["type"], exception["value"]) == ("TypeError", "no items of [email]")
    assert [frame["function"] for frame in exception["stacktrace"]["frames"]] == ["?", "show"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_error_that_sentry_cannot_take_now_stays_in_the_queue(
    sink: Sink, reported: dict[str, Any], status: int
) -> None:
    sink.status = status
    assert forward_errors(reported, Context())["batchItemFailures"] == [{"itemIdentifier": "0"}]
    sink.status, sink.requests = 200, []
    assert forward_errors(reported, Context()) == {"batchItemFailures": []}
    assert sink.event()["level"] == "error"


def test_an_error_without_a_release_is_given_none_of_this_machine(sink: Sink, aws: Cloud, db: Session) -> None:
    assert LambdaClient(api).post("/api/v1/errors/log", json={"message": "x"}).status == 202
    forward_errors(records(aws.signals("ErrorReported")), Context())
    assert sink.event()["release"] == "unknown"
    assert "user" not in sink.event()


def test_an_error_that_sentry_refuses_is_not_sent_again(sink: Sink, reported: dict[str, Any]) -> None:
    sink.status = 400
    assert forward_errors(reported, Context()) == {"batchItemFailures": []}


def test_a_sentry_that_is_away_keeps_the_error_in_the_queue(
    reported: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTRY_DSN", "http://publickey@127.0.0.1:9/42")
    process.reset()
    assert forward_errors(reported, Context())["batchItemFailures"] == [{"itemIdentifier": "0"}]


def test_without_a_dsn_nothing_is_sent_and_the_library_is_not_imported(reported: dict[str, Any]) -> None:
    assert forward_errors(reported, Context()) == {"batchItemFailures": []}
    program = "import sys, functions.operations.handlers.forward_errors; sys.exit('sentry_sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
