"""When committed events are put on the bus: at once, or together with those of the units of work around them.

Apart from the outbox, whose imports those who publish nothing need not pay for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

MAX_POSTPONED: Final = 100
"""So many committed events are published without waiting for the end of the block: a job that commits thousands
neither holds them in memory nor publishes them all when its time is nearly over."""

_postponed: ContextVar[list[UUID] | None] = ContextVar("postponed_events", default=None)


@contextmanager
def published_together() -> Iterator[None]:
    """What the units of work of the block commit is put on the bus at its end, all at once, also where it raises.

    For batches and jobs: a call to the bus per record would cost more than most records do.
    """
    postponed: list[UUID] = []
    token = _postponed.set(postponed)
    try:
        yield
    finally:
        _postponed.reset(token)
        _publish(postponed)


def postpone(event_ids: Sequence[UUID]) -> bool:
    """Leave committed events to the end of the block; False outside of a block, where the caller has to publish."""
    postponed = _postponed.get()
    if postponed is None:
        return False
    postponed += event_ids
    if len(postponed) >= MAX_POSTPONED:
        _publish(postponed)
        postponed.clear()
    return True


def _publish(event_ids: Sequence[UUID]) -> None:
    if event_ids:
        from shared import outbox

        outbox.publish(event_ids)
