"""The seed, through its handler."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from functions.operations.errors import SeedRefusedError
from functions.operations.handlers.seed import handler
from functions.operations.service import first_administrator
from shared.contexts.identity.models.accounts import LoginSession, User
from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.support import logs
from tests.support.lambda_client import Context

EVENTS = Path(__file__).parents[3] / "events" / "operations"
PASSWORD = "correct horse battery staple"

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt's least cost: what takes a quarter of a second in a deployment takes a millisecond here."""
    monkeypatch.setattr(first_administrator, "BCRYPT_COST", 4)


def count(db: Session, model: type) -> int:
    db.rollback()
    return db.scalar(select(func.count()).select_from(model)) or 0


def admin(db: Session) -> User:
    db.rollback()
    return db.scalars(select(User).where(User.roles.contains(["admin"]))).one()


def opens(password: str, user: User) -> bool:
    return bcrypt.checkpw(password.encode(), user.password_hash.encode())


def test_a_fresh_database_gets_an_administrator(db: Session) -> None:
    outcome = handler({}, Context())
    assert outcome["admin"]["email"] == admin(db).email == "admin@sharestack.example"
    assert set(admin(db).roles) == {"customer", "admin"}
    generated = outcome["admin"]["password"]
    assert generated is not None
    assert len(generated) == 20
    assert opens(generated, admin(db))


def test_seeding_again_changes_nothing_and_tells_no_password(db: Session) -> None:
    handler({}, Context())
    db.rollback()
    before = (admin(db).password_hash, admin(db).version)
    assert handler({}, Context()) == {"admin": {"email": "admin@sharestack.example", "password": None}}
    assert (admin(db).password_hash, admin(db).version, count(db, User)) == (*before, 1)


def test_two_seeds_at_once_make_one_administrator(db: Session, database_url: str) -> None:
    def seed(_number: int) -> str | None:
        with psycopg.connect(database_url, row_factory=psycopg.rows.dict_row) as connection:
            return first_administrator.seed(connection, email=None, password=PASSWORD)["password"]

    with ThreadPoolExecutor(4) as executor:
        passwords = list(executor.map(seed, range(4)))
    assert sorted(passwords, key=str) == [None, None, None, PASSWORD]
    assert count(db, User) == 1


def test_the_event_names_the_administrator(db: Session) -> None:
    outcome = handler(json.loads((EVENTS / "seed.json").read_text()), Context())
    assert outcome["admin"] == {"email": "owner@example.com", "password": PASSWORD}
    assert opens(PASSWORD, admin(db))


def test_the_environment_names_the_administrator(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "env@example.com")
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    assert handler(None, Context())["admin"] == {"email": "env@example.com", "password": PASSWORD}
    assert handler(None, Context())["admin"] == {"email": "env@example.com", "password": None}


def test_an_administrator_given_a_new_password_loses_the_old_one_and_its_sessions(db: Session) -> None:
    handler({"admin_password": PASSWORD}, Context())
    session = LoginSession(user_id=admin(db).id)
    db.add(session)
    db.commit()
    outcome = handler({"admin_password": "another long password"}, Context())
    assert outcome["admin"]["password"] == "another long password"
    db.refresh(session)
    assert session.revoked_reason == "password_changed"
    assert opens("another long password", admin(db))
    assert not opens(PASSWORD, admin(db))


def test_a_customer_who_registered_the_address_first_does_not_become_administrator(db: Session) -> None:
    squatter = identity.user(db, email="Admin@ShareStack.example")
    with pytest.raises(SeedRefusedError, match="without the role"):
        handler({}, Context())
    db.refresh(squatter)
    assert squatter.roles == ["customer"]


def test_with_a_password_the_operator_takes_such_an_account_over(db: Session) -> None:
    customer = identity.user(db, email="owner@example.com", verified=False)
    handler({"admin_email": "owner@example.com", "admin_password": PASSWORD}, Context())
    db.refresh(customer)
    assert customer.roles == ["customer", "admin"]
    assert customer.email_verified_at is not None
    assert opens(PASSWORD, customer)


def test_who_becomes_administrator_by_a_seed_is_in_the_audit_log(db: Session) -> None:
    customer = identity.user(db, email="owner@example.com", is_active=False)
    for event in (
        {},
        {},
        {"admin_email": "Owner@example.com", "admin_password": PASSWORD},
        {"admin_password": PASSWORD},
    ):
        handler(event, Context())
    made = db.scalars(select(User).where(User.email == "admin@sharestack.example")).one()
    entries = db.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.actor_id, entry.actor_kind, entry.subject_id) for entry in entries] == [
        ("user.made_administrator", None, "system", subject) for subject in (made.id, customer.id, made.id)
    ]
    assert [entry.changes for entry in entries] == [
        {"roles": [None, ["customer", "admin"]], "is_active": [None, True]},
        {
            "roles": [["customer"], ["customer", "admin"]],
            "is_active": [False, True],
            "password": ["[withheld]", "[withheld]"],
        },
        {"password": ["[withheld]", "[withheld]"]},
    ]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"admin_password": "short"}, "10 characters"),
        ({"admin_password": "密" * 25}, "72 bytes"),
        ({"admin_email": "not-an-address"}, "not an e-mail address"),
        ({"admin_email": "owner,admin@example.com"}, "not an e-mail address"),
        ({"admin_email": "owner@example"}, "not an e-mail address"),
    ],
)
def test_what_could_not_sign_in_is_refused(event: dict[str, str], reason: str, db: Session) -> None:
    with pytest.raises(SeedRefusedError, match=reason):
        handler(event, Context())
    assert count(db, User) == 0


def test_the_password_is_not_logged(db: Session) -> None:
    with logs.recorded() as printed:
        outcome = handler({}, Context())
    assert "seeded" in printed.getvalue()
    assert str(outcome["admin"]["password"]) not in printed.getvalue()
