"""Rebuilds the search index of posts, in batches of a transaction each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple
from uuid import UUID

from shared.clients import database
from shared.contexts.community import post_index

BATCH: Final = 200


class Rebuild(NamedTuple):
    """How many products were indexed; the id to go on after, None where all are done."""

    indexed: int
    next: UUID | None


def rebuild(after: UUID | None, has_time: Callable[[], bool], *, batch: int = BATCH) -> Rebuild:
    """Index the posts behind `after`, until all are done or the time is over; at least one batch."""
    indexed = 0
    while True:
        with database.transaction() as connection:
            done = post_index.rebuild(connection, after=after, limit=batch)
        indexed += len(done)
        if not done:
            return Rebuild(indexed, None)
        after = done[-1]
        if not has_time():
            return Rebuild(indexed, after)
