"""Scheduled posts: published at their time, once, by whoever may still write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from functions.community.service import due_posts
from shared.contexts.community.models.groups import Group, GroupMember
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Profile
from shared.tables.platform import OutboxEvent
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context


@pytest.fixture(autouse=True)
def _cloud(aws: Cloud) -> None: ...


def run() -> dict[str, int]:
    from functions.community.handlers.publish_due_posts import handler

    return handler({}, Context())  # type: ignore[arg-type]


def planned(db: Session, author: User, body: str = "At last", *, due: bool = True, **columns: Any) -> Post:
    """A scheduled post whose time came an hour ago, or comes in an hour."""
    when = datetime.now(UTC) + timedelta(hours=-1 if due else 1)
    return community.post(db, author, body, status="scheduled", published_at=None, publish_at=when, **columns)


def status(db: Session, post: Post) -> str:
    db.refresh(post)
    return post.status


def test_what_is_due_is_published_with_what_it_names(db: Session) -> None:
    ada, _ = profiles.person(db), profiles.person(db, "bob")
    due, later = planned(db, ada, "$AAPL for @bob #now"), planned(db, ada, due=False)
    assert run() == {"published": 1, "returned": 0, "failed": 0, "imported": 0}
    assert (status(db, due), status(db, later)) == ("published", "scheduled")
    assert due.published_at is not None
    assert due.published_at > datetime.now(UTC) - timedelta(minutes=1)
    for table in ("post_tickers", "post_hashtags", "post_mentions"):
        assert db.scalar(text(f"SELECT count(*) FROM {table}")) == 1
    assert run() == {"published": 0, "returned": 0, "failed": 0, "imported": 0}


def suspended(db: Session, post: Post, _other: User) -> None:
    db.get_one(Profile, post.author_id).standing = "suspended"


def out_of_the_group(db: Session, post: Post, _other: User) -> None:
    db.execute(text("DELETE FROM group_members WHERE user_id = :user_id"), {"user_id": post.author_id})


def group_closed(db: Session, _post: Post, _other: User) -> None:
    db.execute(text("UPDATE groups SET closed_at = now()"))


def blocked(db: Session, post: Post, other: User) -> None:
    profiles.block(db, other, db.get_one(User, post.author_id))


def quoted_deleted(db: Session, post: Post, _other: User) -> None:
    db.get_one(Post, post.quoted_post_id).deleted_at = datetime.now(UTC)


REASONS = {
    suspended: "suspended",
    out_of_the_group: "not_a_member",
    group_closed: "group_closed",
    blocked: "post_not_found",
    quoted_deleted: "post_not_found",
}


@pytest.mark.parametrize("happens", [*REASONS])
def test_what_could_not_be_written_any_more_goes_back_to_its_author(
    db: Session, signed_in: SignedIn, happens: Callable[[Session, Post, User], None]
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = Group(slug="value", name="Value", access="public")
    db.add(group)
    db.flush()
    db.add(GroupMember(group_id=group.id, user_id=ada.id))
    post = planned(
        db, ada, visibility="group", group_id=group.id, quoted_post_id=community.post(db, bob).id, is_quote=True
    )
    happens(db, post, bob)
    db.commit()
    assert run() == {"published": 0, "returned": 1, "failed": 0, "imported": 0}
    assert status(db, post) == "draft"
    read = signed_in(ada).get(f"/api/v1/posts/{post.id}").json()
    assert (read["publish_at"] is not None, read["held_reason"]) == (True, REASONS[happens])
    assert run() == {"published": 0, "returned": 0, "failed": 0, "imported": 0}
    assert db.scalars(select(OutboxEvent)).all() == []


def test_two_schedulers_at_once_publish_each_post_once(db: Session) -> None:
    ada = community.established_person(db)
    posts = [planned(db, ada, f"{number}") for number in range(12)]
    runs = at_once(3, lambda _number: due_posts.publish(lambda: True))
    assert sum(run.published for run in runs) == 12
    assert {status(db, post) for post in posts} == {"published"}
    assert len(db.scalars(select(OutboxEvent)).all()) == 12


def test_a_scheduler_that_dies_in_the_middle_leaves_the_post_to_the_next(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = planned(db, profiles.person(db))

    def die(*_arguments: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("shared.outbox.record", die)
        with pytest.raises(SystemExit):
            due_posts.publish(lambda: True)
    assert status(db, post) == "scheduled"
    assert run()["published"] == 1
    assert len(db.scalars(select(OutboxEvent)).all()) == 1
