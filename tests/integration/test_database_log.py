"""What PostgreSQL writes into its log, which operators read and no erasure reaches: nothing about a person."""

from __future__ import annotations

import contextlib
import uuid
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.orm import Session

from infra.database_settings import LOG
from infra.local.host.cluster import SUPERUSER
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.database_logins import login
from tests.support.lambda_client import LambdaClient


class ServerLog:
    """The log of the embedded server, from a mark on."""

    def __init__(self, database_url: str) -> None:
        with psycopg.connect(database_url.replace("//sharestack@", f"//{SUPERUSER}@")) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row
        self._path = Path(row[0] + ".log")
        self._mark = self._path.stat().st_size

    def since(self) -> str:
        with self._path.open("rb") as file:
            file.seek(self._mark)
            return file.read().decode(errors="replace")  # other tests of the server send what is no UTF-8


@pytest.fixture
def log(database_url: str) -> ServerLog:
    return ServerLog(database_url)


def test_the_embedded_server_logs_as_the_deployed_one_does(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        for name, value in LOG.items():
            row = connection.execute("SELECT setting FROM pg_settings WHERE name = %s", (name,)).fetchone()
            assert row == (value,), name


def test_two_people_who_want_one_address_leave_it_in_no_log(log: ServerLog, db: Session, aws: Cloud) -> None:
    from functions.identity.handlers.api import handler

    wanted = f"wanted.{uuid.uuid4().hex}@example.com"
    identity.user(db, email=wanted)
    account = {"email": wanted, "password": "a long walk by the sea", "full_name": "Grace Marlowe"}
    assert LambdaClient(handler).post("/api/v1/auth/register", json=account).status == 409
    with pytest.raises(psycopg.errors.UniqueViolation), psycopg.connect(login_of(db)) as connection:
        connection.execute("UPDATE users SET email = %s WHERE id = %s", (wanted, identity.user(db).id))
    said = log.since()
    assert "duplicate key value" in said
    assert wanted not in said


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_sleep(0.6), %s",  # slower than what is logged
        "SELECT 1 / (length(%s) - length(%s))",
        "INSERT INTO users (email, full_name, password_hash) VALUES (%s, NULL, 'x')",  # a row that is quoted
        "SELECT %s COLLATE nothing",
    ],
)
def test_neither_slow_statements_nor_errors_quote_what_they_were_given(
    log: ServerLog, database_url: str, statement: str
) -> None:
    secret = f"secret{uuid.uuid4().hex}"
    values = (secret,) * statement.count("%s")
    with (
        psycopg.connect(login(database_url, "sharestack"), autocommit=True) as connection,
        contextlib.suppress(psycopg.Error),
    ):
        connection.execute(statement.encode(), values)
    said = log.since()
    assert "duration:" in said or "ERROR:" in said
    assert secret not in said


def login_of(db: Session) -> str:
    """The URL of the owner's login, where `db` is connected."""
    url: str = db.get_bind().engine.url.render_as_string(hide_password=False)
    return url.replace("postgresql+psycopg://", "postgresql://")
