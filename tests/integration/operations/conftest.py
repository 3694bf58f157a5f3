"""The error log as its parts see it: what reports an error, the worker that counts it, the administrator."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler
from functions.operations.handlers.on_error_reported import handler as on_error_reported
from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.fixture
def admin(aws: Cloud, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return LambdaClient(handler, headers=signing_key.authorization(identity.user(db, Role.ADMIN)))


def records(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What a queue of these events hands to its worker."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "receiptHandle": "x",
                "body": json.dumps(event),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
            }
            for number, event in enumerate(events)
        ]
    }


@pytest.fixture
def deliver(aws: Cloud) -> Callable[[], list[dict[str, Any]]]:
    """Lets the worker count every error on the bus; returns the events."""

    def run() -> list[dict[str, Any]]:
        events = aws.signals("ErrorReported")
        assert on_error_reported(records(events), Context()) == {"batchItemFailures": []}
        return events

    return run
