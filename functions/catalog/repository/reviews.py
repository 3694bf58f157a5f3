"""Reviews and their votes. A product's counts change in the statement that changes a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg import sql
from psycopg.rows import args_row, class_row, tuple_row

from shared.clients.database import Connection


class ReviewSort(StrEnum):
    """Orders of a product's reviews; the later one decides between equals, but for the worst first."""

    NEWEST = "newest"
    HELPFUL = "helpful"
    RATING = "rating"
    RATING_ASCENDING = "-rating"


class ReviewRow(NamedTuple):
    """A review with its author's name, which is null once the account is gone."""

    id: UUID
    product_id: UUID
    user_id: UUID | None
    author_name: str | None
    rating: int
    title: str
    body: str
    image_urls: list[str]
    image_media: dict[str, dict[str, Any]] | None
    is_verified: bool
    status: str
    helpful_count: int
    unhelpful_count: int
    reply: str | None
    replied_at: datetime | None
    held_reason: str | None
    """Why it is hidden, where a keyword rule holds it."""
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What all published reviews of buyers of a product say together; `histogram` counts them by stars."""

    product_id: UUID
    rating_count: int
    rating_sum: int
    histogram: dict[str, int]


@dataclass(frozen=True, slots=True)
class LockedReview:
    id: UUID
    product_id: UUID
    user_id: UUID | None
    rating: int
    title: str
    body: str
    image_urls: list[str]
    image_media: dict[str, dict[str, Any]] | None
    status: str
    version: int
    author_is_proven: bool
    """Whether the address of the author's account is known to be theirs."""


@dataclass(frozen=True, slots=True)
class VoteCounts:
    helpful_count: int
    unhelpful_count: int


COLUMNS: Final = sql.SQL(
    "r.id, r.product_id, r.user_id, u.full_name AS author_name, r.rating, r.title, r.body, r.image_urls,"
    " r.image_media, r.is_verified, r.status, r.helpful_count, r.unhelpful_count, r.reply, r.replied_at,"
    " CASE WHEN r.status = 'hidden' THEN (SELECT CASE WHEN m.actor = 'screening' THEN m.reason END"
    " FROM review_moderations m WHERE m.review_id = r.id ORDER BY m.id DESC LIMIT 1) END AS held_reason,"
    " r.version, r.created_at, r.updated_at"
)
_LIST: Final = sql.SQL("""
SELECT {columns} FROM reviews r LEFT JOIN identity_contacts u ON u.id = r.user_id
WHERE r.product_id = %(product_id)s AND r.status = 'published'{conditions} ORDER BY {order} LIMIT %(limit)s
""")
# The page of reviews first, so that products are looked up for these alone.
_AUTHORED: Final = sql.SQL("""
WITH page AS MATERIALIZED (
    SELECT * FROM reviews WHERE user_id = %(user_id)s AND (%(before)s::uuid IS NULL OR id < %(before)s::uuid)
    ORDER BY id DESC LIMIT %(limit)s
)
SELECT {columns}, json_build_object(
    'id', p.id, 'slug', p.slug, 'name', p.name, 'on_sale', p.is_active AND p.deleted_at IS NULL,
    'image', (SELECT json_build_object('url', i.url, 'alt', i.alt, 'media', i.media)
              FROM product_images i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1)) AS product
FROM page r JOIN products p ON p.id = r.product_id LEFT JOIN identity_contacts u ON u.id = r.user_id
ORDER BY r.id DESC
""").format(columns=COLUMNS)
_ORDERS: Final = {
    ReviewSort.NEWEST: sql.SQL("r.id DESC"),
    ReviewSort.HELPFUL: sql.SQL("r.helpful_count DESC, r.id DESC"),
    ReviewSort.RATING: sql.SQL("r.rating DESC, r.id DESC"),
    ReviewSort.RATING_ASCENDING: sql.SQL("r.rating, r.id"),
}
_AFTER: Final = {
    ReviewSort.NEWEST: sql.SQL(" AND r.id < %(after_id)s::uuid"),
    ReviewSort.HELPFUL: sql.SQL(" AND (r.helpful_count, r.id) < (%(after)s::int, %(after_id)s::uuid)"),
    ReviewSort.RATING: sql.SQL(" AND (r.rating, r.id) < (%(after)s::smallint, %(after_id)s::uuid)"),
    ReviewSort.RATING_ASCENDING: sql.SQL(" AND (r.rating, r.id) > (%(after)s::smallint, %(after_id)s::uuid)"),
}
_STARS: Final = sql.SQL(" AND r.rating = %(stars)s")
_VERIFIED: Final = {True: sql.SQL(" AND r.is_verified"), False: sql.SQL(" AND NOT r.is_verified")}

_SUMMARY: Final = """
SELECT p.id AS product_id, p.rating_count, p.rating_sum,
       (SELECT coalesce(json_object_agg(c.rating, c.reviews), '{}') FROM (
            SELECT rating, count(*) AS reviews FROM reviews
            WHERE product_id = p.id AND status = 'published' AND is_verified GROUP BY rating) c) AS histogram
FROM products p WHERE p.is_active AND p.deleted_at IS NULL AND """
_SUMMARY_BY_ID: Final = _SUMMARY + "p.id = %s"
_SUMMARY_BY_SLUG: Final = _SUMMARY + "p.slug = %s"

_ONE: Final = sql.SQL(
    "SELECT {columns} FROM reviews r LEFT JOIN identity_contacts u ON u.id = r.user_id WHERE r.id = %s"
).format(columns=COLUMNS)
# A delivery stays one, whatever comes later: the timeline tells.
_DELIVERED: Final = """EXISTS (
    SELECT FROM ordering_buyers o JOIN ordering_order_lines i ON i.order_id = o.order_id
    WHERE o.user_id = %(user_id)s AND i.product_id = {product}
      AND EXISTS (SELECT FROM ordering_deliveries d WHERE d.order_id = o.order_id)
)"""
_INSERT: Final = f"""
WITH made AS (
    INSERT INTO reviews (product_id, user_id, rating, title, body, image_urls, image_media, is_verified)
    SELECT %(product_id)s, u.id, %(rating)s, %(title)s, %(body)s, %(image_urls)s, %(image_media)s::jsonb,
           {_DELIVERED.format(product="%(product_id)s")}
    FROM identity_contacts u WHERE u.id = %(user_id)s AND u.is_proven
    ON CONFLICT (product_id, user_id) DO NOTHING RETURNING id, product_id, rating, is_verified
), counted AS (
    UPDATE products p SET rating_count = p.rating_count + 1, rating_sum = p.rating_sum + made.rating
    FROM made WHERE p.id = made.product_id AND made.is_verified
)
SELECT id FROM made
"""
_UPDATE: Final = f"""
WITH changed AS (
    UPDATE reviews r SET rating = %(rating)s, title = %(title)s, body = %(body)s, image_urls = %(image_urls)s,
        image_media = %(image_media)s::jsonb,
        is_verified = r.is_verified OR {_DELIVERED.format(product="r.product_id")}, version = r.version + 1
    WHERE r.id = %(id)s RETURNING r.product_id, r.status,
        new.is_verified::int - old.is_verified::int AS more,
        new.is_verified::int * new.rating - old.is_verified::int * old.rating AS stars
)
UPDATE products p SET rating_count = p.rating_count + changed.more, rating_sum = p.rating_sum + changed.stars
FROM changed WHERE p.id = changed.product_id AND changed.status = 'published'
    AND (changed.more, changed.stars) <> (0, 0)
"""
_DELETE: Final = """
WITH gone AS (
    DELETE FROM reviews WHERE id = %(id)s AND user_id = %(user_id)s RETURNING product_id, rating, status, is_verified
), counted AS (
    UPDATE products p SET rating_count = p.rating_count - 1, rating_sum = p.rating_sum - gone.rating
    FROM gone WHERE p.id = gone.product_id AND gone.status = 'published' AND gone.is_verified
)
SELECT product_id FROM gone
"""
# The review is locked before its votes: whoever deletes a review takes them in that order as well.
_MAY_VOTE: Final = """u.is_proven AND NOT EXISTS (
        SELECT FROM profiles_standings s WHERE s.user_id = u.id AND s.standing <> 'good')"""
_VOTE: Final = f"""
WITH target AS MATERIALIZED (
    SELECT id FROM reviews WHERE id = %(review_id)s FOR NO KEY UPDATE
), cast_vote AS (
    INSERT INTO review_votes AS v (review_id, user_id, helpful)
    SELECT t.id, u.id, %(helpful)s FROM target t CROSS JOIN identity_contacts u
    WHERE u.id = %(user_id)s AND {_MAY_VOTE}
    ON CONFLICT (review_id, user_id) DO UPDATE SET helpful = excluded.helpful WHERE v.helpful <> excluded.helpful
    RETURNING old.helpful AS before, new.helpful AS after
), counted AS (
    UPDATE reviews r
    SET helpful_count = r.helpful_count + c.after::int - coalesce(c.before, false)::int,
        unhelpful_count = r.unhelpful_count + (NOT c.after)::int - coalesce(NOT c.before, false)::int
    FROM cast_vote c WHERE r.id = %(review_id)s
)
SELECT FROM identity_contacts u WHERE u.id = %(user_id)s AND {_MAY_VOTE}
"""


def summary(connection: Connection, *, product_id: UUID | None = None, slug: str | None = None) -> ReviewSummary | None:
    """Of the product on sale with this id, or with this slug."""
    with connection.cursor(row_factory=class_row(ReviewSummary)) as cursor:
        if product_id is not None:
            return cursor.execute(_SUMMARY_BY_ID, (product_id,)).fetchone()
        return cursor.execute(_SUMMARY_BY_SLUG, (slug,)).fetchone()


def list_published(
    connection: Connection,
    product_id: UUID,
    sort: ReviewSort,
    *,
    stars: int | None,
    verified: bool | None,
    limit: int,
    after: Sequence[Any] | None,
) -> Sequence[ReviewRow]:
    """Of one product, beginning after the review with these sort values (see `sort_values`)."""
    parameters: dict[str, Any] = {"product_id": product_id, "stars": stars, "limit": limit}
    if after is not None:
        parameters["after"], parameters["after_id"] = after
    text = _list_text(sort, stars is not None, verified, after is not None)
    with connection.cursor(row_factory=args_row(ReviewRow)) as cursor:
        return cursor.execute(text, parameters).fetchall()


def authored(
    connection: Connection, user_id: UUID, *, limit: int, before: UUID | None
) -> list[tuple[ReviewRow, dict[str, Any]]]:
    """The user's own, hidden ones too, latest first, below this id; each with its product."""
    parameters = {"user_id": user_id, "before": before, "limit": limit}
    with connection.cursor(row_factory=tuple_row) as cursor:
        return [(ReviewRow(*row[:-1]), row[-1]) for row in cursor.execute(_AUTHORED, parameters)]


def sort_values(review: ReviewRow, sort: ReviewSort) -> list[Any]:
    """What a cursor behind this review holds."""
    if sort is ReviewSort.NEWEST:
        return [None, review.id]
    return [review.helpful_count if sort is ReviewSort.HELPFUL else review.rating, review.id]


def by_id(connection: Connection, review_id: UUID) -> ReviewRow | None:
    """Published or not."""
    with connection.cursor(row_factory=args_row(ReviewRow)) as cursor:
        return cursor.execute(_ONE, (review_id,)).fetchone()


def locked(connection: Connection, review_id: UUID) -> LockedReview | None:
    """The review, locked until the transaction ends."""
    with connection.cursor(row_factory=class_row(LockedReview)) as cursor:
        return cursor.execute(
            "SELECT id, product_id, user_id, rating, title, body, image_urls, image_media, status, version,"
            " coalesce((SELECT u.is_proven FROM identity_contacts u WHERE u.id = r.user_id), false) AS author_is_proven"
            " FROM reviews r WHERE id = %s FOR NO KEY UPDATE OF r",
            (review_id,),
        ).fetchone()


def of_customer(connection: Connection, product_id: UUID, user_id: UUID) -> UUID | None:
    """The customer's review of the product."""
    row = connection.execute(
        "SELECT id FROM reviews WHERE product_id = %s AND user_id = %s", (product_id, user_id)
    ).fetchone()
    return None if row is None else row["id"]


def insert(connection: Connection, product_id: UUID, user_id: UUID, content: dict[str, Any]) -> UUID | None:
    """The new review's id; None where the customer has one already, is gone, or has not proven their address."""
    row = connection.execute(_INSERT, {"product_id": product_id, "user_id": user_id, **_columns(content)}).fetchone()
    return None if row is None else row["id"]


def update(connection: Connection, review_id: UUID, user_id: UUID, content: dict[str, Any]) -> None:
    """Write the content of a review that the caller has locked; its version is counted up."""
    connection.execute(_UPDATE, {"id": review_id, "user_id": user_id, **_columns(content)})


def keep_pictures(connection: Connection, review_id: UUID, media_ids: Sequence[UUID]) -> None:
    """The review shows these pictures that were uploaded here, and no others."""
    connection.execute(
        "DELETE FROM review_media WHERE review_id = %s AND media_id <> ALL(%s)", (review_id, list(media_ids))
    )
    connection.execute(
        "INSERT INTO review_media (review_id, media_id) SELECT %s, unnest(%s::uuid[]) ON CONFLICT DO NOTHING",
        (review_id, list(media_ids)),
    )


def delete(connection: Connection, review_id: UUID, user_id: UUID) -> UUID | None:
    """Delete the user's review with its votes; returns the product's id, None where there is no such review."""
    row = connection.execute(_DELETE, {"id": review_id, "user_id": user_id}).fetchone()
    return None if row is None else row["product_id"]


def is_proven(connection: Connection, user_id: UUID) -> bool | None:
    """Whether the user's address is known to be theirs; None where there is no such user."""
    row = connection.execute("SELECT is_proven FROM identity_contacts WHERE id = %s", (user_id,)).fetchone()
    return None if row is None else row["is_proven"]


def vote(connection: Connection, review_id: UUID, user_id: UUID, *, helpful: bool) -> bool:
    """Cast or change the user's vote; the same vote again changes nothing. False where they may not vote, because they
    have not proven their address, or are suspended.
    """
    values = {"review_id": review_id, "user_id": user_id, "helpful": helpful}
    return connection.execute(_VOTE, values).fetchone() is not None


def _columns(content: dict[str, Any]) -> dict[str, Any]:
    media = content["image_media"]
    return {**content, "image_media": None if media is None else orjson.dumps(media).decode()}


@lru_cache(maxsize=64)
def _list_text(sort: ReviewSort, stars: bool, verified: bool | None, continued: bool) -> bytes:
    parts = [_STARS] if stars else []
    if verified is not None:
        parts.append(_VERIFIED[verified])
    if continued:
        parts.append(_AFTER[sort])
    return _LIST.format(columns=COLUMNS, conditions=sql.Composed(parts), order=_ORDERS[sort]).as_bytes()
