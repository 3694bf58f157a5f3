"""The past of a community, at chosen moments: as plain records, and written into the database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from shared.contexts.analytics.models import UserSession
from shared.contexts.community.models.comments import Comment, Reaction, Repost
from shared.contexts.community.models.posts import Poll, PollVote, Post
from shared.contexts.identity.models.accounts import User


@dataclass(frozen=True)
class Act:
    """Somebody does something at a time; `post` is the number of the post that it is about."""

    person: int
    at: datetime
    post: int = 0


@dataclass(frozen=True, kw_only=True)
class History:
    """People by their registration; what they did, by their number. Posts are numbered in their order."""

    registered: Sequence[datetime]
    sessions: Sequence[tuple[int, datetime, timedelta]] = ()
    posts: Sequence[Act] = ()
    comments: Sequence[Act] = ()
    reactions: Sequence[Act] = ()
    reposts: Sequence[Act] = ()
    votes: Sequence[Act] = ()
    deleted_posts: Sequence[int] = ()
    hidden_posts: Sequence[int] = ()
    user_ids: list[uuid.UUID] = field(default_factory=list)
    post_ids: list[uuid.UUID] = field(default_factory=list)


def write(db: Session, history: History) -> None:
    """Commit the history; its people and posts get their ids."""
    for number, moment in enumerate(history.registered):
        made = User(
            email=f"{uuid.uuid4().hex[:12]}@example.com",
            full_name=f"Person {number}",
            password_hash="!",
            roles=["customer"],
            created_at=moment,
        )
        db.add(made)
        db.flush()
        history.user_ids.append(made.id)
    who = history.user_ids
    for person, start, length in history.sessions:
        db.add(
            UserSession(
                user_id=who[person],
                registered_at=history.registered[person],
                started_at=start,
                last_active_at=start + length,
            )
        )
    for number, act in enumerate(history.posts):
        post = Post(
            author_id=who[act.person],
            body=f"Post {number}",
            status="published",
            published_at=act.at,
            deleted_at=datetime.now(UTC) if number in history.deleted_posts else None,
            hidden_at=datetime.now(UTC) if number in history.hidden_posts else None,
        )
        db.add(post)
        db.flush()
        history.post_ids.append(post.id)
    db.flush()
    _write_acts(db, history)
    db.commit()


def _write_acts(db: Session, history: History) -> None:
    who, posts = history.user_ids, history.post_ids
    for act in history.comments:
        db.add(Comment(post_id=posts[act.post], author_id=who[act.person], body="I agree", created_at=act.at))
    for act in history.reactions:
        db.add(Reaction(post_id=posts[act.post], user_id=who[act.person], emoji=0, created_at=act.at))
    for act in history.reposts:
        db.add(Repost(post_id=posts[act.post], user_id=who[act.person], created_at=act.at))
    db.flush()
    polls = {}
    for number in {act.post for act in history.votes}:
        poll = Poll(post_id=posts[number], options=["yes", "no"], minutes=1440, vote_counts=[0, 0])
        db.add(poll)
        db.flush()
        polls[number] = poll.id
    for act in history.votes:
        db.execute(
            insert(PollVote).values(poll_id=polls[act.post], user_id=who[act.person], option=0, created_at=act.at)
        )


def deactivate(db: Session, user_id: uuid.UUID) -> None:
    db.execute(update(User).where(User.id == user_id).values(is_active=False))
    db.commit()
