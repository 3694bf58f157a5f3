"""The error log is read and written by indexes, and erased people leave it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from functions.operations.repository import error_logs
from functions.operations.repository.error_logs import ErrorFilters
from shared.clients import database
from shared.contexts.operations.models import ErrorLog
from shared.contexts.operations.personal_data import PERSONAL_DATA
from shared.privacy import Erasure, Person
from tests.factories import identity
from tests.factories.operations import error_log_entry
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans


def test_no_statement_of_the_error_log_scans_it(admin: LambdaClient, db: Session, database_url: str) -> None:
    entry = error_log_entry(db)
    with executed() as statements:
        assert admin.get("/api/v1/errors", query={"status": "open"}).status == 200
        assert admin.get("/api/v1/errors", query={"limit": 1}).status == 200
        assert admin.patch(f"/api/v1/errors/{entry.id}/resolve").status == 200
        error_logs.delete_old(database.connection(), 10, resolved_days=30, open_days=90)
        error_logs.page(database.connection(), ErrorFilters(), after=None, limit=2)
    assert table_scans(database_url, statements) == {}


def test_who_is_erased_is_named_by_no_entry(admin: LambdaClient, db: Session) -> None:
    ada, eve = identity.user(db), identity.user(db)
    error_log_entry(db, user_id=ada.id)
    error_log_entry(db, user_id=eve.id, resolved_by=ada.id)
    with database.transaction() as connection:
        PERSONAL_DATA.erase(connection, Erasure(Person(ada.id, ada.email, False), frozenset(), with_publications=True))
    db.expire_all()
    found = {(entry.user_id, entry.resolved_by) for entry in db.query(ErrorLog)}
    assert found == {(None, None), (eve.id, None)}
