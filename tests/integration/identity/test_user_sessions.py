"""Users' sessions as administrators see and end them, and users found by the beginning of a name."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy.orm import Session

from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, log_in, refresh
from tests.integration.identity.test_admin_users import USERS, administrator
from tests.support.lambda_client import LambdaClient


def test_a_user_is_signed_out_everywhere_and_may_come_back(client: LambdaClient, db: Session) -> None:
    admin = administrator(client, db, "root@example.com")
    ada = identity.user(db, email="ada@example.com", password=PASSWORD)
    token = log_in(client, "ada@example.com").json()["refresh_token"]
    path = f"{USERS}/{ada.id}/sessions"
    [session] = admin.get(path).json()["items"]
    assert session.keys() == {"id", "user_agent", "created_at", "last_used_at"}
    assert admin.delete(path).status == 204
    assert admin.get(path).json()["items"] == []
    assert refresh(client, token).status == 401
    assert log_in(client, "ada@example.com").status == 200
    [entry] = db.query(AuditEntry).filter_by(action="user.signed_out")
    assert (entry.subject_id, entry.changes) == (ada.id, {"sessions": [1, 0]})


def test_nobody_cannot_be_signed_out(client: LambdaClient, db: Session) -> None:
    admin = administrator(client, db, "root@example.com")
    assert admin.delete(f"{USERS}/{uuid.uuid4()}/sessions").status == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bet", {"betty@example.com"}),
        ("HOLB", {"betty@example.com"}),
        ("王", {"wang@example.com"}),
        ("wang@ex", {"wang@example.com"}),
        ("olberton", set()),
        ("%", set()),
        ("b_tty", set()),
        ("100%", {"odd@example.com"}),
    ],
)
def test_users_are_found_by_how_a_name_or_an_address_begins(
    client: LambdaClient, db: Session, words: str, found: set[str]
) -> None:
    admin = administrator(client, db, "root@example.com")
    for email, name in (
        ("betty@example.com", "Betty Holberton"),
        ("wang@example.com", "王小明"),
        ("odd@example.com", "100% Cotton"),
    ):
        identity.user(db, email=email, full_name=name)
    items = admin.get(USERS, query={"q": words}).json()["items"]
    assert {item["email"] for item in items} == found
