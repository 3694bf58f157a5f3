"""The EventBridge bus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shared.clients import aws_json

MAX_ENTRIES = 10  # of one PutEvents call (EventBridge quota)


class Entry(NamedTuple):
    """One event as EventBridge takes it: who says it, what it is, and the JSON document."""

    source: str
    detail_type: str
    detail: str


def put(bus_name: str, entries: Sequence[Entry]) -> list[bool]:
    """Put up to MAX_ENTRIES events on the bus; tells for each whether the bus took it.

    PutEvents answers 200 also when it refused some entries: what it refused is read entry by entry.
    """
    put = [
        {"EventBusName": bus_name, "Source": entry.source, "DetailType": entry.detail_type, "Detail": entry.detail}
        for entry in entries
    ]
    answer = aws_json.service("events").call("PutEvents", {"Entries": put})
    return ["ErrorCode" not in result and bool(result.get("EventId")) for result in answer["Entries"]]
