"""Database passwords against botocore's, and credentials from where SnapStart keeps them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.session import Session

from shared.clients import aws_signature

NOW = 1_790_000_000
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*KEYS, "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    aws_signature.reset()
    yield
    aws_signature.reset()


@pytest.mark.parametrize("token", ["", "IQoJb3JpZ2luX2VjEB/+=="])
@pytest.mark.parametrize("user", ["sharestack", "a b&c=d/~"])
def test_database_passwords_are_those_of_botocore(token: str, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**KEYS, "AWS_SESSION_TOKEN": token}.items():
        monkeypatch.setenv(name, value)
    host = "db.proxy-abc.eu-central-1.rds.amazonaws.com"
    ours = aws_signature.database_token(host=host, port=5432, user=user, region="eu-central-1", now=NOW)

    session = Session()
    session.set_credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"], token or None)
    moment = datetime.fromtimestamp(NOW, UTC).replace(tzinfo=None)
    with patch("botocore.auth.get_current_datetime", lambda: moment):
        theirs = session.create_client("rds", region_name="eu-central-1").generate_db_auth_token(host, 5432, user)

    assert urlsplit(f"//{ours}").netloc == urlsplit(f"//{theirs}").netloc
    assert dict(parse_qsl(urlsplit(f"//{ours}").query)) == dict(parse_qsl(urlsplit(f"//{theirs}").query))


class Metadata:
    """What stands behind AWS_CONTAINER_CREDENTIALS_FULL_URI: a new key for every question, good for `lifetime`."""

    def __init__(self) -> None:
        self.lifetime = timedelta(hours=6)
        self.asked: list[str] = []
        metadata = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                metadata.asked.append(self.headers["Authorization"])
                document = {
                    "AccessKeyId": f"AKID{len(metadata.asked)}",
                    "SecretAccessKey": "secret",
                    "Token": "token",
                    "Expiration": (datetime.now(UTC) + metadata.lifetime).strftime("%Y-%m-%dT%H:%M:%SZ"),
                }
                body = json.dumps(document).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> Iterator[Metadata]:
    made = Metadata()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"http://127.0.0.1:{made.server.server_port}/creds")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me in")
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_credentials_come_from_the_container_where_the_environment_has_none(metadata: Metadata) -> None:
    found = aws_signature.credentials()
    assert (found.key_id, found.secret, found.token) == ("AKID1", "secret", "token")
    assert aws_signature.credentials().key_id == "AKID1"
    assert metadata.asked == ["let me in"]


def test_credentials_are_renewed_before_they_end_and_after_a_snapshot(metadata: Metadata) -> None:
    metadata.lifetime = timedelta(minutes=4)
    assert [aws_signature.credentials().key_id for _ in range(2)] == ["AKID1", "AKID2"]
    metadata.lifetime = timedelta(hours=1)
    assert [aws_signature.credentials().key_id for _ in range(2)] == ["AKID3", "AKID3"]
    aws_signature.reset()
    assert aws_signature.credentials().key_id == "AKID4"


def test_the_environments_credentials_come_first(metadata: Metadata, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    assert aws_signature.credentials().key_id == "AKIDEXAMPLE"
    assert not metadata.asked
