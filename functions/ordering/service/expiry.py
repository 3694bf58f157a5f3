"""Expiry of unpaid checkouts, whose stock is released; deletion of expired guest carts, and of counts of networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.ordering.repository import carts, checkouts
from shared import outbox
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.catalog import network_counts
from shared.contexts.ordering import orders
from shared.log import logger

CARTS_PER_BATCH: Final = 500
NETWORKS_PER_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class ExpiryRun:
    """The numbers of one run."""

    checkouts: int
    failures: int
    carts: int


def expire(has_time: Callable[[], bool]) -> ExpiryRun:
    """Expire the checkouts whose reservation is over, then delete expired carts and the counts of networks that hold
    nothing any more, while `has_time`.

    Concurrent runs share the work: each takes what the other has not locked.
    """
    expired, failures = _expire_checkouts(has_time)
    deleted = _in_batches(has_time, carts.delete_expired, CARTS_PER_BATCH)
    _in_batches(has_time, network_counts.purge, NETWORKS_PER_BATCH)
    return ExpiryRun(expired, failures, deleted)


def _expire_checkouts(has_time: Callable[[], bool]) -> tuple[int, int]:
    """One transaction per checkout, so that a failure stops no other; the next run tries it again. It also tries again
    those of a cart that somebody changes at this moment.
    """
    expired = 0
    failed: list[UUID] = []
    postponed: list[UUID] = []
    while has_time():
        checkout_id: UUID | None = None
        try:
            with outbox.unit_of_work() as connection:
                checkout_id = checkouts.lock_next_expired(connection, except_for=failed + postponed)
                if checkout_id is None:
                    break
                orders.expire(connection, checkout_id)
            expired += 1
        except orders.CartBusyError:
            assert checkout_id is not None
            postponed.append(checkout_id)
        except Exception:
            if checkout_id is None:
                raise  # the failure is not that of one checkout
            logger().exception("checkout could not be expired", extra={"checkout_id": str(checkout_id)})
            failed.append(checkout_id)
    return expired, len(failed)


def _in_batches(has_time: Callable[[], bool], delete: Callable[[Connection, int], int], batch: int) -> int:
    """Delete what is due, a transaction per batch; returns how much it was."""
    total = 0
    while has_time():
        with database.transaction() as connection:
            deleted = delete(connection, batch)
        total += deleted
        if deleted < batch:
            break
    return total
