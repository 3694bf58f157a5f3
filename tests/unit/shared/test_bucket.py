"""Notifications of buckets, in the forms that S3 sends them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from shared.bucket import ArrivedObject, bucket_worker
from tests.support.lambda_client import Context


class Arrivals:
    """A worker that notes what arrives; keys that are not its own are noted as foreign."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.foreign: list[str] = []
        self.handler = bucket_worker(
            r"in/([0-9a-f-]{36})\.csv",
            self._note,
            answer="read",
            failure="it failed",
            foreign=lambda bucket, key: self.foreign.append(f"{bucket} {key}"),
        )

    def _note(self, arrived: ArrivedObject) -> dict[str, Any]:
        self.seen.append(str(arrived.id))
        return {"key": arrived.key}


def record(key: str) -> dict[str, Any]:
    return {"s3": {"bucket": {"name": "shop"}, "object": {"key": key}}}


def test_each_object_is_handled_and_foreign_ones_are_told_apart() -> None:
    arrivals, number = Arrivals(), uuid.UUID(int=7)
    answer = arrivals.handler({"Records": [record(f"in/{number}.csv"), record("in/a+b%2Bc.txt")]}, Context())
    assert (arrivals.seen, arrivals.foreign) == ([str(number)], ["shop in/a b+c.txt"])
    assert answer == {"read": [{"key": f"in/{number}.csv"}]}


def test_the_question_whether_notifications_come_through_is_answered_with_nothing() -> None:
    arrivals = Arrivals()
    event = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "shop", "RequestId": "5582815E1AEA5ADF"}
    assert arrivals.handler(event, Context()) == {"read": []}


def test_an_event_of_another_form_is_not_taken_for_none() -> None:
    """It would be lost: raised, it is kept."""
    with pytest.raises(KeyError):
        Arrivals().handler({"detail-type": "Object Created", "detail": {"object": {"key": "in/x"}}}, Context())
