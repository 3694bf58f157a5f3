"""PostgreSQL through psycopg: one connection per Lambda environment, opened in INIT or on first use.

Reads run in autocommit (one round trip per statement); writes run in `transaction()`. Settings that would pin an RDS
Proxy session (server-side prepared statements, SET) are not used: limits are set on the database role.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg.rows import DictRow, dict_row

from shared import process, settings

Connection: TypeAlias = psycopg.Connection[DictRow]

CONNECT_TIMEOUT_SECONDS = 5

_connection: Connection | None = None


def connection() -> Connection:
    """This environment's connection, in autocommit. Opened anew when the server has closed it meanwhile.

    Raises psycopg.OperationalError when the database cannot be reached.
    """
    global _connection  # noqa: PLW0603 - one connection per process is the point
    if _connection is None or _is_dead(_connection):
        close()
        _connection = _connect()
    return _connection


def close() -> None:
    """Close the connection (before a snapshot, after a failure); the next use opens another."""
    global _connection  # noqa: PLW0603
    if _connection is not None:
        _connection.close()
        _connection = None


process.on_reset(close, before_snapshot=True)


def _release() -> None:
    """Close the connection where the database pauses: it does so only while nobody is connected."""
    if _connection is not None and settings.common().database_pauses:
        close()


process.on_end(_release)


@contextmanager
def transaction() -> Iterator[Connection]:
    """One transaction: committed at the end of the block, rolled back when it raises (also when the commit fails)."""
    open_connection = connection()
    with open_connection.transaction():
        yield open_connection


def address() -> str:
    """The database's URL with the password in it, for tools that make connections of their own (migrations)."""
    configuration = settings.common()
    if configuration.database_auth != "iam":
        return configuration.database_url
    parts = urlsplit(configuration.database_url)
    user, _, host = parts.netloc.rpartition("@")
    password = quote(_iam_token(configuration.database_url), safe="")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:{password}@{host}"))


def _is_dead(candidate: Connection) -> bool:
    """An idle connection with something to read was closed by the server: told without a round trip."""
    if candidate.closed or candidate.broken:
        return True
    if candidate.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        return False
    readable, _, _ = select.select([candidate.fileno()], [], [], 0)
    return bool(readable)


def _connect() -> Connection:
    configuration = settings.common()
    # A URL may ask for more patience: a database that pauses takes 15 seconds to wake up.
    patient = "connect_timeout=" in configuration.database_url
    options: dict[str, Any] = {} if patient else {"connect_timeout": CONNECT_TIMEOUT_SECONDS}
    if configuration.database_auth == "iam":
        options["password"] = _iam_token(configuration.database_url)
    return psycopg.connect(
        configuration.database_url,
        autocommit=True,
        prepare_threshold=None,
        row_factory=dict_row,
        application_name=configuration.service,
        **options,
    )


def _iam_token(url: str) -> str:
    """A 15-minute password signed with the function's role (RDS IAM authentication); no network call."""
    from shared.clients import aws_signature

    parts = urlsplit(url)
    return aws_signature.database_token(
        host=parts.hostname or "", port=parts.port or 5432, user=parts.username or "", region=os.environ["AWS_REGION"]
    )
