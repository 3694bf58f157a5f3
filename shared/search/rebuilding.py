"""Rebuilding a search index, in batches of a transaction each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from shared.clients import database
from shared.clients.database import Connection

BATCH: Final = 200


class IndexNext(Protocol):
    """Indexes the next rows by id, in the caller's transaction; answers their ids, none at the end."""

    def __call__(self, connection: Connection, *, after: UUID | None, limit: int) -> list[UUID]: ...


class Rebuild(NamedTuple):
    """How many rows were indexed; the id to go on after, None where all are done."""

    indexed: int
    next: UUID | None


def rebuild(index_next: IndexNext, after: UUID | None, has_time: Callable[[], bool], *, batch: int = BATCH) -> Rebuild:
    """Index the rows behind `after`, until all are done or the time is over; at least one batch."""
    indexed = 0
    while True:
        with database.transaction() as connection:
            done = index_next(connection, after=after, limit=batch)
        indexed += len(done)
        if not done:
            return Rebuild(indexed, None)
        after = done[-1]
        if not has_time():
            return Rebuild(indexed, after)
