"""The sweeper, through its handler."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import boto3
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from functions.operations.handlers.sweep_outbox import handler
from functions.operations.repository import idempotency_keys, outbox_events
from functions.operations.service import sweeping
from shared.tables.platform import IdempotencyKey, OutboxEvent
from shared.web.idempotency import STORED_HOURS
from tests.support.cloud import BUS, Cloud
from tests.support.lambda_client import Context

EVENT = json.loads((Path(__file__).parents[3] / "events" / "operations" / "sweep_outbox.json").read_text())


def event_row(db: Session, *, age: str, published: bool = False) -> uuid.UUID:
    """A committed outbox row of that age (a PostgreSQL interval)."""
    made: uuid.UUID = db.execute(
        text(
            "INSERT INTO outbox_events (id, source, type, payload, correlation_id, created_at, published_at)"
            " VALUES (uuidv7(-CAST(:age AS interval)), 'sharestack.identity', 'UserRegistered',"
            " jsonb_build_object('user_id', uuidv7()), 'test-correlation', now() - CAST(:age AS interval),"
            " CASE WHEN :published THEN now() - CAST(:age AS interval) END) RETURNING id"
        ),
        {"age": age, "published": published},
    ).scalar_one()
    db.commit()
    return made


def key_row(db: Session, *, age: str) -> str:
    """A committed idempotency record of that age."""
    key = uuid.uuid4().hex
    db.execute(
        text(
            "INSERT INTO idempotency_keys (scope, key, fingerprint, created_at)"
            " VALUES ('scope', :key, '', now() - CAST(:age AS interval))"
        ),
        {"key": key, "age": age},
    )
    db.commit()
    return key


def metrics(printed: str) -> dict[str, Any]:
    """The values of the one EMF document that was printed."""
    documents = [json.loads(line) for line in printed.splitlines() if "CloudWatchMetrics" in line]
    assert len(documents) == 1
    return {name: value[0] for name, value in documents[0].items() if isinstance(value, list)}


def test_events_that_a_crash_left_behind_reach_the_bus_once(db: Session, aws: Cloud) -> None:
    left = [event_row(db, age="1 minute") for _ in range(12)]
    assert handler(EVENT, Context())["swept"] == 12
    assert {event["detail"]["id"] for event in aws.published()} == {str(event_id) for event_id in left}
    assert handler(EVENT, Context())["swept"] == 0
    assert aws.published() == []


def test_events_that_are_just_being_sent_are_left_to_their_sender(db: Session, aws: Cloud) -> None:
    event_row(db, age="1 second")
    assert handler(EVENT, Context())["swept"] == 0


def test_the_age_of_what_the_bus_does_not_take_is_told(
    db: Session, aws: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    event_row(db, age="10 minutes")
    old = event_row(db, age="20 days", published=True)
    events = boto3.client("events")
    events.remove_targets(Rule="everything", EventBusName=BUS, Ids=["queue"])
    events.delete_rule(Name="everything", EventBusName=BUS)
    events.delete_event_bus(Name=BUS)
    outcome = handler(EVENT, Context())
    told = metrics(capsys.readouterr().out)
    assert outcome["swept"] == told["OutboxEventsSwept"] == 0
    assert 600 <= told["OutboxOldestUnpublished"] < 660
    db.rollback()
    assert db.get(OutboxEvent, old) is None, "forgetting goes on while the bus is away"


def test_published_events_are_forgotten_after_two_weeks_and_unpublished_ones_never(db: Session, aws: Cloud) -> None:
    old = event_row(db, age="15 days", published=True)
    recent = event_row(db, age="13 days", published=True)
    events = boto3.client("events")
    waiting = event_row(db, age="30 days")
    events.remove_targets(Rule="everything", EventBusName=BUS, Ids=["queue"])
    events.delete_rule(Name="everything", EventBusName=BUS)
    events.delete_event_bus(Name=BUS)
    assert handler(EVENT, Context())["events_forgotten"] == 1
    db.rollback()
    assert db.get(OutboxEvent, old) is None
    assert set(db.scalars(select(OutboxEvent.id))) == {recent, waiting}


def test_idempotency_keys_are_forgotten_when_they_replay_no_more(db: Session, aws: Cloud) -> None:
    key_row(db, age="25 hours")
    kept = key_row(db, age="23 hours")
    assert handler(EVENT, Context())["keys_forgotten"] == 1
    db.rollback()
    assert list(db.scalars(select(IdempotencyKey.key))) == [kept]
    assert idempotency_keys.STORED_HOURS == STORED_HOURS


def test_much_is_forgotten_in_batches_up_to_the_limit_of_a_run(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 3)
    monkeypatch.setattr(sweeping, "MAX_BATCHES", 2)
    for _ in range(8):
        key_row(db, age="2 days")
    assert [handler(EVENT, Context())["keys_forgotten"] for _ in range(3)] == [6, 2, 0]


def test_old_events_are_found_through_the_primary_key(db: Session, aws: Cloud) -> None:
    db.execute(
        text(
            "INSERT INTO outbox_events (id, source, type, payload, correlation_id, published_at)"
            " SELECT uuidv7(make_interval(mins => -n)), 's', 't', '{}', 'c', now() FROM generate_series(1, 5000) n"
        )
    )
    db.commit()
    db.execute(text("ANALYZE outbox_events"))
    statement = outbox_events._DELETE_PUBLISHED % {"days": "14", "batch": "1000"}
    plan = "\n".join(db.scalars(text(f"EXPLAIN {statement}")))
    assert "Seq Scan on outbox_events" not in plan.split("Limit")[1]
    assert "pk_outbox_events" in plan
