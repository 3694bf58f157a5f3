"""A community in which one person, Eve, is everywhere: whatever is shown of her carries a canary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.community import post_index
from shared.contexts.community.models.comments import Bookmark, CommentEdit, Reaction, Repost
from shared.contexts.community.models.groups import Group
from shared.contexts.community.models.posts import Post, PostEdit, PostMedia, ProfilePin
from shared.contexts.community.models.topics import TopicFollow
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.permissions import Role
from tests.factories import community, groups, identity, profiles, topics

NAME = "eve_canary"
WORD = "canarytext"
TAG, SYMBOL = "canarytag", "CANARY"
_SHOWN: dict[str, Any] = {"blurhash": None, "width": 1, "height": 1, "variants": []}


@dataclass
class World:
    """`viewer` looks; `eve` is what may be hidden; `bob` is somebody whom nothing parts from either."""

    db: Session
    viewer: User
    staff: User
    bob: User
    eve: User
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def of_person(self) -> list[str]:
        """What tells that Eve is there."""
        return [str(self.eve.id), NAME, "Canaryname", "canarybio"]

    @property
    def of_content(self) -> list[str]:
        """What tells what Eve has published."""
        ids = [str(row.id) for row in self.made.values() if getattr(row, "author_id", None) == self.eve.id]
        return [*ids, WORD, "canaryoption", "canaryalt", TAG, SYMBOL]


def world(db: Session) -> World:
    viewer, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    staff = identity.user(db, Role.ADMIN)
    eve = profiles.person(db, NAME, display_name="Eve Canaryname", bio="canarybio")
    made = World(db, viewer, staff, bob, eve)
    _posts(made)
    _conversation(made)
    _groups(made)
    profiles.follow(db, eve, bob)
    profiles.follow(db, bob, eve)
    profiles.follow(db, viewer, bob)
    profiles.follow_request(db, eve, viewer)
    for view in ("trending_tickers", "trending_content"):
        db.execute(text(f"REFRESH MATERIALIZED VIEW {view}"))
    db.commit()
    return made


def _posts(made: World) -> None:
    db, eve, bob, viewer = made.db, made.eve, made.bob, made.viewer
    ticker, tag = topics.ticker(db, "AAPL", name="Apple Inc."), topics.hashtag(db, "earnings")
    own = topics.ticker(db, SYMBOL), topics.hashtag(db, TAG)
    post = topics.post_about(db, eve, ticker, tag, *own, body=f"{WORD} of today")
    media = MediaFile(
        owner_id=eve.id,
        purpose="post",
        file_name="a.jpg",
        content_type="image/jpeg",
        size_bytes=1,
        status="ready",
        url="https://a.example/a",
    )
    db.add(media)
    db.flush()
    db.add_all(
        [
            PostMedia(
                post_id=post.id, position=0, media_id=media.id, url="https://a.example/a", alt="canaryalt", media=_SHOWN
            ),
            PostEdit(post_id=post.id, version=1, body=f"{WORD} of yesterday"),
            ProfilePin(user_id=eve.id, post_id=post.id),
            Repost(user_id=bob.id, post_id=post.id),
            Bookmark(user_id=viewer.id, post_id=post.id),
            Reaction(user_id=bob.id, post_id=post.id),
            TopicFollow(user_id=viewer.id, kind="ticker", topic_id=ticker.id),
            TopicFollow(user_id=viewer.id, kind="hashtag", topic_id=tag.id),
        ]
    )
    poll = community.poll(db, post, "canaryoption", "No")
    _index(db, post)
    made.made |= {"post": post, "poll": poll, "ticker": ticker, "tag": tag}


def _conversation(made: World) -> None:
    db, eve, bob, post = made.db, made.eve, made.bob, made.made["post"]
    of_bob = community.post(db, bob, "Good morning, all")
    comment = community.comment(db, of_bob, bob, "What do you say?")
    of_eve = community.comment(db, of_bob, eve, f"{WORD} in short", folded_text=f"{WORD} in short")
    reply = community.comment(db, of_bob, eve, f"{WORD} indeed", parent_id=comment.id, depth=1)
    quote = community.post(db, eve, f"{WORD} about Bob", quoted_post_id=of_bob.id, is_quote=True)
    quoting = community.post(db, bob, "As she says", quoted_post_id=post.id, is_quote=True)
    db.add_all(
        [
            Reaction(user_id=eve.id, post_id=of_bob.id),
            Reaction(user_id=eve.id, comment_id=comment.id),
            CommentEdit(comment_id=of_eve.id, version=1, body=f"{WORD} at length"),
            Repost(user_id=eve.id, post_id=of_bob.id),
        ]
    )
    db.commit()
    made.made |= {"of_bob": of_bob, "comment": comment, "of_eve": of_eve, "reply": reply}
    made.made |= {"quote": quote, "quoting": quoting}


def _groups(made: World) -> None:
    """Ada's: in one Eve is a member, of one banned; into one she is invited, into one she wants to come."""
    db, viewer, eve, bob = made.db, made.viewer, made.eve, made.bob
    club: Group = groups.group(db, viewer, slug="club", name="Club")
    for person in (eve, bob):
        groups.member(db, club, person)
    db.add(TopicFollow(user_id=viewer.id, kind="group", topic_id=club.id))
    inside = {"visibility": "group", "group_id": club.id}
    made.made["in_group"] = community.post(db, eve, f"{WORD} among us", **inside)
    made.made["removed"] = community.post(
        db, eve, f"{WORD} too loud", **inside, hidden_at=datetime.now(UTC), hidden_by_group=True
    )
    gate = groups.group(db, viewer, slug="gate", access="request", name="Gate")
    groups.request(db, gate, eve)
    guests = groups.group(db, viewer, slug="guests", access="invitation", name="Guests")
    groups.request(db, guests, eve, invited_by=viewer)
    groups.ban(db, groups.group(db, viewer, slug="quiet", name="Quiet"), eve, reason="noise")


def _index(db: Session, post: Post) -> None:
    address = db.get_bind().engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, row_factory=dict_row) as connection:
        post_index.index(connection, [post.id])
