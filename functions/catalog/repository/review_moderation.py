"""Reviews as moderators and the shop see them: hidden or published with a reason, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from functions.catalog.repository.reviews import COLUMNS, ReviewRow
from shared.clients.database import Connection


class QueuedRow(NamedTuple):
    """A review as moderators see it, and what became of it so far (JSON, newest first)."""

    review: ReviewRow
    product_name: str
    product_slug: str
    moderations: list[dict[str, Any]]


class PreviousReply(NamedTuple):
    """A review that has been answered, or is answered no more; the reply that it had before."""

    reply: str | None


_QUEUE: Final = sql.SQL("""
SELECT {columns}, p.name, p.slug, (
    SELECT coalesce(json_agg(json_build_object('before', m.before, 'after', m.after, 'actor', m.actor,
        'reason', m.reason, 'created_at', m.created_at) ORDER BY m.id DESC), '[]')
    FROM review_moderations m WHERE m.review_id = r.id)
FROM reviews r JOIN products p ON p.id = r.product_id LEFT JOIN identity_contacts u ON u.id = r.user_id
WHERE {conditions} ORDER BY r.id DESC LIMIT %(limit)s
""")
_QUEUE_CONDITIONS: Final = {
    "status": sql.SQL("r.status = %(status)s"),
    "user_id": sql.SQL("r.user_id = %(user_id)s"),
    "before": sql.SQL("r.id < %(before)s::uuid"),
    "one": sql.SQL("r.id = %(review_id)s"),
}


def queue(
    connection: Connection, *, status: str | None, user_id: UUID | None, limit: int, before: UUID | None
) -> Sequence[QueuedRow]:
    """Reviews of all products, newest first."""
    filters = {"status": status, "user_id": user_id, "before": before}
    names = tuple(name for name, value in filters.items() if value is not None)
    parameters = {**filters, "limit": limit}
    with connection.cursor(row_factory=args_row(_queued)) as cursor:
        return cursor.execute(_queue_text(names), parameters).fetchall()


def queued(connection: Connection, review_id: UUID) -> QueuedRow | None:
    """One review as moderators see it."""
    with connection.cursor(row_factory=args_row(_queued)) as cursor:
        return cursor.execute(_queue_text(("one",)), {"review_id": review_id, "limit": 1}).fetchone()


def reply(connection: Connection, review_id: UUID, *, body: str | None, actor: str | None) -> PreviousReply | None:
    """Set the shop's reply, or take it away; None where there is no such review."""
    with connection.cursor(row_factory=args_row(PreviousReply)) as cursor:
        return cursor.execute(
            "UPDATE reviews SET reply = %(body)s, replied_by = %(actor)s,"
            " replied_at = CASE WHEN %(body)s::text IS NOT NULL THEN now() END WHERE id = %(id)s RETURNING old.reply",
            {"id": review_id, "body": body, "actor": actor},
        ).fetchone()


def _queued(*values: Any) -> QueuedRow:
    own = len(ReviewRow._fields)
    return QueuedRow(ReviewRow(*values[:own]), *values[own:])


@lru_cache(maxsize=16)
def _queue_text(names: tuple[str, ...]) -> bytes:
    parts = [_QUEUE_CONDITIONS[name] for name in names] or [sql.SQL("true")]
    return _QUEUE.format(columns=COLUMNS, conditions=sql.SQL(" AND ").join(parts)).as_bytes()
