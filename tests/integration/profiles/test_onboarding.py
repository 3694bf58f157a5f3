"""A username is chosen once; where somebody is, their network says, where anybody believes it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared import process
from shared.contexts.profiles.models import Profile
from tests.factories import identity, profiles
from tests.integration.profiles.conftest import SignIn
from tests.support import maxmind_file
from tests.support.lambda_client import Context, LambdaClient

ONBOARDING = "/api/v1/users/me/onboarding"
BODY = {"username": "Ada_L", "time_zone": "Asia/Shanghai"}


def test_a_person_is_there_from_then_on(db: Session, sign_in: SignIn, guest: LambdaClient) -> None:
    user = identity.user(db)
    assert guest.get(f"/api/v1/users/{user.id}").status == 404
    reply = sign_in(user).post(ONBOARDING, json={**BODY, "display_name": "Ada"})
    assert reply.status == 201
    assert (reply.json()["username"], reply.json()["display_name"], reply.json()["time_zone"]) == (
        "Ada_L",
        "Ada",
        "Asia/Shanghai",
    )
    assert guest.get("/api/v1/users/ADA_L").json()["id"] == str(user.id)


def test_the_same_name_again_is_the_same_answer_and_another_one_is_refused(db: Session, sign_in: SignIn) -> None:
    ada = sign_in(identity.user(db))
    assert ada.post(ONBOARDING, json=BODY).json() == ada.post(ONBOARDING, json=BODY).json()
    reply = ada.post(ONBOARDING, json={**BODY, "username": "countess"})
    assert (reply.status, reply.json()["code"]) == (409, "already_onboarded")


@pytest.mark.parametrize("name", ["ada_l", "ADA_L", "ａｄａ_ｌ", "ada_1", "Ada_I"])
def test_a_name_that_somebody_has_is_refused_with_free_ones(db: Session, sign_in: SignIn, name: str) -> None:
    profiles.person(db, "Ada_L")
    reply = sign_in(identity.user(db)).post(ONBOARDING, json={**BODY, "username": name})
    assert (reply.status, reply.json()["code"]) == (409, "username_taken")
    assert len(set(reply.json()["suggestions"])) == 3


@pytest.mark.parametrize(
    "body",
    [
        {**BODY, "username": "admin"},
        {**BODY, "username": "0123"},
        {**BODY, "username": "a b"},
        {**BODY, "time_zone": "Mars/Base"},
        {**BODY, "country": "CH"},
        {"username": "ada"},
    ],
)
def test_what_is_no_onboarding_is_refused(db: Session, sign_in: SignIn, body: dict[str, str]) -> None:
    reply = sign_in(identity.user(db)).post(ONBOARDING, json=body)
    assert (reply.status, len(reply.json()["errors"])) == (422, 1)


def test_words_of_addresses_are_reserved(db: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESERVED_NAMES", "orders follow-requests")
    process.reset()
    for name in ("orders", "follow_requests", "0rders"):
        reply = sign_in(identity.user(db)).post(ONBOARDING, json={**BODY, "username": name})
        assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "body.username")


def test_of_the_network_only_a_keyed_hash_is_kept(db: Session, sign_in: SignIn) -> None:
    ada, grace = identity.user(db), identity.user(db)
    sign_in(ada).post(ONBOARDING, json=BODY)
    elsewhere = sign_in(grace)
    LambdaClient(elsewhere.handler, elsewhere.headers, "198.51.100.9").post(
        ONBOARDING, json={**BODY, "username": "grace"}
    )
    hashes = [row.ip_hash for row in db.query(Profile).all()]
    assert len(set(hashes)) == 2
    assert all(value is not None and len(value) == 32 for value in hashes)


def test_a_country_that_a_caller_claims_is_not_believed(db: Session, sign_in: SignIn) -> None:
    headers = {"CloudFront-Viewer-Country": "CH", "X-Origin-Secret": "guessed"}
    reply = sign_in(identity.user(db)).post(ONBOARDING, json=BODY, headers=headers)
    assert (reply.status, reply.json()["country"]) == (201, None)


def test_a_country_that_came_by_cloudfront_is_believed(db: Session, sign_in: SignIn) -> None:
    """The gateway's authorizer has seen the secret, and says so where no caller can."""
    caller = sign_in(identity.user(db))

    def through_cloudfront(event: dict[str, Any], context: Context) -> Any:
        event["requestContext"]["authorizer"] = {"lambda": {"origin": "cloudfront"}}
        return caller.handler(event, context)

    client = LambdaClient(through_cloudfront, {**caller.headers, "CloudFront-Viewer-Country": "CH"})
    assert client.post(ONBOARDING, json=BODY).json()["country"] == "CH"


def test_a_file_of_networks_says_the_country(
    db: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    maxmind_file.write(tmp_path / "countries.mmdb", {"203.0.113.0/24": "SG"})
    monkeypatch.setenv("COUNTRY_SOURCE", "maxmind")
    monkeypatch.setenv("MAXMIND_FILE", str(tmp_path / "countries.mmdb"))
    process.reset()
    assert sign_in(identity.user(db)).post(ONBOARDING, json=BODY).json()["country"] == "SG"
    elsewhere = sign_in(identity.user(db))
    unknown = LambdaClient(elsewhere.handler, elsewhere.headers, "8.8.8.8")
    assert unknown.post(ONBOARDING, json={**BODY, "username": "grace"}).json()["country"] is None


class _Service(http.server.BaseHTTPRequestHandler):
    """ip-api.com as its documentation has it."""

    status, body = 200, b'{"status": "success", "countryCode": "DE"}'
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Service]]:
    class Service(_Service):
        asked: list[str] = []  # noqa: RUF012 - of one test

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("COUNTRY_SOURCE", "ip-api")
    monkeypatch.setenv("IP_API_BASE", f"http://127.0.0.1:{server.server_port}")
    process.reset()
    yield Service
    server.shutdown()
    server.server_close()


def test_the_service_that_an_operator_has_set_says_the_country(
    db: Session, sign_in: SignIn, service: type[_Service]
) -> None:
    assert sign_in(identity.user(db)).post(ONBOARDING, json=BODY).json()["country"] == "DE"
    assert service.asked == ["/json/203.0.113.7?fields=status,countryCode"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (200, b"not JSON"),
        (200, b'{"status": "fail"}'),
        (200, b'{"status": "success", "countryCode": "Germany"}'),
        (200, b"[]"),
        (200, b'{"status": "success", "countryCode": "XX"}'),
    ],
)
def test_a_service_that_fails_does_not_fail_the_onboarding(
    db: Session, sign_in: SignIn, service: type[_Service], status: int, body: bytes
) -> None:
    service.status, service.body = status, body
    reply = sign_in(identity.user(db)).post(ONBOARDING, json=BODY)
    assert (reply.status, reply.json()["country"]) == (201, None)


@pytest.mark.parametrize(
    ("source", "settings"),
    [
        ("maxmind", {"MAXMIND_FILE": "/nowhere.mmdb"}),
        ("ip-api", {"IP_API_BASE": "http://127.0.0.1:9"}),
        ("ip-api", {"IP_API_BASE": "nonsense"}),
        ("unheard-of", {}),
    ],
)
def test_a_source_that_is_not_there_does_not_fail_the_onboarding(
    db: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, source: str, settings: dict[str, str]
) -> None:
    for name, value in {"COUNTRY_SOURCE": source, **settings}.items():
        monkeypatch.setenv(name, value)
    process.reset()
    reply = sign_in(identity.user(db)).post(ONBOARDING, json=BODY)
    assert (reply.status, reply.json()["country"]) == (201, None)
