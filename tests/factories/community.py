"""Posts and comments as they stand in the database, counted by its triggers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.posts import Poll, Post
from shared.contexts.community.personal_data import PERSONAL_DATA
from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation import spam_limits
from shared.privacy import Erasure, Person
from tests.factories import profiles

MISCOUNTED = """
SELECT p.id FROM posts p JOIN post_stats s ON s.post_id = p.id
WHERE (SELECT sum(n) FROM unnest(p.reaction_counts) AS n) <> s.reactions
    OR (p.comment_count, p.repost_count, p.quote_count) <> (s.comments, s.reposts, s.quotes)
UNION ALL SELECT c.id FROM comments c
WHERE (SELECT sum(n) FROM unnest(c.reaction_counts) AS n)
        <> (SELECT count(*) FROM reactions r WHERE r.comment_id = c.id)
    OR c.reply_count <> (SELECT count(*) FROM comments a WHERE a.parent_id = c.id AND a.is_shown)
UNION ALL SELECT l.id FROM polls l
WHERE (SELECT sum(n) FROM unnest(l.vote_counts) AS n) <> (SELECT count(*) FROM poll_votes v WHERE v.poll_id = l.id)
UNION ALL SELECT s.user_id FROM author_stats s
WHERE s.post_count <> (SELECT count(*) FROM posts p
    WHERE p.author_id = s.user_id AND p.is_live AND p.group_id IS NULL)
UNION ALL SELECT g.id FROM groups g
WHERE g.member_count <> (SELECT count(*) FROM group_members m WHERE m.group_id = g.id)
"""
"""Finds what has a count that is not what the rows say."""


def established_person(db: Session) -> User:
    """Somebody whose account is new no more: they write as much as they like."""
    made = profiles.person(db, created_at=datetime.now(UTC) - timedelta(days=30))
    for _ in range(spam_limits.ACCEPTED_POSTS):
        post(db, made, published_at=datetime.now(UTC) - timedelta(days=9))
    return made


def post(db: Session, author: User, body: str = "Good morning", **columns: Any) -> Post:
    """A committed post, published now unless `published_at` says otherwise."""
    made = Post(**{"author_id": author.id, "body": body, "folded_text": body.casefold(), **_published(), **columns})
    db.add(made)
    db.commit()
    return made


def comment(db: Session, post: Post, author: User, body: str = "I agree", **columns: Any) -> Comment:
    """A committed comment on the post, or, with `parent_id` and `depth`, on a comment."""
    made = Comment(**{"post_id": post.id, "author_id": author.id, "body": body, **columns})
    db.add(made)
    db.commit()
    return made


def poll(db: Session, post: Post, *options: str, **columns: Any) -> Poll:
    """A committed poll of the post, open for a day unless `ends_at` says otherwise."""
    choices = list(options) or ["Up", "Down"]
    columns = {"minutes": 1440, "ends_at": datetime.now(UTC) + timedelta(days=1), **columns}
    made = Poll(post_id=post.id, options=choices, vote_counts=[0] * len(choices), **columns)
    db.add(made)
    db.commit()
    return made


def erase(db: Session, person: User) -> None:
    """What becomes of all that the person wrote and did here, when the account is erased."""
    connection: Any = db.connection().connection.driver_connection
    PERSONAL_DATA.erase(
        connection,
        Erasure(Person(person.id, person.email, is_proven=True), frozenset({person.email}), with_publications=False),
    )
    db.commit()


def _published() -> dict[str, Any]:
    return {"status": "published", "published_at": datetime.now(UTC)}
