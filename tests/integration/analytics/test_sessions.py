"""Sessions of activity, from requests to any context."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.analytics.handlers.on_people_seen import handler as on_people_seen
from functions.analytics.service import sessions
from shared import activity
from shared.clients import database
from shared.contexts.analytics.models import UserSession
from shared.web import Caller, create_app, lambda_handler
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context, LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

router = APIRouter(prefix="/things")


@router.get("")
async def list_things() -> dict[str, str]:
    return {}


@router.get("/mine")
async def list_my_things(_caller: Caller) -> dict[str, str]:
    return {}


class Clock:
    """What the process takes for the time."""

    def __init__(self) -> None:
        self.now = NOON.timestamp()

    def __call__(self) -> float:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time).total_seconds()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(activity, "clock", made)
    return made


@pytest.fixture
def ada(aws: Cloud, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    client = LambdaClient(lambda_handler(create_app("things", [router])))
    return client.signed_in(signing_key.authorization(identity.user(db)))


@pytest.fixture
def deliver(aws: Cloud) -> Callable[[], int]:
    """Lets the worker hear of everybody; returns how many signals there were."""

    def run() -> int:
        events = aws.signals("PeopleSeen")
        records = [
            {
                "messageId": str(number),
                "body": json.dumps(event),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
            }
            for number, event in enumerate(events)
        ]
        assert on_people_seen({"Records": records}, Context()) == {"batchItemFailures": []}
        return len(events)

    return run


def stored(db: Session) -> list[tuple[datetime, datetime, datetime | None]]:
    db.expire_all()
    rows = db.query(UserSession).order_by(UserSession.started_at)
    return [(row.started_at, row.last_active_at, row.ended_at) for row in rows]


def test_a_session_is_from_the_first_request_to_the_last_before_a_break(
    ada: LambdaClient, clock: Clock, deliver: Callable[[], int], db: Session
) -> None:
    for minutes in (0, 10, 25, 31):
        clock.pass_by(minutes=minutes)
        ada.get("/things/mine")
        deliver()
    first, second = NOON, NOON + timedelta(minutes=66)
    assert stored(db) == [
        (first, NOON + timedelta(minutes=35), NOON + timedelta(minutes=35)),
        (second, second, second),  # the test's time is long ago, so that this one is over as well
    ]


def test_a_person_is_told_of_once_a_minute_and_not_by_a_statement(
    ada: LambdaClient, clock: Clock, deliver: Callable[[], int], db: Session
) -> None:
    ada.get("/things/mine")
    with recorded() as statements:
        for _ in range(5):
            ada.get("/things/mine")
            clock.pass_by(seconds=11)
    assert statements == []
    assert deliver() == 1
    for _ in range(3):
        clock.pass_by(minutes=1)
        ada.get("/things/mine")
    assert deliver() == 1  # it tells of what waits since the minute before
    assert stored(db)[0][:2] == (NOON, NOON + timedelta(seconds=55, minutes=2))


def test_who_is_not_signed_in_leaves_no_trace(ada: LambdaClient, deliver: Callable[[], int], db: Session) -> None:
    stranger = LambdaClient(ada.handler)
    stranger.get("/things")
    stranger.get("/things/mine", headers={"authorization": "Bearer nonsense"})
    assert deliver() == 0


def test_a_bus_that_is_away_changes_no_answer(ada: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert ada.get("/things/mine").status == 200


def test_of_many_workers_at_once_one_begins_the_session(aws: Cloud, db: Session) -> None:
    user_id = identity.user(db).id

    def act(number: int) -> None:
        with database.transaction() as connection:
            sessions.record(connection, [(user_id, NOON + timedelta(minutes=number))])

    at_once(4, act)
    assert [(start, end) for start, end, _ in stored(db)] == [(NOON, NOON + timedelta(minutes=3))]


def test_an_account_that_is_not_there_has_no_sessions(aws: Cloud, db: Session) -> None:
    with database.transaction() as connection:
        sessions.record(connection, [(uuid.uuid4(), NOON)])
    assert stored(db) == []


def test_a_session_ends_once_nobody_goes_on_with_it(
    aws: Cloud, db: Session, refresh_metrics: Callable[[], list[dict[str, Any]]]
) -> None:
    now = datetime.now(UTC)
    for minutes in (31, 29):
        moment = now - timedelta(minutes=minutes)
        db.add(UserSession(user_id=uuid.uuid4(), registered_at=now, started_at=moment, last_active_at=moment))
    db.commit()
    refresh_metrics()
    assert [end is not None for _, _, end in stored(db)] == [True, False]


def test_sessions_are_deleted_when_no_figure_needs_them(aws: Cloud, db: Session) -> None:
    from shared.contexts.analytics.personal_data import PERSONAL_DATA

    now = datetime.now(UTC)
    for days in (731, 729):
        moment = now - timedelta(days=days)
        db.add(UserSession(user_id=uuid.uuid4(), registered_at=moment, started_at=moment, last_active_at=moment))
    db.commit()
    with database.transaction() as connection:
        assert PERSONAL_DATA.retention["activity_sessions_deleted"](connection, 10) == 1
    assert db.execute(text("SELECT count(*) FROM user_sessions")).scalar_one() == 1
