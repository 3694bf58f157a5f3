"""Lists by rank are walked as they stood when their first page was read, at the `epoch` that a cursor holds.

What people do moves posts and comments up and down while others read. Triggers note the rank that each had before
(`rank_changes`), so that the pages behind the first go on by the ranks of then: nothing comes twice, and nothing is
missed (`docs/decisions/0059-feed.md`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from shared.clients.database import Connection

WALKED: Final = timedelta(hours=1)
"""So long a list can be walked after its first page was read."""
_KEPT: Final = 2 * WALKED

_WINDOW: Final = 2_000
"""Of more that moved since, behind one place, so many are looked at for one page."""

_SINCE: Final = "{move}.changed_at > %(epoch)s::timestamptz"
# Scalar subqueries are not pulled up into joins: a page asks of each of its rows by key, whatever has moved.
_FIRST: Final = f"""{_SINCE.format(move="m")} AND coalesce((
    SELECT false FROM rank_changes m0 WHERE m0.target_id = m.target_id AND {_SINCE.format(move="m0")}
        AND m0.changed_at < m.changed_at LIMIT 1), true)"""
UNMOVED: Final = f"""coalesce((
    SELECT false FROM rank_changes m WHERE m.target_id = {{target}} AND {_SINCE.format(move="m")} LIMIT 1), true)"""
"""What has its rank of then still. For `format`."""
MOVED_POSTS: Final = f"""
    SELECT w.value, p.id FROM (
        SELECT m.value, m.target_id FROM rank_changes m
        WHERE {{of}} AND (m.value, m.target_id) < (%(after)s::float8, %(after_id)s::uuid) AND {_FIRST}
        ORDER BY m.value DESC, m.target_id DESC LIMIT {_WINDOW}) w
    JOIN posts p ON p.id = w.target_id
    WHERE p.published_at <= %(epoch)s::timestamptz AND {{condition}}
    ORDER BY w.value DESC, w.target_id DESC LIMIT %(limit)s"""
"""Posts behind the place of a cursor that have another rank by now, with their ranks of then. For `format`: `of` says
in which list of `m`."""
RANKS_OF_THEN: Final = f"""
    SELECT DISTINCT ON (m.target_id) m.target_id, m.value FROM rank_changes m
    WHERE m.list_id = {{list_id}} AND {_SINCE.format(move="m")} ORDER BY m.target_id, m.changed_at"""
"""Of all in one list that have another rank by now. For `format`."""
_DELETE_OLD: Final = "DELETE FROM rank_changes WHERE changed_at < now() - %s::interval"


def delete_old(connection: Connection) -> None:
    """Delete what no cursor asks for any more."""
    connection.execute(_DELETE_OLD, (_KEPT,))
