"""Posts as they are written and published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import class_row

from functions.community.repository import publication
from shared.clients.database import Connection


class ShownPicture(NamedTuple):
    """A picture of a post; `media` is what is shown of it besides its address."""

    media_id: UUID
    url: str
    alt: str
    media: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LockedPost:
    """A post that is about to change, with its author's standing."""

    id: UUID
    author_id: UUID
    body: str
    content_warning: str | None
    sentiment: str | None
    language: str | None
    visibility: str
    reply_policy: str
    group_id: UUID | None
    quoted_post_id: UUID | None
    is_quote: bool
    status: str
    publish_at: datetime | None
    published_at: datetime | None
    hidden_at: datetime | None
    version: int
    names_something: bool
    pictures: list[dict[str, Any]] | None
    """`media_id` and `alt` of each."""
    poll: dict[str, Any] | None
    """`options`, `minutes`, `hides_results`."""
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


COLUMNS: Final = {
    "author_id": "uuid",
    "body": "text",
    "entities": "jsonb",
    "folded_text": "text",
    "language": "text",
    "sentiment": "text",
    "content_warning": "text",
    "visibility": "text",
    "reply_policy": "text",
    "group_id": "uuid",
    "quoted_post_id": "uuid",
    "status": "text",
    "publish_at": "timestamptz",
}
_NAMES: Final = ", ".join(COLUMNS)
_VALUES: Final = ", ".join(f"%({name})s::{kind}" for name, kind in COLUMNS.items())
_MAY_WRITE: Final = publication.condition(
    "%(viewer)s::uuid", "%(visibility)s", "%(group_id)s::uuid", "%(quoted_post_id)s::uuid"
)
_PARTS: Final = """pictures AS (
    INSERT INTO post_media (post_id, position, media_id, url, alt, media)
    SELECT made.id, place - 1, media_id, url, alt, media
    FROM made, unnest(%(media_ids)s::uuid[], %(urls)s::text[], %(alts)s::text[], %(media)s::jsonb[])
        WITH ORDINALITY AS shown(media_id, url, alt, media, place)
), poll AS (
    INSERT INTO polls (post_id, options, minutes, hides_results, ends_at, vote_counts)
    SELECT made.id, %(options)s::text[], %(minutes)s::int, %(hides_results)s,
        CASE WHEN %(status)s = 'published' THEN now() + make_interval(mins => %(minutes)s::int) END,
        array_fill(0, ARRAY[coalesce(cardinality(%(options)s::text[]), 0)])
    FROM made WHERE %(options)s::text[] IS NOT NULL
)"""
_INSERT: Final = f"""
WITH made AS (
    INSERT INTO posts ({_NAMES}, is_quote, published_at, edited_at, imported_at)
    SELECT {_VALUES}, %(quoted_post_id)s::uuid IS NOT NULL,
        CASE WHEN %(status)s = 'published' THEN coalesce(%(written_at)s::timestamptz, now()) END,
        %(edited_at)s::timestamptz, CASE WHEN %(written_at)s::timestamptz IS NOT NULL THEN now() END
    WHERE {_MAY_WRITE} AND (%(status)s = 'published' OR {publication.MAX_DRAFTS} > (
        SELECT count(*) FROM posts d
        WHERE d.author_id = %(viewer)s::uuid AND d.status <> 'published' AND d.deleted_at IS NULL))
    RETURNING id, published_at
), {_PARTS}
SELECT id, published_at FROM made
"""
_LOCKED: Final = """
SELECT p.id, p.author_id, p.body, p.content_warning, p.sentiment, p.language, p.visibility, p.reply_policy, p.group_id,
    p.quoted_post_id, p.is_quote, p.status, p.publish_at, p.published_at, p.hidden_at, p.version,
    p.entities <> '[]' AS names_something,
    (SELECT jsonb_agg(jsonb_build_object('media_id', m.media_id, 'alt', m.alt) ORDER BY m.position)
        FROM post_media m WHERE m.post_id = p.id) AS pictures,
    (SELECT jsonb_build_object('options', l.options, 'minutes', l.minutes, 'hides_results', l.hides_results)
        FROM polls l WHERE l.post_id = p.id) AS poll,
    a.standing, a.standing_until, a.standing_reason
FROM posts p LEFT JOIN profiles_people a ON a.user_id = p.author_id
WHERE p.id = %s AND p.deleted_at IS NULL FOR NO KEY UPDATE OF p
"""
_REWRITE: Final = f"""
WITH made AS (
    UPDATE posts SET ({_NAMES}) = ROW({_VALUES}), is_quote = %(quoted_post_id)s::uuid IS NOT NULL,
        held_reason = NULL, version = version + 1
    WHERE id = %(id)s RETURNING id
), {_PARTS}
SELECT id FROM made
"""
_PUBLISH: Final = f"""
WITH made AS (
    UPDATE posts d SET status = 'published', published_at = now(), publish_at = NULL, held_reason = NULL,
        entities = %(entities)s::jsonb, version = version + 1
    WHERE d.id = %(id)s AND d.status <> 'published' AND {
    publication.condition("d.author_id", "d.visibility", "d.group_id", "d.quoted_post_id")
}
    RETURNING d.id, d.published_at
), poll AS (
    UPDATE polls l SET ends_at = made.published_at + make_interval(mins => l.minutes)
    FROM made WHERE l.post_id = made.id
)
SELECT published_at FROM made
"""
_NEXT_DUE: Final = """
SELECT id, author_id FROM posts
WHERE status = 'scheduled' AND publish_at <= now() AND deleted_at IS NULL AND id <> ALL(%s::uuid[])
ORDER BY publish_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""
# Also what was never published; its pin goes with it.
_DELETE: Final = """
WITH gone AS (
    UPDATE posts SET deleted_at = now(), version = version + 1
    WHERE id = %(id)s AND author_id = %(author_id)s AND deleted_at IS NULL RETURNING id, status
), unpinned AS (
    DELETE FROM profile_pins n USING gone WHERE n.post_id = gone.id
)
SELECT status FROM gone
"""


class Elsewhere(NamedTuple):
    """When a post was published and last edited, which is brought from elsewhere."""

    written_at: datetime | None = None
    edited_at: datetime | None = None


class Written(NamedTuple):
    """A new post; `published_at` is null for a draft."""

    id: UUID
    published_at: datetime | None


class DuePost(NamedTuple):
    id: UUID
    author_id: UUID


def insert(
    connection: Connection,
    columns: Mapping[str, Any],
    pictures: Sequence[ShownPicture],
    poll: Mapping[str, Any] | None,
    times: Elsewhere | None = None,
) -> Written | None:
    """A new post of these `COLUMNS`. None where its author may not write it."""
    values = {**_parameters(columns, pictures, poll), **(times or Elsewhere())._asdict()}
    row = connection.execute(_INSERT, values).fetchone()
    return None if row is None else Written(row["id"], row["published_at"])


def locked(connection: Connection, post_id: UUID) -> LockedPost | None:
    """The post, locked until the transaction ends; None where it is deleted."""
    with connection.cursor(row_factory=class_row(LockedPost)) as cursor:
        return cursor.execute(_LOCKED, (post_id,)).fetchone()


def rewrite(
    connection: Connection,
    post_id: UUID,
    columns: Mapping[str, Any],
    pictures: Sequence[ShownPicture],
    poll: Mapping[str, Any] | None,
) -> None:
    """A draft that the caller has locked, anew with all its parts."""
    connection.execute("DELETE FROM post_media WHERE post_id = %s", (post_id,))
    connection.execute("DELETE FROM polls WHERE post_id = %s", (post_id,))
    connection.execute(_REWRITE, {**_parameters(columns, pictures, poll), "id": post_id})


def publish(
    connection: Connection, post_id: UUID, author_id: UUID, entities: Collection[Mapping[str, Any]]
) -> datetime | None:
    """When it was published, which is now; None where it may not be, or is already."""
    values = {"id": post_id, "viewer": author_id, "entities": orjson.dumps(entities).decode()}
    row = connection.execute(_PUBLISH, values).fetchone()
    return None if row is None else row["published_at"]


def lock_next_due(connection: Connection, *, except_for: Collection[UUID]) -> DuePost | None:
    """The scheduled post that has waited longest and that nobody else has locked."""
    row = connection.execute(_NEXT_DUE, (list(except_for),)).fetchone()
    return None if row is None else DuePost(row["id"], row["author_id"])


def make_draft(connection: Connection, post_id: UUID, reason: str) -> None:
    """A scheduled post that could not be published waits for its author; when it was due and why it could not stay to
    be read, until it is changed or published.
    """
    connection.execute(
        "UPDATE posts SET status = 'draft', held_reason = %s, version = version + 1 WHERE id = %s", (reason, post_id)
    )


def delete(connection: Connection, post_id: UUID, author_id: UUID) -> str | None:
    """Mark the author's post as deleted; the status that it had, None where there is none."""
    row = connection.execute(_DELETE, {"id": post_id, "author_id": author_id}).fetchone()
    return None if row is None else row["status"]


def _parameters(
    columns: Mapping[str, Any], pictures: Sequence[ShownPicture], poll: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        **columns,
        "viewer": columns["author_id"],
        "entities": orjson.dumps(columns["entities"]).decode(),
        "media_ids": [picture.media_id for picture in pictures],
        "urls": [picture.url for picture in pictures],
        "alts": [picture.alt for picture in pictures],
        "media": [orjson.dumps(picture.media).decode() for picture in pictures],
        **(poll or {"options": None, "minutes": None, "hides_results": None}),
    }
