"""Connections of the code under test that outlive a test.

A new connection is a new process of PostgreSQL, which reads the catalog about every table again: that takes longer than
what most tests do with it. So a connection that the code closes while it is in order is kept, cleared of its session's
state, for the next one who logs in as the same role from this process.
"""

from __future__ import annotations

import os
import select
from collections import defaultdict

import psycopg

from shared import settings
from shared.clients import database
from shared.clients.database import Connection

_Login = tuple[int, str, str]
"""Process (a forked one does not share the sockets of its parent), URL of the database, and name of the application."""

_connect = database._connect
_kept: dict[_Login, list[Connection]] = defaultdict(list)


def connect() -> Connection:
    """A kept connection, or a new one which is kept when it is closed."""
    configuration = settings.common()
    login = (os.getpid(), configuration.database_url, configuration.service)
    while _kept[login]:
        kept = _kept[login].pop()
        if _is_usable(kept):
            return kept
    made = _connect()
    end = made.close

    def keep() -> None:
        if login[0] == os.getpid() and _is_usable(made):
            made.pgconn.exec_(b"DISCARD ALL")  # not by a cursor: tests count what those send
            _kept[login].append(made)
        else:
            end()

    made.close = keep  # type: ignore[method-assign]
    return made


def close() -> None:
    """Close all that are kept."""
    for connections in _kept.values():
        for one in connections:
            psycopg.Connection.close(one)
    _kept.clear()


def _is_usable(candidate: Connection) -> bool:
    """Whether it is idle, and the server has not closed it."""
    if candidate.closed or candidate.broken:
        return False
    if candidate.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        return False
    readable, _, _ = select.select([candidate.fileno()], [], [], 0)
    return not readable
