"""What wakes each function, by its sample in `events/`; `tests/infra/test_queues.py` compares it with the templates."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from tests.support import database_logins

ROOT = Path(__file__).resolve().parents[2]


class Trigger(Enum):
    """What a function can be woken by."""

    QUEUE = "aws:sqs"
    BUCKET = "aws:s3"
    SCHEDULE = "aws.scheduler"


def functions(trigger: Trigger) -> list[str]:
    """`context.handler` of every function that the trigger wakes."""
    names = [f"{path.parts[-3]}.{path.stem}" for path in ROOT.glob("functions/*/handlers/[!_]*.py")]
    return sorted(name for name in names if _source(sample(name)) == trigger.value)


def sample(function: str) -> dict[str, Any]:
    """The sample event of `context.handler`."""
    event: dict[str, Any] = json.loads((ROOT / "events" / f"{function.replace('.', '/')}.json").read_text())
    return event


def handler(function: str) -> Callable[[dict[str, Any], Any], Any]:
    """The entry point of `context.handler`, with its role logged in to the database."""
    context, _, name = function.partition(".")
    entry_point: Callable[[dict[str, Any], Any], Any]
    entry_point = importlib.import_module(f"functions.{context}.handlers.{name}").handler
    database_logins.log_in_for(entry_point)
    return entry_point


def _source(event: dict[str, Any]) -> str | None:
    [record, *_] = event.get("Records", [event])
    source: str | None = record.get("eventSource", record.get("source"))
    return source
