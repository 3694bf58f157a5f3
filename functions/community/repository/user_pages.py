"""What stands on somebody's page: their posts outside of groups, and what they passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import args_row, class_row

from functions.community.repository.feed import REPOSTER, FeedPlace
from functions.community.repository.visibility import LISTED, ON_PAGE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class PageOwner:
    user_id: UUID
    pinned: UUID | None


_OWNER: Final = f"""
SELECT a.user_id, (SELECT n.post_id FROM profile_pins n JOIN posts p ON p.id = n.post_id
    WHERE n.user_id = a.user_id AND {ON_PAGE}) AS pinned
FROM profiles_people a WHERE {{person}} AND {audience.is_findable("a.user_id")}
"""
_BY_ID: Final = _OWNER.format(person="a.user_id = %(id)s::uuid")
_BY_NAME: Final = _OWNER.format(person="a.username_key = %(key)s")
_PLACES: Final = f"""
SELECT c.value, c.id, {REPOSTER}, true AS is_shown FROM (
    (SELECT p.published_at AS value, p.id, NULL::uuid AS reposter_id FROM posts p
        WHERE p.author_id = %(owner)s::uuid AND p.group_id IS NULL AND {ON_PAGE}
            AND p.id IS DISTINCT FROM %(without)s::uuid{{after_post}}
        ORDER BY p.published_at DESC, p.id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT r.created_at, r.post_id, r.user_id FROM reposts r JOIN posts p ON p.id = r.post_id
        WHERE r.user_id = %(owner)s::uuid AND {audience.may_see("%(owner)s::uuid")}
            AND CASE WHEN p.author_id = %(owner)s::uuid THEN {ON_PAGE} ELSE {LISTED} END{{after_repost}}
        ORDER BY r.created_at DESC, r.post_id DESC LIMIT %(limit)s)
) c ORDER BY c.value DESC, c.id DESC, c.reposter_id DESC LIMIT %(limit)s
"""
_AFTER: Final = " AND ({columns}) < (%(after)s::timestamptz, %(after_id)s::uuid)"


def owner(connection: Connection, viewer: UUID | None, *, user_id: UUID | None, key: str) -> PageOwner | None:
    """Whose page it is, by id or else by the key of the username, with the post that they pinned."""
    statement = _BY_NAME if user_id is None else _BY_ID
    with connection.cursor(row_factory=class_row(PageOwner)) as cursor:
        return cursor.execute(statement, {"viewer": viewer, "id": user_id, "key": key}).fetchone()


def places(
    connection: Connection,
    user_id: UUID,
    viewer: UUID | None,
    *,
    without: UUID | None,
    limit: int,
    after: FeedPlace | None,
) -> list[FeedPlace]:
    """The newest first, without one of the person's posts, the pinned one. What they passed on of people whom the
    viewer mutes is left out.
    """
    statement = _PLACES.format(
        after_post=_AFTER.format(columns="p.published_at, p.id") if after else "",
        after_repost=_AFTER.format(columns="r.created_at, r.post_id") if after else "",
    )
    values = {"owner": user_id, "without": without, "viewer": viewer, "limit": limit}
    if after:
        values |= {"after": after.value, "after_id": after.id}
    with connection.cursor(row_factory=args_row(FeedPlace)) as cursor:
        return cursor.execute(statement, values).fetchall()
