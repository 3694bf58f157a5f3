"""Giving back what was reserved and never bought, and forgetting guests' carts whose time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.ordering.repository import carts, checkouts
from shared import outbox
from shared.clients import database
from shared.log import logger
from shared.transactions import orders

CARTS_PER_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Expired:
    """What one run did."""

    checkouts: int
    failures: int
    carts: int


def expire(has_time: Callable[[], bool]) -> Expired:
    """Expire every checkout whose time is over, then delete ended carts, for as long as `has_time` says so.

    Two runs at once share the work: each takes what the other has not locked.
    """
    done, failed = _expire_checkouts(has_time)
    return Expired(done, failed, _delete_carts(has_time))


def _expire_checkouts(has_time: Callable[[], bool]) -> tuple[int, int]:
    """A transaction each, so that one that fails stops no other; it is left for the next run."""
    done = 0
    failed: list[UUID] = []
    while has_time():
        checkout_id: UUID | None = None
        try:
            with outbox.unit_of_work() as connection:
                checkout_id = checkouts.lock_next_lapsed(connection, except_for=failed)
                if checkout_id is None:
                    break
                orders.expire(connection, checkout_id)
            done += 1
        except Exception:
            if checkout_id is None:
                raise  # it is not about one checkout
            logger().exception("checkout could not be expired", extra={"checkout_id": str(checkout_id)})
            failed.append(checkout_id)
    return done, len(failed)


def _delete_carts(has_time: Callable[[], bool]) -> int:
    total = 0
    while has_time():
        with database.transaction() as connection:
            deleted = carts.delete_ended(connection, batch=CARTS_PER_BATCH)
        total += deleted
        if deleted < CARTS_PER_BATCH:
            break
    return total
