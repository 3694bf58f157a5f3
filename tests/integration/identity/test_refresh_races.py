"""One refresh token, many connections at once: it never has more than one successor."""

from __future__ import annotations

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
from shared.models.identity import LoginSession, RefreshToken
from tests.integration.identity.conftest import refresh, register
from tests.support.lambda_client import LambdaClient

CONTENDERS = 12


@pytest.fixture
def connect(database_url: str) -> Callable[[], Connection]:
    """Opens a connection like another process would."""
    return lambda: psycopg.connect(database_url, autocommit=True, row_factory=dict_row, prepare_threshold=None)


def _race(connect: Callable[[], Connection], presented: PresentedToken) -> list[Any]:
    """What each contender got; all wait with an open connection and are released at once."""
    barrier = Barrier(CONTENDERS)

    def contend(_number: int) -> Any:
        with connect() as connection:
            barrier.wait()
            with connection.transaction():
                return sessions.refresh(connection, presented, "racer")

    with ThreadPoolExecutor(CONTENDERS) as pool:
        return list(pool.map(contend, range(CONTENDERS)))


def test_of_many_at_once_exactly_one_gets_the_next_token(
    client: LambdaClient, db: Session, connect: Callable[[], Connection]
) -> None:
    for number in range(5):
        token = register(client, f"ada{number}@example.com").json()["refresh_token"]
        outcomes = _race(connect, PresentedToken(token, csrf_token=None))
        assert sum(isinstance(outcome, Grant) for outcome in outcomes) == 1
        assert {getattr(outcome, "status", 200) for outcome in outcomes} <= {200, 401, 409}
        assert db.query(RefreshToken).count() == 2 * (number + 1)


def test_the_tabs_of_a_browser_can_refresh_all_at_once_and_stay_signed_in(
    client: LambdaClient, db: Session, connect: Callable[[], Connection]
) -> None:
    for number in range(5):
        token = register(client, f"ada{number}@example.com").json()["refresh_token"]
        session = db.query(LoginSession).order_by(LoginSession.id.desc()).first()
        assert session is not None
        outcomes = _race(connect, PresentedToken(token, csrf_token=csrf.token_of(session.id)))
        assert Counter(getattr(outcome, "status", 200) for outcome in outcomes) == {200: 1, 409: CONTENDERS - 1}
        (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Grant)]
        assert refresh(client, winner.refresh_token).status == 200


def test_a_request_that_overlapped_the_one_before_it_ends_nothing(
    client: LambdaClient, connect: Callable[[], Connection]
) -> None:
    presented = PresentedToken(register(client).json()["refresh_token"], csrf_token=None)
    with connect() as slow, slow.transaction():
        slow.execute("SELECT 1")
        fast = refresh(client, presented.token)
        assert fast.status == 200
        outcome = sessions.refresh(slow, presented, "slow")
    assert getattr(outcome, "code", None) == "refresh_token_just_used"
    assert refresh(client, fast.json()["refresh_token"]).status == 200


def test_a_session_revoked_while_a_refresh_waits_gives_it_nothing(
    client: LambdaClient, db: Session, connect: Callable[[], Connection]
) -> None:
    presented = PresentedToken(register(client).json()["refresh_token"], csrf_token=None)
    started = Barrier(2)

    def wait_behind() -> Any:
        with connect() as connection, connection.transaction():
            connection.execute("SELECT 1")
            started.wait()
            return sessions.refresh(connection, presented, "waiting")

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
