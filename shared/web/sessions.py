"""Database dependencies of routes: a transaction for what writes, autocommit for what only reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends

from shared import outbox
from shared.clients import database
from shared.clients.database import Connection


async def _transaction() -> AsyncIterator[Connection]:
    with outbox.unit_of_work() as connection:
        yield connection


async def _reader() -> Connection:
    return database.connection()


Transaction = Annotated[Connection, Depends(_transaction, scope="function")]
"""One transaction per request. Function scope: it commits before the answer leaves, so a failed commit is a 500."""

Reader = Annotated[Connection, Depends(_reader)]
"""The connection in autocommit: one round trip per statement."""
