"""Signals: events of the platform that no transaction causes, put on the bus at once and without the database.

Domain events are rows of the transaction that causes them (`shared.outbox`). That an error happened, or that somebody
is there, is true whether or not a transaction commits, and must be told when the database is away as well. Whoever
sends a signal never fails for it, and waits for the bus for TIMEOUT_SECONDS twice at most. What the bus did not take
waits in memory for the end of a later invocation of the process.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from datetime import UTC, datetime
from functools import cache
from typing import Final

from shared import correlation, process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from shared.clients.aws_json import Service

SOURCE: Final = "sharestack.platform"
"""Functions may put only this source on the bus, unless they record domain events (`infra/constructs`)."""
TIMEOUT_SECONDS: Final = 0.5
PAUSE_SECONDS: Final = 30.0
"""After the bus did not take a signal, nobody waits for it for so long."""
MOST_WAITING: Final = 100
_MOST_ENTRIES: Final = 10  # of one PutEvents call (EventBridge quota)

clock = time.monotonic

_waiting: list[dict[str, str]] = []
_paused_until: list[float] = []
process.on_reset(_waiting.clear, before_snapshot=True)
process.on_reset(_paused_until.clear, before_snapshot=True)


def send(detail_type: str, data: Mapping[str, Any], *, keep: bool = True) -> bool:
    """Put a signal on the bus; whether it took it. What it did not take waits, unless `keep` says otherwise.

    False where the process knows of no bus.
    """
    if not os.environ.get("EVENT_BUS_NAME"):
        return False
    entry = _entry(detail_type, data)
    _waiting.append(entry)
    flush()
    taken = not any(one is entry for one in _waiting)
    if not taken and not keep:
        _waiting[:] = [one for one in _waiting if one is not entry]
    return taken


def flush() -> None:
    """Put what waits on the bus."""
    if not _waiting or (_paused_until and clock() < _paused_until[0]):
        return
    try:
        while _waiting:
            _put(_waiting[:_MOST_ENTRIES])
            del _waiting[:_MOST_ENTRIES]
        _paused_until.clear()
    except Exception as error:
        _paused_until[:] = [clock() + PAUSE_SECONDS]
        lost = max(0, len(_waiting) - MOST_WAITING)
        del _waiting[:lost]
        tell(error, lost)


process.on_end(flush)


def _entry(detail_type: str, data: Mapping[str, Any]) -> dict[str, str]:
    envelope = {
        "id": str(uuid.uuid4()),
        "type": detail_type,
        "occurred_at": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "correlation_id": correlation.current(),
        "data": data,
    }
    return {
        "EventBusName": os.environ["EVENT_BUS_NAME"],
        "Source": SOURCE,
        "DetailType": detail_type,
        "Detail": json.dumps(envelope, default=str),
    }


def _put(entries: list[dict[str, str]]) -> None:
    answer = _bus().call("PutEvents", {"Entries": entries})
    # What the bus refuses for good must not keep all others waiting. One that it took twice has the same id.
    for result in answer["Entries"]:
        code = str(result.get("ErrorCode") or "")
        if "Throttl" in code or "Internal" in code:
            raise RuntimeError(code)


@cache
def _bus() -> Service:
    """Apart from the client that sends domain events: that one is given more time."""
    from shared.clients import aws_json

    return aws_json.Service("events", target="AWSEvents", version="1.1", timeout=TIMEOUT_SECONDS)


process.on_reset(_bus.cache_clear, before_snapshot=True)


def tell(error: Exception, lost: int) -> None:
    """Log that signals are not told, in one line in the shape of the logger's, whose import the ingest does without."""
    line = {
        "level": "WARNING",
        "message": "signals not put on the bus",
        "service": os.environ.get("SERVICE"),
        "error": f"{type(error).__name__}: {error}",
        "waiting": len(_waiting),
        "lost": lost,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
