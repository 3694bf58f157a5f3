"""The transactional outbox: events are rows of the transaction that causes them, and are put on the bus afterwards.

The invocation that committed them sends them at once; what a crash or a refusing bus left behind, the sweeper of
`operations` sends. An event may be sent twice, never lost: consumers are idempotent on its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import namedtuple_row

from shared import correlation, publishing, settings
from shared.clients import bus, database
from shared.clients.database import Connection
from shared.log import logger
from shared.pause import Pause

if TYPE_CHECKING:  # pydantic is not for those who only sweep
    from shared.events import DomainEvent

SWEEP_AFTER_SECONDS = 15
"""Older unsent rows belong to an invocation that is gone (the sending itself takes milliseconds)."""
BUS_PAUSE_SECONDS = 5.0
"""After the bus did not answer, this process leaves its events to the sweeper for so long: no caller waits for it."""

_bus_pause = Pause(BUS_PAUSE_SECONDS)
_recorded: ContextVar[list[UUID] | None] = ContextVar("recorded_events", default=None)


class _Row(NamedTuple):
    id: UUID
    source: str
    type: str
    payload: dict[str, object]
    correlation_id: str
    created_at: datetime


@contextmanager
def unit_of_work() -> Iterator[Connection]:
    """One transaction at the edge; after its commit, the events recorded in it are put on the bus.

    A bus that refuses does not fail the work that is already committed: the sweeper sends what is left.
    """
    recorded: list[UUID] = []
    token = _recorded.set(recorded)
    try:
        with database.transaction() as connection:
            yield connection
    finally:
        _recorded.reset(token)
    if recorded and not publishing.postpone(recorded):
        publish(recorded)


def record(connection: Connection, event: DomainEvent) -> UUID:
    """Write the event into the outbox, in the transaction that `connection` is in; returns the event's id."""
    row = connection.execute(
        "INSERT INTO outbox_events (source, type, payload, correlation_id) VALUES (%s, %s, %s, %s) RETURNING id",
        (event.source, event.detail_type(), event.model_dump_json(), correlation.current()),
    ).fetchone()
    assert row is not None
    event_id: UUID = row["id"]
    recorded = _recorded.get()
    if recorded is not None:
        recorded.append(event_id)
    return event_id


def record_all(connection: Connection, events: Sequence[DomainEvent]) -> None:
    """Write many events of one type at once, as `record` writes one."""
    if not events:
        return
    first = events[0]
    rows = connection.execute(
        "INSERT INTO outbox_events (source, type, payload, correlation_id)"
        " SELECT %s, %s, payload, %s FROM unnest(%s::jsonb[]) AS payload RETURNING id",
        (
            first.source,
            first.detail_type(),
            correlation.current(),
            [event.model_dump_json() for event in events],
        ),
    )
    recorded = _recorded.get()
    if recorded is not None:
        recorded += [row["id"] for row in rows]


def sweep(*, older_than_seconds: float = SWEEP_AFTER_SECONDS, batch: int = bus.MAX_ENTRIES) -> int:
    """Send what was left behind, a batch a transaction, until nothing is left or the bus refuses; returns how many."""
    total = 0
    while True:
        with database.transaction() as connection:
            with connection.cursor(row_factory=namedtuple_row) as cursor:
                rows = cursor.execute(
                    "SELECT id, source, type, payload, correlation_id, created_at FROM outbox_events"
                    " WHERE published_at IS NULL AND created_at <= now() - make_interval(secs => %s)"
                    " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                    (older_than_seconds, batch),
                ).fetchall()
            sent = _send(connection, [_Row(*row) for row in rows])
        total += sent
        if sent < len(rows):
            logger().error("the bus refused events", extra={"refused": len(rows) - sent})
            return total
        if len(rows) < batch:
            return total


def publish(ids: Sequence[UUID]) -> None:
    """Put committed events on the bus; what it does not take now is left to the sweeper."""
    if _bus_pause.is_running:
        logger().warning("events left to the sweeper", extra={"events": len(ids)})
        return
    try:
        connection = database.connection()
        with connection.cursor(row_factory=namedtuple_row) as cursor:
            rows = cursor.execute(
                "SELECT id, source, type, payload, correlation_id, created_at FROM outbox_events"
                " WHERE id = ANY(%s) AND published_at IS NULL ORDER BY id",
                (list(ids),),
            ).fetchall()
        sent = _send(connection, [_Row(*row) for row in rows])
        if sent < len(rows):
            logger().warning("events left to the sweeper", extra={"refused": len(rows) - sent})
    except Exception:  # the work is committed; whatever failed here, the sweeper makes good
        _bus_pause.start()
        logger().warning("events left to the sweeper", exc_info=True)


def _send(connection: Connection, rows: Sequence[_Row]) -> int:
    """Put rows on the bus and mark those that it took; returns how many it took."""
    taken: list[UUID] = []
    for start in range(0, len(rows), bus.MAX_ENTRIES):
        chunk = rows[start : start + bus.MAX_ENTRIES]
        accepted = bus.put(settings.common().event_bus_name, [_entry(row) for row in chunk])
        taken += [row.id for row, ok in zip(chunk, accepted, strict=True) if ok]
    if taken:
        connection.execute("UPDATE outbox_events SET published_at = now() WHERE id = ANY(%s)", (taken,))
    return len(taken)


def _entry(row: _Row) -> bus.Entry:
    detail = {
        "id": row.id,
        "type": row.type,
        "occurred_at": row.created_at,
        "correlation_id": row.correlation_id,
        "data": row.payload,
    }
    return bus.Entry(row.source, row.type, orjson.dumps(detail, option=orjson.OPT_UTC_Z).decode())
