"""Reminding customers of the carts that they left, once for what is in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from functions.ordering.repository import abandoned_carts
from functions.ordering.repository.abandoned_carts import NoticeRow
from shared import outbox
from shared.events import CartAbandoned, OrderLine

IDLE_FOR: Final = timedelta(hours=4)
TOO_OLD: Final = timedelta(days=3)
"""Who left so long ago (before such mails were sent, say) is not reminded any more."""
BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Noticed:
    """What one run did: carts found to be left alone, and customers reminded."""

    carts: int
    notices: int


def notice(has_time: Callable[[], bool]) -> Noticed:
    """Find the carts that were left alone since the last run, a batch a transaction. Two runs at once share them."""
    carts = notices = 0
    while has_time():
        with outbox.unit_of_work() as connection:
            left = abandoned_carts.claim(connection, idle=IDLE_FOR, batch=BATCH)
            told = abandoned_carts.note(connection, left, too_old=TOO_OLD) if left else []
            for row in told:
                outbox.record(connection, _event(row))
        carts += len(left)
        notices += len(told)
        if len(left) < BATCH:
            break
    return Noticed(carts, notices)


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
