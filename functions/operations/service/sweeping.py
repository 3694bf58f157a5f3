"""The outbox's second sender, and the end of what is kept for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from functions.operations.repository import idempotency_keys, outbox_events
from functions.operations.service import error_log, web_vitals
from shared import outbox
from shared.clients.database import Connection
from shared.log import logger

BATCH: Final = 1_000
MAX_BATCHES: Final = 20
"""Of one run. What a busy day leaves is forgotten over some runs, none of which comes near its time-out."""


class Sweep(NamedTuple):
    """Events sent now, seconds that the oldest unsent one waits; events, idempotency keys, errors and counts of vitals
    deleted.
    """

    swept: int
    oldest_seconds: int
    events_forgotten: int
    keys_forgotten: int
    errors_deleted: int
    vitals_deleted: int


def sweep(connection: Connection) -> Sweep:
    """One run. A bus that cannot be reached must not keep old rows, nor the number that tells of it."""
    try:
        swept = outbox.sweep()
    except Exception:
        logger().exception("the bus could not be reached")
        swept = 0
    return Sweep(
        swept=swept,
        oldest_seconds=outbox_events.oldest_unpublished_seconds(connection),
        events_forgotten=_in_batches(lambda: outbox_events.delete_published(connection, BATCH)),
        keys_forgotten=_in_batches(lambda: idempotency_keys.delete_old(connection, BATCH)),
        errors_deleted=_in_batches(lambda: error_log.delete_old(connection, BATCH)),
        vitals_deleted=_in_batches(lambda: web_vitals.delete_old(connection, BATCH)),
    )


def _in_batches(forget: Callable[[], int]) -> int:
    """Every batch is a transaction of its own (the connection is in autocommit): locks are short."""
    total = 0
    for _ in range(MAX_BATCHES):
        forgotten = forget()
        total += forgotten
        if forgotten < BATCH:
            break
    return total
