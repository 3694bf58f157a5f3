"""No event is lost, and none is sent for work that did not happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy.orm import Session

from shared import correlation, outbox, publishing
from shared.clients import bus
from shared.contexts.identity.events import UserRegistered
from shared.tables.platform import OutboxEvent
from tests.support.cloud import Cloud


def _events(db: Session) -> list[OutboxEvent]:
    db.expire_all()
    return list(db.query(OutboxEvent).order_by(OutboxEvent.id))


def _leave_behind(db: Session, count: int, age: timedelta = timedelta(minutes=1)) -> list[UUID]:
    """Events whose invocation died after its commit."""
    rows = [
        OutboxEvent(
            source=UserRegistered.source,
            type="UserRegistered",
            payload={"user_id": str(uuid4())},
            correlation_id="the-request",
            created_at=datetime.now(UTC) - age,
        )
        for _ in range(count)
    ]
    db.add_all(rows)
    db.commit()
    return [row.id for row in rows]


def test_an_event_is_on_the_bus_after_the_commit_under_the_requests_correlation_id(db: Session, aws: Cloud) -> None:
    user_id = uuid4()
    with correlation.correlated("the-request"), outbox.unit_of_work() as connection:
        event_id = outbox.record(connection, UserRegistered(user_id=user_id))
        assert aws.published() == []
    (sent,) = aws.published()
    assert (sent["source"], sent["detail-type"]) == ("sharestack.identity", "UserRegistered")
    assert sent["detail"]["id"] == str(event_id)
    assert sent["detail"]["correlation_id"] == "the-request"
    assert sent["detail"]["data"] == {"user_id": str(user_id)}
    assert _events(db)[0].published_at is not None


def test_a_rollback_takes_the_event_with_it(db: Session, aws: Cloud) -> None:
    def fail() -> None:
        with outbox.unit_of_work() as connection:
            outbox.record(connection, UserRegistered(user_id=uuid4()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert aws.published() == []
    assert _events(db) == []


def _commit(*user_ids: UUID) -> None:
    with outbox.unit_of_work() as connection:
        outbox.record_all(connection, [UserRegistered(user_id=user_id) for user_id in user_ids])


def test_events_of_a_batch_are_published_at_its_end_also_where_it_fails(db: Session, aws: Cloud) -> None:
    user_ids = [uuid4(), uuid4()]

    def fail_behind_two() -> None:
        with publishing.published_together():
            for user_id in user_ids:
                _commit(user_id)
            assert aws.published() == []
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_behind_two()
    assert [event["detail"]["data"]["user_id"] for event in aws.published()] == [str(each) for each in user_ids]


def test_a_batch_with_many_events_does_not_leave_them_all_to_its_end(db: Session, aws: Cloud) -> None:
    many = [uuid4() for _ in range(publishing.MAX_POSTPONED - 1)]
    with publishing.published_together():
        _commit(*many)
        assert aws.published() == []
        _commit(uuid4())
        assert len(aws.published()) == publishing.MAX_POSTPONED
        _commit(uuid4())
        assert aws.published() == []
    assert len(aws.published()) == 1


def test_a_refusing_bus_does_not_fail_committed_work_and_the_sweeper_makes_it_good(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(bus, "put", lambda name, entries: [False] * len(entries))
        with outbox.unit_of_work() as connection:
            outbox.record(connection, UserRegistered(user_id=uuid4()))
    assert _events(db)[0].published_at is None
    assert outbox.sweep(older_than_seconds=0) == 1
    assert len(aws.published()) == 1


def test_a_bus_that_does_not_answer_is_left_to_the_sweeper_for_a_while(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def hang(name: str, entries: list[bus.Entry]) -> list[bool]:
        asked.append(name)
        raise TimeoutError

    with monkeypatch.context() as outage:
        outage.setattr(bus, "put", hang)
        for _ in range(3):
            with outbox.unit_of_work() as connection:
                outbox.record(connection, UserRegistered(user_id=uuid4()))
    assert len(asked) == 1
    assert outbox.sweep(older_than_seconds=0) == 3
    assert len(aws.published()) == 3


def test_the_sweeper_sends_all_that_was_left_behind_once(db: Session, aws: Cloud) -> None:
    left = _leave_behind(db, 25)
    assert outbox.sweep() == 25
    assert outbox.sweep() == 0
    assert sorted(event["detail"]["id"] for event in aws.published()) == sorted(map(str, left))


def test_the_sweeper_leaves_events_alone_that_their_invocation_is_about_to_send(db: Session, aws: Cloud) -> None:
    _leave_behind(db, 1, age=timedelta(0))
    assert outbox.sweep() == 0


def test_what_the_bus_refuses_of_a_batch_is_kept(db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _leave_behind(db, 3)
    put = bus.put

    def refuse_the_second(name: str, entries: list[bus.Entry]) -> list[bool]:
        kept = [entry for index, entry in enumerate(entries) if index != 1]
        put(name, kept)
        return [index != 1 for index in range(len(entries))]

    monkeypatch.setattr(bus, "put", refuse_the_second)
    assert outbox.sweep() == 2
    assert [row.id for row in _events(db) if row.published_at is None] == [left[1]]


def test_two_sweepers_at_once_send_every_event_once(db: Session, aws: Cloud, database_url: str) -> None:
    left = _leave_behind(db, 5)
    with psycopg.connect(database_url) as other:  # the other sweeper, in the middle of its batch
        taken = other.execute("SELECT id FROM outbox_events ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED").fetchall()
        assert outbox.sweep() == 3
        assert [row[0] for row in taken] == left[:2]
    assert sorted(event["detail"]["id"] for event in aws.published()) == sorted(map(str, left[2:]))
