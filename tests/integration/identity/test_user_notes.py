"""What staff write down about a user."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.integration.identity.test_admin_users import USERS, administrator
from tests.support.lambda_client import Answer, LambdaClient


def write(admin: LambdaClient, user_id: object, body: str, *, key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return admin.post(f"{USERS}/{user_id}/notes", json={"body": body}, headers=headers)


def test_notes_are_written_read_and_deleted(client: LambdaClient, db: Session) -> None:
    admin = administrator(client, db, "root@example.com")
    ada = identity.user(db, email="ada@example.com")
    path = f"{USERS}/{ada.id}/notes"
    first = write(admin, ada.id, "  Calls on Mondays.  ", key="a-double-press").json()
    assert write(admin, ada.id, "  Calls on Mondays.  ", key="a-double-press").json() == first
    write(admin, ada.id, "Wants paper bags.")
    assert [note["body"] for note in admin.get(path).json()["items"]] == ["Wants paper bags.", "Calls on Mondays."]
    assert admin.delete(f"{path}/{first['id']}").status == 204
    again = admin.delete(f"{path}/{first['id']}")
    assert (again.status, again.json()["code"]) == (404, "user_note_not_found")
    entry = db.query(AuditEntry).filter_by(action="user_note.created").order_by(AuditEntry.id).first()
    assert entry is not None
    assert entry.changes == {"note": [None, "[withheld]"]}


def test_nothing_is_written_about_nobody_nor_without_words(client: LambdaClient, db: Session) -> None:
    admin = administrator(client, db, "root@example.com")
    assert write(admin, uuid.uuid4(), "Who is this?").status == 404
    ada = identity.user(db, email="ada@example.com")
    for body in (" \n ", "x" * 2001):
        assert write(admin, ada.id, body).status == 422
    assert admin.get(f"{USERS}/{ada.id}/notes").json()["items"] == []
