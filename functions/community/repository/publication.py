"""What has to hold where a post is written or published: asked in the statement that writes it, as tokens, memberships
and quoted posts can be gone by then.

The viewer of these statements, `%(viewer)s`, is the author.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection

MAX_DRAFTS: Final = 100
"""Of one person, scheduled ones too."""

_GOOD = "EXISTS (SELECT FROM profiles_people a WHERE a.user_id = {author} AND a.standing = 'good')"
_MEMBER = """EXISTS (SELECT FROM groups g JOIN group_members m ON m.group_id = g.id
    WHERE g.id = {group} AND g.closed_at IS NULL AND g.hidden_at IS NULL AND m.user_id = {author})"""
# The audience of a quote is within that of the quoted post: the same group where that has doors, and one's own
# followers where it is for these.
_FITS = """(p.group_id IS NULL OR p.group_id = {group}
        OR coalesce((SELECT g.access = 'public' AND g.hidden_at IS NULL FROM groups g WHERE g.id = p.group_id), false))
    AND (p.author_id = {author} AND {visibility} = 'followers' OR NOT (p.visibility = 'followers'
        OR EXISTS (SELECT FROM profiles_people a WHERE a.user_id = p.author_id AND a.is_private))
        OR p.author_id = {author} AND EXISTS (
            SELECT FROM profiles_people a WHERE a.user_id = p.author_id AND a.is_private))"""
_QUOTED = f"EXISTS (SELECT FROM posts p WHERE p.id = {{quoted}} AND {READABLE}"


def condition(author: str, visibility: str, group: str, quoted: str) -> str:
    """For a WHERE clause; the arguments are expressions of the post's columns."""
    return f"""{_GOOD.format(author=author)}
    AND ({group} IS NULL OR {_MEMBER.format(author=author, group=group)})
    AND ({quoted} IS NULL OR {_QUOTED.format(quoted=quoted)}
        AND {_FITS.format(author=author, visibility=visibility, group=group)}))"""


_AUTHOR: Final = "%(viewer)s::uuid"
_GROUP: Final = "%(group_id)s::uuid"
_QUOTE: Final = "%(quoted_post_id)s::uuid"
_OBSTACLES: Final = f"""
SELECT {_GROUP} IS NULL OR EXISTS (SELECT FROM groups g WHERE g.id = {_GROUP} AND (
        EXISTS (SELECT FROM group_members m WHERE m.group_id = g.id AND m.user_id = {_AUTHOR})
        OR g.hidden_at IS NULL AND (g.access <> 'invitation' OR EXISTS (SELECT FROM group_requests r
            WHERE r.group_id = g.id AND r.user_id = {_AUTHOR} AND r.invited_by IS NOT NULL)))) AS group_is_known,
    {_GROUP} IS NULL OR EXISTS (
        SELECT FROM groups g WHERE g.id = {_GROUP} AND coalesce(g.closed_at, g.hidden_at) IS NULL) AS group_is_open,
    {_GROUP} IS NULL OR EXISTS (
        SELECT FROM group_members m WHERE m.group_id = {_GROUP} AND m.user_id = {_AUTHOR}) AS is_member,
    {_QUOTE} IS NULL OR {_QUOTED.format(quoted=_QUOTE)}) AS quoted_is_readable,
    {_QUOTE} IS NULL OR {_QUOTED.format(quoted=_QUOTE)}
        AND {_FITS.format(author=_AUTHOR, visibility="%(visibility)s", group=_GROUP)}) AS quote_fits
"""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What holds, one by one; `group_is_known` is false also for a group that the author may not know of."""

    group_is_known: bool
    group_is_open: bool
    is_member: bool
    quoted_is_readable: bool
    quote_fits: bool


def obstacles(connection: Connection, values: Mapping[str, Any]) -> Obstacles:
    """Why a post with these columns cannot be written, standing apart."""
    with connection.cursor(row_factory=class_row(Obstacles)) as cursor:
        found = cursor.execute(_OBSTACLES, values).fetchone()
    assert found is not None
    return found
