"""All SQL of operations, but the seed's."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection

PUBLISHED_EVENTS_KEPT_DAYS: Final = 14
IDEMPOTENCY_KEYS_KEPT_HOURS: Final = 24
"""http.md; what `shared.web.idempotency` (which a worker does not import) replays."""

_OLDEST_UNPUBLISHED: Final = """
SELECT coalesce(extract(epoch FROM now() - created_at), 0)::int AS age FROM outbox_events
WHERE published_at IS NULL ORDER BY id LIMIT 1
"""

# Ids are UUIDv7: in the order of time. So the primary key finds the old ones, and no other index is needed. The
# sub-select makes PostgreSQL compute the boundary once.
# Arrays and CTEs, not IN: a subquery there may be run once for each row that it is compared with, and then its LIMIT is
# none.
_FORGET_PUBLISHED: Final = """
DELETE FROM outbox_events WHERE id = ANY(ARRAY(
    SELECT id FROM outbox_events
    WHERE id < (SELECT uuidv7(make_interval(days => -%(days)s)))
      AND published_at < now() - make_interval(days => %(days)s)
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""

_FORGET_KEYS: Final = """
WITH due AS MATERIALIZED (
    SELECT scope, key FROM idempotency_keys WHERE created_at < now() - make_interval(hours => %(hours)s)
    ORDER BY created_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
DELETE FROM idempotency_keys k USING due WHERE (k.scope, k.key) = (due.scope, due.key)
"""


def answers(connection: Connection) -> None:
    """Raises where the database does not."""
    connection.execute("SELECT 1")


def oldest_unpublished_seconds(connection: Connection) -> int:
    """How long the oldest event waits for the bus; 0 where none does."""
    row = connection.execute(_OLDEST_UNPUBLISHED).fetchone()
    return int(row["age"]) if row else 0


def forget_published_events(connection: Connection, batch: int) -> int:
    """Delete up to `batch` old published events; returns how many."""
    return connection.execute(_FORGET_PUBLISHED, {"days": PUBLISHED_EVENTS_KEPT_DAYS, "batch": batch}).rowcount


def forget_idempotency_keys(connection: Connection, batch: int) -> int:
    """Delete up to `batch` keys that no longer replay anything; returns how many."""
    return connection.execute(_FORGET_KEYS, {"hours": IDEMPOTENCY_KEYS_KEPT_HOURS, "batch": batch}).rowcount
