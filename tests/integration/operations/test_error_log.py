"""The error log: errors of functions and of clients, counted by fingerprint, read and resolved by administrators."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import psycopg
import pytest
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.worker import Failure, message_worker
from functions.operations.handlers.api import handler
from functions.operations.handlers.on_error_reported import handler as on_error_reported
from functions.operations.handlers.sweep_outbox import handler as sweep_outbox
from functions.operations.repository import error_logs
from shared import error_reports, process, signals
from shared.contexts.operations.models import ErrorLog
from shared.permissions import Role
from shared.schedule import HasTime, schedule
from shared.tables.platform import AuditEntry
from shared.web import Caller, Transaction, create_app, lambda_handler
from tests.factories import identity
from tests.factories.operations import error_log_entry
from tests.integration.operations.conftest import records
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

ERRORS, LOG = "/api/v1/errors", "/api/v1/errors/log"
Deliver = Callable[[], list[dict[str, Any]]]

router = APIRouter(prefix="/things")


@router.get("/{thing_id}")
async def get_thing(thing_id: int) -> None:
    raise KeyError(f"thing {thing_id} of ada@example.com")


@router.post("")
async def make_thing(tx: Transaction, _caller: Caller) -> None:
    tx.execute("SELECT 1 / 0")


@router.put("")
async def change_thing() -> None:
    raise psycopg.OperationalError("the database is away")


@pytest.fixture
def things(aws: Cloud) -> LambdaClient:
    return LambdaClient(lambda_handler(create_app("things", [router])))


@pytest.fixture
def client(aws: Cloud, db: Session) -> LambdaClient:
    return LambdaClient(handler)


def listed(admin: LambdaClient, **query: Any) -> list[dict[str, Any]]:
    answer = admin.get(ERRORS, query=query)
    assert answer.status == 200, answer.body
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_an_unexpected_error_of_a_route_is_one_entry_however_often_it_happens(
    things: LambdaClient, admin: LambdaClient, deliver: Deliver
) -> None:
    answers = [things.get(f"/things/{number}") for number in range(3)]
    assert {answer.status for answer in answers} == {500}
    deliver()
    [entry] = listed(admin)
    assert (entry["source"], entry["error_type"], entry["occurrences"]) == ("http", "KeyError", 3)
    assert entry["message"] == "'thing 2 of [email]'"
    assert entry["correlation_id"] == answers[-1].headers["x-correlation-id"]
    assert entry["first_seen_at"] < entry["last_seen_at"]
    details = admin.get(f"{ERRORS}/{entry['id']}").json()
    assert details["context"] == {"method": "GET", "path": "/things/2", "route": "/things/{thing_id}", "status": 500}
    assert details["exceptions"][0]["frames"][-1]["function"] == "get_thing"


def test_an_error_whose_transaction_failed_is_told_with_its_user(
    things: LambdaClient, admin: LambdaClient, deliver: Deliver, db: Session, signing_key: TestSigningKey
) -> None:
    user = identity.user(db, Role.CUSTOMER)
    assert things.signed_in(signing_key.authorization(user)).post("/things").status == 500
    deliver()
    [entry] = listed(admin)
    assert (entry["error_type"], entry["user_id"]) == ("psycopg.errors.DivisionByZero", str(user.id))


def test_an_error_that_happens_while_the_database_is_away_is_told_once_it_is_there(
    things: LambdaClient, admin: LambdaClient, deliver: Deliver
) -> None:
    assert things.put("/things").status == 503
    deliver()
    [entry] = listed(admin)
    assert entry["error_type"] == "psycopg.OperationalError"


def test_an_answer_is_the_same_when_the_bus_is_away_and_the_error_is_told_later(
    things: LambdaClient, admin: LambdaClient, aws: Cloud, monkeypatch: pytest.MonkeyPatch, deliver: Deliver
) -> None:
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        signals._bus.cache_clear()
        answer = things.get("/things/1")
        assert (answer.status, answer.json()["code"]) == (500, "internal_error")
        now = signals.clock()
    signals._bus.cache_clear()
    things.get("/things/2")
    assert aws.signals("ErrorReported") == []  # nobody waits for a bus that was away a moment ago
    monkeypatch.setattr(signals, "clock", lambda: now + signals.PAUSE_SECONDS)
    process.end_invocation()
    assert len(deliver()) == 2
    assert [entry["occurrences"] for entry in listed(admin)] == [2]


def test_errors_of_workers_and_schedules_are_told_and_expected_ones_are_not(
    admin: LambdaClient, deliver: Deliver
) -> None:
    def fail(body: str, _record: object) -> None:
        raise {"expected": TimeoutError}.get(body, ValueError)(body)

    def run(_has_time: HasTime) -> NoReturn:
        raise RuntimeError("the job failed")

    work = message_worker(fail, failure=Failure("failed", expected={TimeoutError: "it will pass"}))
    work(records(["expected", "unexpected"]), Context())  # type: ignore[list-item]
    with pytest.raises(RuntimeError):
        schedule(run, message="ran")({}, Context())  # type: ignore[arg-type]
    deliver()
    assert {(entry["source"], entry["error_type"]) for entry in listed(admin)} == {
        ("worker", "ValueError"),
        ("schedule", "RuntimeError"),
    }


def test_what_fails_at_every_request_is_counted_without_a_call_for_each(
    things: LambdaClient, admin: LambdaClient, monkeypatch: pytest.MonkeyPatch, deliver: Deliver
) -> None:
    now = error_reports.clock()
    monkeypatch.setattr(error_reports, "clock", lambda: now)
    for _ in range(error_reports.WINDOW_REPORTS + 7):
        things.get("/things/1")
    assert len(deliver()) == error_reports.WINDOW_REPORTS
    monkeypatch.setattr(error_reports, "clock", lambda: now + error_reports.WINDOW_SECONDS)
    process.end_invocation()
    assert len(deliver()) == 1
    [entry] = listed(admin)
    assert entry["occurrences"] == error_reports.WINDOW_REPORTS + 7


def test_a_report_that_is_delivered_twice_counts_once(things: LambdaClient, admin: LambdaClient, aws: Cloud) -> None:
    things.get("/things/1")
    events = aws.signals("ErrorReported")
    for _ in range(2):
        on_error_reported(records(events), Context())
    assert [entry["occurrences"] for entry in listed(admin)] == [1]


def test_an_error_of_the_error_log_s_own_worker_causes_no_other(
    things: LambdaClient, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    things.get("/things/1")
    events = aws.signals("ErrorReported")
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:9/none")
    process.reset()
    assert on_error_reported(records(events), Context())["batchItemFailures"] == [{"itemIdentifier": "0"}]
    assert aws.signals("ErrorReported") == []


CLIENT_ERROR = {
    "type": "TypeError",
    "message": "Cannot read properties of undefined (reading '42')",
    "stack": "TypeError: x\n    at show (https://shop.example/assets/feed.3f2a91bc.js?v=1:10:15)\n    at https://shop.example/main.js:1:2",
    "function": "web.feed",
    "url": "https://shop.example/reset?token=abc123&page=2",
    "release": "2026.11.30",
    "context": {"password": "hunter22", "posts": 20},
}


def test_a_client_s_error_is_told_by_anybody_and_holds_no_secret(
    client: LambdaClient, admin: LambdaClient, deliver: Deliver
) -> None:
    answer = client.post(LOG, json=CLIENT_ERROR, headers={"user-agent": "Firefox"})
    assert (answer.status, answer.json()) == (202, {"correlation_id": answer.headers["x-correlation-id"]})
    events = deliver()
    assert not any(secret in json.dumps(events) for secret in ("abc123", "hunter22"))
    [entry] = listed(admin, source="client")
    assert (entry["function"], entry["release"], entry["user_id"]) == ("web.feed", "2026.11.30", None)
    details = admin.get(f"{ERRORS}/{entry['id']}").json()
    assert details["context"] == {
        "url": "https://shop.example/reset?token=[secret]&page=2",
        "user_agent": "Firefox",
        "password": "[secret]",
        "posts": 20,
    }
    assert details["exceptions"][0]["frames"][-1]["module"] == "/assets/feed.3f2a91bc.js"


def test_a_client_s_error_is_the_same_in_the_next_build_at_another_line_with_other_values(
    client: LambdaClient, admin: LambdaClient, deliver: Deliver
) -> None:
    later = json.loads(
        json.dumps(CLIENT_ERROR).replace("3f2a91bc", "77aa02de").replace("'42'", "'7'").replace(":10:", ":99:")
    )
    for error in (CLIENT_ERROR, later, {**CLIENT_ERROR, "type": "RangeError"}):
        assert client.post(LOG, json=error).status == 202
    deliver()
    assert sorted(entry["occurrences"] for entry in listed(admin)) == [1, 2]


def test_a_signed_in_client_is_known_and_one_whose_token_has_ended_is_heard_as_well(
    client: LambdaClient, admin: LambdaClient, deliver: Deliver, db: Session, signing_key: TestSigningKey
) -> None:
    user = identity.user(db, Role.CUSTOMER)
    assert client.signed_in(signing_key.authorization(user)).post(LOG, json={"message": "known"}).status == 202
    assert client.post(LOG, json={"message": "ended"}, headers={"authorization": "Bearer ended"}).status == 202
    deliver()
    assert {entry["message"]: entry["user_id"] for entry in listed(admin)} == {"known": str(user.id), "ended": None}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ({}, 422),
        ({"message": "x" * 2_001}, 422),
        ({"message": "x", "unknown": 1}, 422),
        ({"message": "x", "context": {str(number): number for number in range(21)}}, 422),
        ({"message": "x", "stack": "y" * 33_000}, 413),
    ],
)
def test_what_a_client_tells_is_bounded(client: LambdaClient, error: dict[str, Any], status: int) -> None:
    assert client.post(LOG, json=error).status == status


def test_a_place_in_the_body_is_named_as_the_body_has_it(client: LambdaClient) -> None:
    refused = client.post(LOG, json={"message": "x", "context": {"a": {"b": 1}}}).json()
    assert {error["field"] for error in refused["errors"]} == {"body.context.a"}


def test_a_client_that_tells_all_the_time_is_told_to_stop(client: LambdaClient) -> None:
    statuses = [client.post(LOG, json={"message": "x"}).status for _ in range(21)]
    assert (statuses[:20], statuses[20]) == ([202] * 20, 429)


def test_a_client_hears_that_its_error_was_not_taken(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    signals._bus.cache_clear()
    assert client.post(LOG, json={"message": "x"}).status == 503


def test_made_up_messages_of_clients_fill_no_table(
    client: LambdaClient, admin: LambdaClient, deliver: Deliver, db: Session
) -> None:
    for _ in range(error_logs.NEW_CLIENT_ERRORS_AN_HOUR):
        db.add(_unsaved_client_error())
    db.commit()
    for message in ("one", "two"):
        client.post(LOG, json={"message": message})
    deliver()
    assert db.query(ErrorLog).count() == error_logs.NEW_CLIENT_ERRORS_AN_HOUR + 1
    newest = listed(admin, limit=1)[0]
    assert (newest["error_type"], newest["occurrences"]) == ("TooManyDifferentErrors", 2)


def _unsaved_client_error() -> ErrorLog:
    now = datetime.now(UTC)
    return ErrorLog(
        fingerprint=uuid.uuid4().bytes,
        source="client",
        function="web",
        error_type="Error",
        message="x",
        level="error",
        occurrences=1,
        sample={"exceptions": [], "context": {}},
        correlation_id="x",
        first_seen_at=now,
        last_seen_at=now,
        recent_reports=[uuid.uuid4()],
    )


def test_the_list_pages_by_what_happened_last_and_is_filtered(admin: LambdaClient, db: Session) -> None:
    moment = datetime.now(UTC)
    entries = [
        error_log_entry(db, last_seen_at=moment - timedelta(minutes=number // 2), function=f"shop.f{number % 2}")
        for number in range(4)
    ]
    found: list[str] = []
    cursor = None
    while True:
        page = admin.get(ERRORS, query={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    expected = sorted(entries, key=lambda entry: (entry.last_seen_at, entry.id), reverse=True)
    assert found == [str(entry.id) for entry in expected]
    error_log_entry(db, source="worker", status="resolved", resolved_at=moment)
    assert len(listed(admin, source="worker")) == 1
    assert len(listed(admin, status="open")) == 4
    assert len(listed(admin, function="shop.f1", status="open")) == 2
    foreign = admin.get(ERRORS, query={"limit": 2, "status": "open"}).json()["next_cursor"]
    assert admin.get(ERRORS, query={"cursor": foreign}).status == 400


def test_a_resolved_error_that_happens_again_is_open_again(
    things: LambdaClient, admin: LambdaClient, deliver: Deliver, db: Session
) -> None:
    things.get("/things/1")
    late = deliver()
    [entry] = listed(admin)
    path = f"{ERRORS}/{entry['id']}/resolve"
    resolved = admin.patch(path, json={"reason": "Mended"})
    assert (resolved.status, resolved.json()["status"]) == (200, "resolved")
    assert resolved.json()["resolved_by"] is not None
    assert admin.patch(path).json()["resolved_at"] == resolved.json()["resolved_at"]
    [audited] = db.query(AuditEntry).all()
    assert (audited.action, audited.reason, str(audited.subject_id)) == ("error.resolved", "Mended", entry["id"])
    # It happened before it was resolved, and is told of now.
    late[0]["detail"]["id"] = str(uuid.uuid4())
    on_error_reported(records(late), Context())
    assert [(one["status"], one["occurrences"]) for one in listed(admin)] == [("resolved", 2)]
    things.get("/things/1")
    deliver()
    [again] = listed(admin)
    assert (again["status"], again["reopenings"], again["resolved_at"]) == ("open", 1, None)


def test_an_unknown_error_is_404(admin: LambdaClient) -> None:
    for answer in (admin.get(f"{ERRORS}/{uuid.uuid4()}"), admin.patch(f"{ERRORS}/{uuid.uuid4()}/resolve")):
        assert (answer.status, answer.json()["code"]) == (404, "error_not_found")


def test_errors_that_have_not_happened_for_long_are_deleted(aws: Cloud, db: Session) -> None:
    now = datetime.now(UTC)
    kept = [
        error_log_entry(db, last_seen_at=now - timedelta(days=89)).id,
        error_log_entry(db, last_seen_at=now - timedelta(days=29), status="resolved", resolved_at=now).id,
    ]
    error_log_entry(db, last_seen_at=now - timedelta(days=91))
    error_log_entry(db, last_seen_at=now - timedelta(days=31), status="resolved", resolved_at=now)
    assert sweep_outbox({}, Context())["errors_deleted"] == 2
    assert set(db.scalars(text("SELECT id FROM error_logs"))) == set(kept)


def test_what_a_page_was_not_allowed_to_do_is_an_error_of_its_place(
    client: LambdaClient, admin: LambdaClient, deliver: Deliver
) -> None:
    body = {
        "documentURL": "https://shop.example/p/lamp",
        "blockedURL": "https://cdn.example/widget.js",
        "effectiveDirective": "script-src-elem",
        "sourceFile": "https://shop.example/assets/main.3f2a91bc.js",
        "lineNumber": 3,
    }
    reports = [{"type": "csp-violation", "age": 1, "url": body["documentURL"], "body": body}]
    kind = {"content-type": "application/reports+json"}
    for _ in range(2):
        answer = client.post(f"{ERRORS}/csp", body=json.dumps(reports).encode(), headers=kind)
        assert (answer.status, answer.body) == (204, b"")
    deliver()
    [entry] = listed(admin, function="web.csp")
    assert (entry["occurrences"], entry["message"]) == (2, "script-src-elem refused https://cdn.example")
    for unreadable in (b"", b"{", b"\xff"):
        refused = client.post(f"{ERRORS}/csp", body=unreadable, headers=kind)
        assert (refused.status, refused.json()["code"]) == (400, "malformed_json")
