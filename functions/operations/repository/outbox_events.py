"""SQL of the outbox as it is swept. `shared.outbox` writes it."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection

PUBLISHED_EVENTS_KEPT_DAYS: Final = 14

_OLDEST_UNPUBLISHED: Final = """
SELECT coalesce(extract(epoch FROM now() - created_at), 0)::int AS age FROM outbox_events
WHERE published_at IS NULL ORDER BY id LIMIT 1
"""

# Ids are UUIDv7: in the order of time. So the primary key finds the old ones, and no other index is needed. The
# sub-select makes PostgreSQL compute the boundary once.
# An array, not IN: a subquery there may be run once for each row that it is compared with, and then its LIMIT is none.
_DELETE_PUBLISHED: Final = """
DELETE FROM outbox_events WHERE id = ANY(ARRAY(
    SELECT id FROM outbox_events
    WHERE id < (SELECT uuidv7(make_interval(days => -%(days)s)))
      AND published_at < now() - make_interval(days => %(days)s)
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""


def oldest_unpublished_seconds(connection: Connection) -> int:
    """How long the oldest event waits for the bus; 0 where none does."""
    row = connection.execute(_OLDEST_UNPUBLISHED).fetchone()
    return int(row["age"]) if row else 0


def delete_published(connection: Connection, batch: int) -> int:
    """Delete up to `batch` old published events; returns how many."""
    return connection.execute(_DELETE_PUBLISHED, {"days": PUBLISHED_EVENTS_KEPT_DAYS, "batch": batch}).rowcount
