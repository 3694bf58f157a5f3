"""Files of posts that people bring, and what became of each of their items."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import args_row, class_row

from shared.clients.database import Connection

ATTEMPTS: Final = 3
"""Of workers that died over a file."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import; the counts are of the items that have an end by now, `waiting` of those that wait for pictures."""

    id: UUID
    user_id: UUID
    status: str
    reason: str | None
    items: int | None
    created_at: datetime
    finished_at: datetime | None
    created: int
    unchanged: int
    skipped: int
    refused: int
    waiting: int


class ClaimedImport(NamedTuple):
    """An import that this worker runs. `done` items have been gone through."""

    id: UUID
    user_id: UUID
    items: int | None
    done: int
    attempts: int
    correlation_id: str


class ItemRow(NamedTuple):
    place: int
    source_id: str
    outcome: str
    reason: str | None
    post_id: UUID | None


class WaitingItem(NamedTuple):
    """An item whose pictures are no longer processed, locked."""

    import_id: UUID
    place: int
    user_id: UUID
    source_id: str
    content: dict[str, Any]


_END_LOST: Final = """
UPDATE post_imports SET status = 'failed', reason = 'never_arrived', finished_at = now()
WHERE user_id = %(user_id)s AND finished_at IS NULL AND read_at IS NULL
    AND (status = 'waiting' OR claimed_until < now() - interval '1 hour')
"""
# The address has to be proven, as for every upload.
_INSERT: Final = """
INSERT INTO post_imports (user_id, size_bytes, correlation_id)
SELECT u.id, %(size_bytes)s, %(correlation_id)s FROM identity_contacts u WHERE u.id = %(user_id)s
ON CONFLICT (user_id) WHERE finished_at IS NULL DO NOTHING RETURNING id
"""
_OBSTACLES: Final = """
SELECT coalesce((SELECT u.is_proven FROM identity_contacts u WHERE u.id = %(user_id)s), false) AS is_proven,
    (SELECT count(*) FROM post_imports WHERE user_id = %(user_id)s AND created_at > now() - interval '1 day') AS today
"""
_READ: Final = """
SELECT i.id, i.user_id, i.status, i.reason, i.items, i.created_at, i.finished_at,
    c.created, c.unchanged, c.skipped, c.refused, c.waiting
FROM post_imports i CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE outcome = 'created') AS created,
        count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged,
        count(*) FILTER (WHERE outcome = 'skipped') AS skipped,
        count(*) FILTER (WHERE outcome = 'refused') AS refused, count(*) FILTER (WHERE outcome = 'waiting') AS waiting
    FROM post_import_items WHERE import_id = i.id) c
WHERE i.user_id = %(user_id)s AND i.id = %(id)s
"""
_ITEMS: Final = """
SELECT t.place, t.source_id, t.outcome, t.reason, t.post_id
FROM post_import_items t JOIN post_imports i ON i.id = t.import_id
WHERE i.id = %(id)s AND i.user_id = %(user_id)s AND t.place > %(after)s
    AND (%(outcome)s::text IS NULL OR t.outcome = %(outcome)s::text)
ORDER BY t.place LIMIT %(limit)s
"""
_CLAIM: Final = """
UPDATE post_imports SET status = 'running', attempts = attempts + 1,
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND read_at IS NULL
    AND (status = 'waiting' OR status = 'running' AND (claimed_until IS NULL OR claimed_until < now()))
RETURNING id, user_id, items, done, attempts, correlation_id
"""
_ADVANCE: Final = """
UPDATE post_imports SET done = %(done)s, claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND done = %(before)s AND status = 'running'
"""
_FINISH: Final = """
UPDATE post_imports SET status = 'finished', finished_at = now()
WHERE id = ANY(%(ids)s) AND status = 'running' AND read_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM post_import_items t WHERE t.import_id = post_imports.id AND t.outcome = 'waiting')
"""
_FAIL: Final = """
UPDATE post_imports SET status = 'failed', reason = %(reason)s, finished_at = now(), claimed_until = NULL
WHERE id = %(id)s AND finished_at IS NULL
"""
_ADD: Final = """
INSERT INTO post_import_items (import_id, place, source_id, outcome, reason, post_id, content, media_ids)
VALUES (%(import_id)s, %(place)s, %(source_id)s, %(outcome)s, %(reason)s, %(post_id)s, %(content)s::jsonb,
    %(media_ids)s)
ON CONFLICT (import_id, place) DO NOTHING
"""
_KNOWN: Final = """
SELECT place, media_ids FROM post_import_items WHERE import_id = %s AND place = ANY(%s)
"""
_SETTLED: Final = """
SELECT t.import_id, t.place, i.user_id, t.source_id, t.content
FROM post_import_items t JOIN post_imports i ON i.id = t.import_id
WHERE t.outcome = 'waiting' AND i.read_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM media_unsettled u WHERE u.id = ANY(t.media_ids))
ORDER BY t.import_id, t.place LIMIT %(limit)s FOR UPDATE OF t SKIP LOCKED
"""
_SETTLE: Final = """
UPDATE post_import_items SET outcome = %(outcome)s, reason = %(reason)s, post_id = %(post_id)s, content = NULL
WHERE import_id = %(import_id)s AND place = %(place)s
"""
_CLAIM_SOURCE: Final = """
INSERT INTO imported_posts (user_id, source_id) VALUES (%s, %s) ON CONFLICT (user_id, source_id) DO NOTHING
RETURNING source_id
"""
_BIND: Final = "UPDATE imported_posts SET post_id = %s WHERE user_id = %s AND source_id = %s"
_RELEASE: Final = "DELETE FROM imported_posts WHERE user_id = %s AND source_id = %s AND post_id IS NULL"
_OWN: Final = "SELECT id FROM posts WHERE id = %s AND author_id = %s"


def insert(connection: Connection, user_id: UUID, *, size: int, correlation_id: str) -> UUID | None:
    """A new import; None while another of the person's runs. One that never got its file is ended."""
    values = {"user_id": user_id, "size_bytes": size, "correlation_id": correlation_id}
    connection.execute(_END_LOST, values)
    row = connection.execute(_INSERT, values).fetchone()
    return None if row is None else row["id"]


def allowance(connection: Connection, user_id: UUID) -> tuple[bool, int]:
    """Whether the person's address is proven, and how many imports they asked for within a day."""
    row = connection.execute(_OBSTACLES, {"user_id": user_id}).fetchone()
    assert row is not None
    return row["is_proven"], row["today"]


def own(connection: Connection, import_id: UUID, user_id: UUID) -> ImportRow | None:
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        return cursor.execute(_READ, {"id": import_id, "user_id": user_id}).fetchone()


def items(
    connection: Connection, import_id: UUID, user_id: UUID, *, outcome: str | None, limit: int, after: int | None
) -> list[ItemRow]:
    """Items with an end, or waiting for one, in the order of the file."""
    values = {"id": import_id, "user_id": user_id, "outcome": outcome, "limit": limit}
    with connection.cursor(row_factory=args_row(ItemRow)) as cursor:
        return cursor.execute(_ITEMS, {**values, "after": -1 if after is None else after}).fetchall()


def claim(connection: Connection, import_id: UUID, *, seconds: float) -> ClaimedImport | None:
    """None where it is read, ended, or another worker is at it."""
    with connection.cursor(row_factory=args_row(ClaimedImport)) as cursor:
        return cursor.execute(_CLAIM, {"id": import_id, "seconds": seconds}).fetchone()


def is_open(connection: Connection, import_id: UUID) -> bool:
    """Whether its file is still to be read."""
    statement = "SELECT FROM post_imports WHERE id = %s AND finished_at IS NULL AND read_at IS NULL"
    return connection.execute(statement, (import_id,)).fetchone() is not None


def begin(connection: Connection, import_id: UUID, *, items: int) -> None:
    connection.execute("UPDATE post_imports SET items = %s WHERE id = %s", (items, import_id))


def advance(connection: Connection, import_id: UUID, *, before: int, done: int, seconds: float) -> bool:
    """Renew the claim; False where another worker has gone on, or the account is erased."""
    values = {"id": import_id, "before": before, "done": done, "seconds": seconds}
    return connection.execute(_ADVANCE, values).rowcount == 1


def release(connection: Connection, import_id: UUID) -> None:
    """Let another worker go on at once; this one did not die over the file."""
    statement = "UPDATE post_imports SET claimed_until = NULL, attempts = 0 WHERE id = %s AND status = 'running'"
    connection.execute(statement, (import_id,))


def complete(connection: Connection, import_id: UUID) -> None:
    """All items are gone through; the import ends with the last one that waits."""
    connection.execute("UPDATE post_imports SET read_at = now(), claimed_until = NULL WHERE id = %s", (import_id,))
    finish(connection, [import_id])


def finish(connection: Connection, import_ids: Collection[UUID]) -> None:
    """Those of which no item waits any more."""
    connection.execute(_FINISH, {"ids": list(import_ids)})


def fail(connection: Connection, import_id: UUID, reason: str) -> None:
    """The file cannot be taken at all."""
    connection.execute(_FAIL, {"id": import_id, "reason": reason})


def add(
    connection: Connection,
    import_id: UUID,
    item: ItemRow,
    *,
    content: Mapping[str, Any] | None = None,
    media_ids: Sequence[UUID] = (),
) -> None:
    """An item has an end, or waits with its content."""
    stored = None if content is None else orjson.dumps(content).decode()
    values = {"import_id": import_id, **item._asdict(), "content": stored, "media_ids": list(media_ids)}
    connection.execute(_ADD, values)


def known(connection: Connection, import_id: UUID, places: Collection[int]) -> dict[int, list[UUID]]:
    """Items that a worker has gone through before, by place, with the ids of their pictures."""
    return {row["place"]: row["media_ids"] for row in connection.execute(_KNOWN, (import_id, list(places)))}


def lock_settled(connection: Connection, *, limit: int) -> list[WaitingItem]:
    """Waiting items of which no picture is processed any more, and that nobody else has locked."""
    with connection.cursor(row_factory=args_row(WaitingItem)) as cursor:
        return cursor.execute(_SETTLED, {"limit": limit}).fetchall()


def settle(connection: Connection, import_id: UUID, item: ItemRow) -> None:
    """A waiting item has its end."""
    connection.execute(_SETTLE, {"import_id": import_id, **item._asdict()})


def claim_source(connection: Connection, user_id: UUID, source_id: str) -> bool:
    """Whether the person has not brought this post before; from now on they have."""
    return connection.execute(_CLAIM_SOURCE, (user_id, source_id)).fetchone() is not None


def bind_source(connection: Connection, user_id: UUID, source_id: str, post_id: UUID) -> None:
    """This is the post that was brought."""
    connection.execute(_BIND, (post_id, user_id, source_id))


def release_source(connection: Connection, user_id: UUID, source_id: str) -> None:
    """It was not brought after all."""
    connection.execute(_RELEASE, (user_id, source_id))


def is_own_post(connection: Connection, post_id: UUID, user_id: UUID) -> bool:
    """Whether the person wrote the post here, deleted ones too."""
    return connection.execute(_OWN, (post_id, user_id)).fetchone() is not None
