"""SQL that ends idempotency keys. `shared.web.idempotency` writes and replays them."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection

STORED_HOURS: Final = 24
"""As `shared.web.idempotency` (which a worker does not import) has it."""

# A CTE, not IN: a subquery there may be run once for each row that it is compared with, and then its LIMIT is none.
_DELETE: Final = """
WITH due AS MATERIALIZED (
    SELECT scope, key FROM idempotency_keys WHERE created_at < now() - make_interval(hours => %(hours)s)
    ORDER BY created_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
DELETE FROM idempotency_keys k USING due WHERE (k.scope, k.key) = (due.scope, due.key)
"""


def delete_old(connection: Connection, batch: int) -> int:
    """Delete up to `batch` keys that no longer replay anything; returns how many."""
    return connection.execute(_DELETE, {"hours": STORED_HOURS, "batch": batch}).rowcount
