"""Entries belong to the transaction that they tell of, and stay as they are."""

from __future__ import annotations

import contextvars
import uuid

import psycopg
import pytest
from sqlalchemy.orm import Session

from shared import audit
from shared.audit import SYSTEM, Subject
from shared.clients import database
from shared.correlation import correlated
from shared.tables.platform import AuditEntry
from tests.factories import identity

PRODUCT = Subject("product", uuid.UUID("01990000-0000-7000-8000-000000000001"))


def recorded(db: Session) -> list[AuditEntry]:
    db.rollback()
    return db.query(AuditEntry).order_by(AuditEntry.id).all()


def test_an_entry_tells_who_did_what_to_what_and_in_which_request(db: Session) -> None:
    actor = audit.user(uuid.uuid4(), ["admin"], "203.0.113.7")
    with correlated("a-request-of-ours"), database.transaction() as connection:
        audit.record(
            connection, "product.changed", PRODUCT, changes={"name": ("Pot", "Jug")}, reason="Typo", actor=actor
        )
    [entry] = recorded(db)
    assert (entry.actor_id, entry.actor_kind, entry.action) == (actor.id, "admin", "product.changed")
    assert (entry.subject_type, entry.subject_id) == PRODUCT
    assert (entry.changes, entry.reason) == ({"name": ["Pot", "Jug"]}, "Typo")
    assert (entry.correlation_id, entry.network) == ("a-request-of-ours", "203.0.113.0/24")


def test_what_is_rolled_back_leaves_no_entry(db: Session) -> None:
    def act() -> None:
        with database.transaction() as connection:
            audit.record(connection, "product.changed", PRODUCT, actor=SYSTEM)
            connection.execute("SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        act()
    assert recorded(db) == []


def test_what_nobody_did_is_not_written(db: Session) -> None:
    def act() -> None:
        with database.transaction() as connection:
            audit.record(connection, "product.changed", PRODUCT)

    with pytest.raises(LookupError, match=r"product\.changed"):
        contextvars.Context().run(act)
    assert recorded(db) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor_id = NULL, actor_kind = 'system'",
        "UPDATE audit_entries SET reason = '' WHERE false",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
        "INSERT INTO audit_entries (id, actor_kind, action, subject_type, subject_id, changes, correlation_id)"
        " SELECT id, actor_kind, action, subject_type, subject_id, changes, correlation_id FROM audit_entries"
        " ON CONFLICT (id) DO UPDATE SET action = 'product.created'",
        "MERGE INTO audit_entries a USING audit_entries b ON a.id = b.id WHEN MATCHED THEN DELETE",
    ],
)
def test_entries_are_neither_changed_nor_removed(statement: str, db: Session) -> None:
    with database.transaction() as connection:
        audit.record(connection, "product.changed", PRODUCT, actor=SYSTEM)
    with pytest.raises(psycopg.errors.RestrictViolation, match="never changed or removed"):
        database.connection().execute(statement)
    [entry] = recorded(db)
    assert (entry.actor_kind, entry.action) == ("system", "product.changed")


def test_an_entry_outlives_its_actor(db: Session) -> None:
    somebody = identity.user(db)
    with database.transaction() as connection:
        actor = audit.user(somebody.id, ["admin"], None)
        audit.record(connection, "product.changed", PRODUCT, actor=actor)
    actor_id = somebody.id
    db.delete(somebody)
    db.commit()
    [entry] = recorded(db)
    assert entry.actor_id == actor_id


def test_nobody_but_the_system_acts_without_an_id(db: Session) -> None:
    with pytest.raises(psycopg.errors.CheckViolation), database.transaction() as connection:
        audit.record(connection, "product.changed", PRODUCT, actor=audit.Actor(None, "admin"))
