"""The public halves of the keys that sign access tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from psycopg.types.json import Jsonb

from shared.clients.database import Connection

_ROTATION_LOCK: Final = 7_351_001
"""Any number that no other advisory lock of this database has."""


def lock_rotation(connection: Connection) -> None:
    """Wait for other rotations to finish, and block them until this transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ROTATION_LOCK,))


def publish(connection: Connection, keys: Sequence[Mapping[str, Any]]) -> None:
    """Publish these public JWKs for verification, without an end."""
    for key in keys:
        connection.execute(
            "INSERT INTO signing_keys (kid, public_jwk) VALUES (%s, %s)"
            " ON CONFLICT (kid) DO UPDATE SET retired_at = NULL",
            (key["kid"], Jsonb(dict(key))),
        )


def retire_others(connection: Connection, key_ids: Sequence[str], *, after_seconds: int) -> int:
    """Let every other key verify for `after_seconds` more (those retired already keep their end); returns how many."""
    return connection.execute(
        "UPDATE signing_keys SET retired_at = now() + make_interval(secs => %s)"
        " WHERE retired_at IS NULL AND kid <> ALL(%s)",
        (after_seconds, list(key_ids)),
    ).rowcount


def delete_retired(connection: Connection) -> int:
    """Remove the keys whose end has come; returns how many."""
    return connection.execute("DELETE FROM signing_keys WHERE retired_at < now()").rowcount
