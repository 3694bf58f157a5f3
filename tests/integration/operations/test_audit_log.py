"""Administrators read the audit log over HTTP."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler
from shared import audit
from shared.audit import Subject
from shared.clients import database
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

LOG = "/api/v1/admin/audit"
ADA, BOB, POT, ORDER = (uuid.UUID(int=number) for number in range(1, 5))


@pytest.fixture
def admin(aws: Cloud, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return LambdaClient(handler, headers=signing_key.authorization(identity.user(db, Role.ADMIN)))


@pytest.fixture
def entries(db: Session) -> list[AuditEntry]:
    """Four, oldest first."""
    for actor_id, action, subject in (
        (ADA, "product.created", Subject("product", POT)),
        (BOB, "product.changed", Subject("product", POT)),
        (ADA, "product_file.added", Subject("product_file", uuid.uuid4())),
        (ADA, "order.status_changed", Subject("order", ORDER)),
    ):
        with database.transaction() as connection:
            actor = audit.user(actor_id, ["admin"], "203.0.113.7")
            audit.record(connection, action, subject, changes={"name": ("Pot", "Jug")}, reason="Why", actor=actor)
    return db.query(AuditEntry).order_by(AuditEntry.id).all()


def ids(admin: LambdaClient, **query: Any) -> list[str]:
    reply = admin.get(LOG, query=query)
    assert reply.status == 200, reply.body
    return [item["id"] for item in reply.json()["items"]]


def places(admin: LambdaClient, entries: list[AuditEntry], **query: Any) -> list[int]:
    """Which of the entries are listed, by their places."""
    return [[str(entry.id) for entry in entries].index(found) for found in ids(admin, **query)]


def test_an_entry_is_shown_with_all_that_it_tells(admin: LambdaClient, entries: list[AuditEntry]) -> None:
    entry = entries[1]
    shown = admin.get(f"{LOG}/{entry.id}").json()
    assert shown == {
        "id": str(entry.id),
        "created_at": shown["created_at"],
        "actor_id": str(BOB),
        "actor_kind": "admin",
        "action": "product.changed",
        "subject_type": "product",
        "subject_id": str(POT),
        "changes": {"name": {"before": "Pot", "after": "Jug"}},
        "reason": "Why",
        "correlation_id": entry.correlation_id,
        "network": "203.0.113.0/24",
    }
    assert admin.get(LOG, query={"limit": 1, "subject_id": POT}).json()["items"] == [shown]


def test_an_entry_that_is_not_there_is_not_found(admin: LambdaClient) -> None:
    reply = admin.get(f"{LOG}/{uuid.uuid4()}")
    assert (reply.status, reply.json()["code"]) == (404, "audit_entry_not_found")


def test_entries_are_found_by_actor_action_and_subject(admin: LambdaClient, entries: list[AuditEntry]) -> None:
    assert places(admin, entries) == [3, 2, 1, 0]
    assert places(admin, entries, actor_id=ADA) == [3, 2, 0]
    assert places(admin, entries, action="product.changed") == [1]
    assert places(admin, entries, action="product.") == [1, 0]
    assert places(admin, entries, action="product") == [2, 1, 0]
    assert places(admin, entries, subject_type="product") == [1, 0]
    assert places(admin, entries, subject_id=ORDER) == [3]
    assert places(admin, entries, actor_id=ADA, subject_type="product", action="product.") == [0]
    assert places(admin, entries, actor_id=uuid.uuid4()) == []


def test_entries_are_found_by_time_to_the_millisecond(admin: LambdaClient, db: Session) -> None:
    times = ["2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.001Z", "2026-11-20T10:00:00.002Z"]
    for moment in times:
        db.connection().exec_driver_sql(
            "INSERT INTO audit_entries (id, actor_kind, action, subject_type, subject_id, changes, correlation_id)"
            " VALUES (uuidv7(%s::timestamptz - clock_timestamp()), 'system', 'x.y', 'x', uuidv7(), '{}', 'c')",
            (moment,),
        )
    db.commit()
    entries = db.query(AuditEntry).order_by(AuditEntry.id).all()
    start = entries[1].created_at
    assert [entry.created_at - start for entry in entries] == [timedelta(milliseconds=n) for n in (-1, 0, 1)]
    assert places(admin, entries, created_from=start.isoformat()) == [2, 1]
    assert places(admin, entries, created_before=start.isoformat()) == [0]
    later = (start + timedelta(microseconds=1)).isoformat()
    assert places(admin, entries, created_from=later) == [2]
    assert places(admin, entries, created_before=later) == [1, 0]
    assert places(admin, entries, created_from="0001-01-01T00:00:00Z", created_before="9999-12-31T00:00:00Z")


def test_pages_follow_each_other_and_belong_to_their_filters(admin: LambdaClient, entries: list[AuditEntry]) -> None:
    first = admin.get(LOG, query={"limit": 2, "actor_id": ADA}).json()
    second = admin.get(LOG, query={"limit": 2, "actor_id": ADA, "cursor": first["next_cursor"]}).json()
    listed = [item["id"] for item in first["items"] + second["items"]]
    assert (listed, second["next_cursor"]) == ([str(entries[place].id) for place in (3, 2, 0)], None)
    foreign = admin.get(LOG, query={"limit": 2, "actor_id": BOB, "cursor": first["next_cursor"]})
    assert (foreign.status, foreign.json()["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize(
    "query",
    [
        {"action": "product.%"},
        {"action": "Product"},
        {"actor_id": "ada"},
        {"subject_type": "product'"},
        {"created_from": "2026-11-20T10:00:00"},
        {"fields": "password"},
        {"limit": 101},
    ],
)
def test_a_filter_that_means_nothing_is_refused(query: dict[str, Any], admin: LambdaClient) -> None:
    assert admin.get(LOG, query=query).status == 422


def test_only_the_wanted_fields_are_shown(admin: LambdaClient, entries: list[AuditEntry]) -> None:
    [item] = admin.get(LOG, query={"fields": "id,action", "subject_id": ORDER}).json()["items"]
    assert item == {"id": str(entries[3].id), "action": "order.status_changed"}


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MODERATOR, Role.VENDOR])
def test_others_do_not_read_it(role: Role, aws: Cloud, db: Session, signing_key: TestSigningKey) -> None:
    caller = LambdaClient(handler, headers=signing_key.authorization(identity.user(db, role)))
    assert caller.get(LOG).status == 403
    assert caller.get(f"{LOG}/{uuid.uuid4()}").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_writes_it_over_http(method: str, admin: LambdaClient, entries: list[AuditEntry]) -> None:
    for path in (LOG, f"{LOG}/{entries[0].id}"):
        reply = admin.request(method, path, json={})
        assert (reply.status, reply.headers["allow"]) == (405, "GET")


def test_a_page_takes_one_statement_besides_rights_that_an_index_serves(
    admin: LambdaClient, entries: list[AuditEntry], database_url: str
) -> None:
    places(admin, entries, actor_id=ADA)
    with recorded() as statements:
        admin.get(LOG, query={"actor_id": ADA})
    assert len(statements) == 2
    start = entries[0].created_at.isoformat()
    with executed() as sent:
        queries: tuple[dict[str, Any], ...] = (
            {},
            {"actor_id": ADA},
            {"action": "product."},
            {"subject_type": "product"},
            {"subject_id": POT},
            {"created_from": start, "created_before": start},
        )
        for query in queries:
            admin.get(LOG, query=query)
        admin.get(f"{LOG}/{entries[0].id}")
    assert table_scans(database_url, sent, small=("signing_keys", "service_keys")) == {}


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("actor_id", f"'{ADA}'"),
        ("subject_id", f"'{POT}'"),
        ("subject_type", "'rare'"),
        ("action", "'rare.done'"),
    ],
)
def test_what_is_rare_is_found_among_much_by_its_index(
    column: str, values: str, db: Session, database_url: str
) -> None:
    """Without an index of its own, a page of something rare would walk through all that ever happened."""
    connection = db.connection()
    connection.exec_driver_sql(
        "INSERT INTO audit_entries (actor_id, actor_kind, action, subject_type, subject_id, changes, correlation_id)"
        " SELECT gen_random_uuid(), 'admin', 'product.changed', 'product', gen_random_uuid(), '{}', 'c'"
        " FROM generate_series(1, 20000)"
    )
    db.commit()
    with psycopg.connect(database_url, autocommit=True) as own:
        own.execute("ANALYZE audit_entries")
        condition = f"{column} = {values}" if column != "action" else "action >= 'rare.' AND action < 'rare.\x7f'"
        plan = "\n".join(
            row[0]
            for row in own.execute(
                f"EXPLAIN SELECT * FROM audit_entries WHERE id < '{uuid.UUID(int=2**128 - 1)}' AND {condition}"
                " ORDER BY id DESC LIMIT 21"
            )
        )
    assert f"ix_audit_entries_{column}" in plan
