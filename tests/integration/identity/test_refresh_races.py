"""One refresh token, many connections at once: it never has more than one successor."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy.orm import Session

from functions.identity.service import csrf, sessions
from functions.identity.service.sessions import Grant, PresentedToken
from shared.clients.database import Connection
from shared.contexts.identity.models.accounts import LoginSession, RefreshToken
from tests.integration.identity.conftest import refresh, register
from tests.support.lambda_client import LambdaClient

CONTENDERS = 12


@pytest.fixture
def connect(database_url: str) -> Callable[[], Connection]:
    """Opens a connection like another process would."""
    return lambda: psycopg.connect(database_url, autocommit=True, row_factory=dict_row, prepare_threshold=None)


def _race(connect: Callable[[], Connection], presented: PresentedToken) -> list[Any]:
    """What each contender got; all have arrived, wait with an open connection, and are released at once."""
    barrier = Barrier(CONTENDERS)
    arrived_at = time.time()

    def contend(_number: int) -> Any:
        with connect() as connection:
            barrier.wait()
            with connection.transaction():
                return sessions.refresh(connection, presented, "racer", arrived_at=arrived_at)

    with ThreadPoolExecutor(CONTENDERS) as pool:
        return list(pool.map(contend, range(CONTENDERS)))


@pytest.mark.parametrize("mode", ["body", "cookie"])
def test_of_many_at_once_exactly_one_gets_the_next_token_and_the_session_goes_on(
    client: LambdaClient, db: Session, connect: Callable[[], Connection], mode: str
) -> None:
    for number in range(5):
        token = register(client, f"ada{number}@example.com").json()["refresh_token"]
        session = db.query(LoginSession).order_by(LoginSession.id.desc()).first()
        assert session is not None
        csrf_token = csrf.token_of(session.id) if mode == "cookie" else None
        outcomes = _race(connect, PresentedToken(token, csrf_token=csrf_token))
        assert Counter(getattr(outcome, "status", 200) for outcome in outcomes) == {200: 1, 409: CONTENDERS - 1}
        assert db.query(RefreshToken).filter_by(session_id=session.id).count() == 2
        (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Grant)]
        assert refresh(client, winner.refresh_token).status == 200


def test_a_spent_token_in_many_hands_at_once_brings_none_of_them_anything(
    client: LambdaClient, db: Session, connect: Callable[[], Connection]
) -> None:
    token = register(client).json()["refresh_token"]
    current = refresh(client, token).json()["refresh_token"]
    outcomes = _race(connect, PresentedToken(token, csrf_token=None))
    assert {outcome.code for outcome in outcomes} == {"invalid_refresh_token"}
    assert refresh(client, current).status == 401
    assert db.query(RefreshToken).count() == 2


def test_a_request_that_was_held_up_while_another_used_its_token_ends_nothing(
    client: LambdaClient, connect: Callable[[], Connection]
) -> None:
    presented = PresentedToken(register(client).json()["refresh_token"], csrf_token=None)
    arrived_at = time.time()
    fast = refresh(client, presented.token)
    assert fast.status == 200
    with connect() as slow, slow.transaction():
        outcome = sessions.refresh(slow, presented, "slow", arrived_at=arrived_at)
    assert getattr(outcome, "code", None) == "refresh_token_just_used"
    assert refresh(client, fast.json()["refresh_token"]).status == 200


def test_a_session_revoked_while_a_refresh_waits_gives_it_nothing(
    client: LambdaClient, db: Session, connect: Callable[[], Connection]
) -> None:
    presented = PresentedToken(register(client).json()["refresh_token"], csrf_token=None)
    started = Barrier(2)

    def wait_behind() -> Any:
        with connect() as connection, connection.transaction():
            started.wait()
            return sessions.refresh(connection, presented, "waiting", arrived_at=time.time())

    with ThreadPoolExecutor(1) as pool, connect() as first:
        with first.transaction():
            sessions.end(first, presented)
            waiting = pool.submit(wait_behind)
            started.wait()
            _until_somebody_waits_for_a_lock(first)
        assert getattr(waiting.result(), "code", None) == "invalid_refresh_token"
    assert db.query(RefreshToken).count() == 1


def _until_somebody_waits_for_a_lock(connection: Connection) -> None:
    for _ in range(500):
        row = connection.execute(
            "SELECT count(*) AS waiting FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
        if row is not None and row["waiting"]:
            return
        connection.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")
