"""Reminders of abandoned carts, one for each cart and contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from functions.ordering.repository import abandoned_carts
from functions.ordering.repository.abandoned_carts import NoticeRow
from shared import outbox
from shared.contexts.ordering.events import CartAbandoned, OrderLine

IDLE_FOR: Final = timedelta(hours=4)
TOO_OLD: Final = timedelta(days=3)
"""Carts that were abandoned longer ago (before such mails were sent, say) get no reminder."""
BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class AbandonedCartRun:
    """The numbers of one run: carts marked as abandoned, and notices recorded."""

    carts: int
    notices: int


def notice(has_time: Callable[[], bool]) -> AbandonedCartRun:
    """Mark the carts that were abandoned since the last run, a batch per transaction. Concurrent runs share them."""
    carts = notices = 0
    while has_time():
        with outbox.unit_of_work() as connection:
            abandoned = abandoned_carts.claim(connection, idle=IDLE_FOR, batch=BATCH)
            rows = abandoned_carts.record_notices(connection, abandoned, too_old=TOO_OLD) if abandoned else []
            for row in rows:
                outbox.record(connection, _event(row))
        carts += len(abandoned)
        notices += len(rows)
        if len(abandoned) < BATCH:
            break
    return AbandonedCartRun(carts, notices)


def _event(row: NoticeRow) -> CartAbandoned:
    lines = [OrderLine(**line) for line in row.lines]
    return CartAbandoned(
        cart_id=row.cart_id,
        user_id=row.user_id,
        email=row.email,
        language=row.language,
        currency=row.currency,
        total_amount=sum(line.quantity * line.unit_amount for line in lines),
        lines=lines,
    )
