"""Nothing about one person reads a whole table."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from functions.identity.repository import personal_data
from functions.identity.service import data_archive, data_exports, erasures, retention
from shared.clients import database
from tests.factories import identity
from tests.factories.person import live_a_life
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.plans import executed, table_scans

# Requests live for two weeks at most, and are looked for by an address that may be another's.
SMALL = {"account_requests"}


def test_a_copy_is_read_by_indexes(db: Session, aws: Cloud, database_url: str) -> None:
    user = identity.user(db, verified=True)
    live_a_life(db, user)
    values = {"user_id": user.id, "proven": user.email}
    statements = map(personal_data.statement, data_archive.sections().values())
    assert table_scans(database_url, {statement: (statement, values) for statement in statements}) == {}


def test_somebody_is_erased_by_indexes(db: Session, aws: Cloud, database_url: str) -> None:
    user = identity.user(db, verified=True)
    live_a_life(db, user)
    identity.leaving(db, user).due_at = datetime.now(UTC)
    db.commit()
    database.connection()
    with executed() as statements:
        assert erasures.erase_due(lambda: True).accounts == 1
    assert table_scans(database_url, statements, small=SMALL) == {}


def test_what_is_old_is_found_by_indexes(db: Session, aws: Cloud, database_url: str) -> None:
    database.connection()
    with executed() as statements:
        retention.expire(lambda: True)
        data_exports.remove_ended(bucket=IMPORTS_BUCKET, has_time=lambda: True)
    assert table_scans(database_url, statements) == {}
