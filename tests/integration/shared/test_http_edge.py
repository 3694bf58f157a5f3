"""What every route of every context does, shown on a small application of its own."""

from __future__ import annotations

import json
from typing import Annotated

import psycopg
import pytest
from fastapi import APIRouter, Query, Request
from pydantic import Field
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.responses import Response

from shared import outbox
from shared.contexts.identity.events import UserRegistered
from shared.permissions import Permission, Role
from shared.tables.platform import OutboxEvent
from shared.web import (
    CATALOG_PAGES,
    Caller,
    Fields,
    Idempotency,
    RequestModel,
    ResponseModel,
    Transaction,
    create_app,
    lambda_handler,
    requires,
    respond_page,
)
from shared.web.pages import Paging, next_cursor
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


class Note(ResponseModel):
    id: int
    text: str


class NewNote(RequestModel):
    text: Annotated[str, Field(max_length=50)]


router = APIRouter(prefix="/notes")


@router.get("")
async def list_notes(request: Request, page: Paging, fields: Fields, tag: Annotated[str, Query()] = "") -> Response:
    after = page.after(f"notes {tag}")
    start = after[0] if after else 0
    items = [{"id": number, "text": "x" * 200} for number in range(start + 1, start + page.limit + 1)]
    continued = next_cursor(f"notes {tag}", [items[-1]["id"]])
    return respond_page(request, Note, items, next_cursor=continued, fields=fields, cache=CATALOG_PAGES)


@router.get("/greeting")
async def greet() -> Response:
    answer = Response("hello", headers={"Cache-Control": "public, max-age=60"})
    answer.set_cookie("visitor", "a stranger's")
    return answer


@router.post("", status_code=201)
async def create_note(body: NewNote, tx: Transaction, idempotency: Idempotency, caller: Caller) -> Response:
    def create() -> Note:
        outbox.record(tx, UserRegistered(user_id=caller.user_id))
        return Note(id=1, text=body.text)

    return idempotency.respond(tx, create)


@router.delete("/{note_id}", dependencies=[requires(Permission.CATALOG_WRITE)])
async def fails(note_id: int, tx: Transaction) -> Response:
    raise RuntimeError(f"secret detail about {note_id}")


@router.put("/{note_id}")
async def breaks_at_commit(note_id: int, tx: Transaction) -> Response:
    """The foreign key is checked when the transaction commits, after the route has returned its answer."""
    tx.execute("SET CONSTRAINTS ALL DEFERRED")
    tx.execute("CREATE TEMPORARY TABLE parent (id int PRIMARY KEY) ON COMMIT DROP")
    tx.execute("CREATE TEMPORARY TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP")
    tx.execute("INSERT INTO child VALUES (1)")
    outbox.record(tx, UserRegistered(user_id="00000000-0000-4000-8000-000000000000"))
    return Response("saved", 200)


@pytest.fixture
def client(db: Session, aws: Cloud) -> LambdaClient:
    return LambdaClient(lambda_handler(create_app("notes", [router])))


@pytest.fixture
def customer(client: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return client.signed_in(signing_key.authorization(identity.user(db)))


def test_an_unknown_route_answers_a_problem_document(client: LambdaClient) -> None:
    reply = client.get("/nothing", headers={"X-Correlation-Id": "caller-chosen-1"})
    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-correlation-id"] == "caller-chosen-1"
    assert reply.json() == {
        "type": "urn:sharestack:problem:route_not_found",
        "title": "There is nothing at this address",
        "status": 404,
        "detail": "There is nothing at this address",
        "instance": "/nothing",
        "code": "route_not_found",
        "correlation_id": "caller-chosen-1",
    }


def test_a_wrong_method_answers_405_and_says_what_is_allowed(client: LambdaClient) -> None:
    reply = client.patch("/notes")
    assert (reply.status, reply.json()["code"]) == (405, "method_not_allowed")
    assert reply.headers["allow"] == "GET, POST"


def test_a_correlation_id_that_is_not_safe_to_log_is_replaced(client: LambdaClient) -> None:
    reply = client.get("/notes", headers={"X-Correlation-Id": "a\nb forged"})
    assert reply.headers["x-correlation-id"] != "a\nb forged"


def test_every_answer_carries_the_security_headers(client: LambdaClient) -> None:
    for reply in (client.get("/notes"), client.get("/nothing")):
        assert reply.headers["strict-transport-security"].startswith("max-age=")
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert {"referrer-policy", "permissions-policy"} <= reply.headers.keys()


def test_a_public_answer_is_cached_and_answers_304(client: LambdaClient) -> None:
    first = client.get("/notes")
    assert first.headers["cache-control"].startswith("public")
    again = client.get("/notes", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-type"] == first.headers["content-type"]
    assert client.get("/notes?limit=3", headers={"If-None-Match": first.headers["etag"]}).status == 200


def test_no_cache_keeps_an_answer_that_sets_a_cookie(client: LambdaClient) -> None:
    reply = client.get("/notes/greeting")
    assert reply.cookies
    assert reply.headers["cache-control"] == "private, no-store"


def test_large_answers_are_compressed_only_for_those_who_ask(client: LambdaClient) -> None:
    plain = client.get("/notes", headers={"accept-encoding": "identity"})
    packed = client.get("/notes")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.json() == packed.json()
    assert plain.headers["etag"] != packed.headers["etag"]
    assert client.get("/notes", headers={"If-None-Match": plain.headers["etag"]}).status == 304


def test_only_the_named_fields_are_sent(client: LambdaClient) -> None:
    reply = client.get("/notes?fields=id&limit=2").json()
    assert reply["items"] == [{"id": 1}, {"id": 2}]
    assert reply["next_cursor"]


def test_an_unknown_field_name_is_refused(client: LambdaClient) -> None:
    reply = client.get("/notes?fields=id,password")
    assert reply.status == 422
    assert reply.json()["errors"][0]["field"] == "query.fields"


def test_a_cursor_continues_its_own_list_and_no_other(client: LambdaClient) -> None:
    cursor = client.get("/notes?limit=2").json()["next_cursor"]
    assert [item["id"] for item in client.get(f"/notes?limit=2&cursor={cursor}").json()["items"]] == [3, 4]
    foreign = client.get(f"/notes?limit=2&tag=other&cursor={cursor}")
    tampered = client.get(f"/notes?limit=2&cursor={cursor[:-2]}AA")
    for reply in (foreign, tampered, client.get("/notes?cursor=nonsense")):
        assert (reply.status, reply.json()["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize("limit", ["0", "101", "x"])
def test_a_page_size_out_of_bounds_names_the_parameter(client: LambdaClient, limit: str) -> None:
    reply = client.get(f"/notes?limit={limit}")
    assert reply.status == 422
    assert reply.json()["errors"][0]["field"] == "query.limit"


def test_a_parameter_that_there_is_not_is_refused_with_those_that_there_are(client: LambdaClient) -> None:
    reply = client.get("/notes?limit=1&limitt=2")
    [error] = reply.json()["errors"]
    assert (reply.status, error["field"]) == (422, "query.limitt")
    assert "limit" in error["message"]


def test_a_guest_is_asked_to_sign_in(client: LambdaClient) -> None:
    reply = client.post("/notes", json={"text": "x"}, headers={"Idempotency-Key": "11111111"})
    assert (reply.status, reply.json()["code"]) == (401, "not_authenticated")
    assert reply.headers["www-authenticate"] == "Bearer"


def test_a_missing_permission_is_403(customer: LambdaClient) -> None:
    reply = customer.delete("/notes/1")
    assert (reply.status, reply.json()["code"]) == (403, "permission_denied")


def test_an_unexpected_error_tells_nothing_but_its_correlation_id(
    client: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    admin = client.signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))
    reply = admin.delete("/notes/7")
    assert (reply.status, reply.json()["code"]) == (500, "internal_error")
    assert b"secret" not in reply.body
    assert reply.json()["correlation_id"] == reply.headers["x-correlation-id"]


def test_a_commit_that_fails_answers_500_and_leaves_nothing(client: LambdaClient, db: Session, aws: Cloud) -> None:
    reply = client.put("/notes/1")
    assert (reply.status, reply.json()["code"]) == (500, "internal_error")
    assert db.query(OutboxEvent).count() == 0
    assert aws.published() == []


def test_a_repeated_key_replays_the_first_answer_with_one_effect(
    customer: LambdaClient, db: Session, aws: Cloud
) -> None:
    send = {"json": {"text": "hello"}, "headers": {"Idempotency-Key": "key-0001"}}
    first, second = customer.post("/notes", **send), customer.post("/notes", **send)
    assert (first.status, second.status) == (201, 201)
    assert first.body == second.body
    assert second.headers["idempotency-replayed"] == "true"
    assert db.query(OutboxEvent).count() == 1
    assert [event["detail-type"] for event in aws.published()] == ["UserRegistered"]


def test_a_key_cannot_be_used_for_another_body(customer: LambdaClient) -> None:
    headers = {"Idempotency-Key": "key-0002"}
    customer.post("/notes", json={"text": "hello"}, headers=headers)
    reply = customer.post("/notes", json={"text": "bye"}, headers=headers)
    assert (reply.status, reply.json()["code"]) == (422, "idempotency_key_reused")


def test_a_request_whose_first_one_is_still_being_worked_on_is_told_so(
    customer: LambdaClient, db: Session, database_url: str
) -> None:
    send = {"json": {"text": "hello"}, "headers": {"Idempotency-Key": "key-0004"}}
    customer.post("/notes", **send)
    with psycopg.connect(database_url) as first:  # holds the record as an unfinished request does
        first.execute("UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'")
        reply = customer.post("/notes", **send)
    assert (reply.status, reply.json()["code"]) == (409, "request_in_flight")
    assert reply.headers["retry-after"] == "1"


def test_a_key_is_forgotten_after_a_day(customer: LambdaClient, db: Session) -> None:
    headers = {"Idempotency-Key": "key-0005"}
    customer.post("/notes", json={"text": "hello"}, headers=headers)
    db.execute(text("UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'"))
    db.commit()
    reply = customer.post("/notes", json={"text": "another"}, headers=headers)
    assert (reply.status, reply.json()["text"]) == (201, "another")


def test_head_answers_as_get_does_without_the_body(client: LambdaClient) -> None:
    reply = client.request("HEAD", "/notes")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["etag"] == client.get("/notes").headers["etag"]


def test_the_key_is_required(customer: LambdaClient) -> None:
    reply = customer.post("/notes", json={"text": "hello"})
    assert (reply.status, reply.json()["code"]) == (400, "idempotency_key_required")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"body": "{", "headers": {"Content-Type": "application/json"}}, 400, "malformed_json"),
        (
            {"body": "text=x", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            415,
            "unsupported_media_type",
        ),
        ({"json": {"text": "x", "admin": True}}, 422, "validation_failed"),
        ({"json": {"text": "a\x00b"}}, 422, "validation_failed"),
        ({"json": {"text": "x" * 51}}, 422, "validation_failed"),
        (
            {"body": json.dumps({"text": "x" * 2_000_000}), "headers": {"Content-Type": "application/json"}},
            413,
            "body_too_large",
        ),
    ],
)
def test_a_bad_body_is_refused_clearly(customer: LambdaClient, sent: dict[str, object], status: int, code: str) -> None:
    headers = {"Idempotency-Key": "key-0003", **sent.pop("headers", {})}  # type: ignore[dict-item]
    reply = customer.post("/notes", headers=headers, **sent)
    assert (reply.status, reply.json()["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb"])
def test_a_text_that_no_text_may_be_is_refused_where_it_is(customer: LambdaClient, text: str) -> None:
    reply = customer.post("/notes", headers={"Idempotency-Key": "key-0004"}, json={"text": text})
    assert [error["field"] for error in reply.json()["errors"]] == ["body.text"]


def test_the_limit_answers_429_and_when_to_come_back(client: LambdaClient) -> None:
    replies = [client.get("/notes?limit=1") for _ in range(101)]
    assert [reply.status for reply in replies[:100]] == [200] * 100
    assert int(replies[0].headers["ratelimit-remaining"]) == 99
    last = replies[-1]
    assert (last.status, last.json()["code"]) == (429, "rate_limited")
    assert last.headers["retry-after"] == last.headers["ratelimit-reset"]


def test_a_lost_database_connection_is_made_anew(client: LambdaClient, db: Session) -> None:
    client.get("/notes")
    db.execute(
        text(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = current_user"
        )
    )
    assert client.put("/notes/1").status == 500  # it reached the commit: the connection was opened again
