"""What a post says that its reader may do is what the routes let them do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.community.models.posts import Post
from tests.factories import community, groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import LambdaClient

EVERYTHING = {
    "can_edit",
    "can_delete",
    "can_reply",
    "can_repost",
    "can_vote",
    "can_pin",
    "can_set_flair",
    "can_accept_answer",
    "can_moderate",
}
PLACES: dict[str, Mapping[str, Any]] = {
    "everybody's": {},
    "whom it mentions": {"reply_policy": "mentioned"},
    "nobody answers": {"reply_policy": "nobody"},
    "for followers": {"visibility": "followers", "reply_policy": "followers"},
    "a draft": {"status": "draft", "published_at": None},
    "hidden": {"hidden_at": datetime.now(UTC), "hidden_reason": "Spam"},
}
GROUPS: dict[str, Mapping[str, Any]] = {
    "a group": {},
    "a closed group": {"closed_at": datetime.now(UTC)},
    "members only": {"access": "request"},
}


def allowed(client: LambdaClient, post: Post, slug: str) -> set[str]:
    """What succeeds when it is tried."""
    address, in_group = f"/api/v1/posts/{post.id}", f"/api/v1/groups/{slug}/posts/{post.id}"
    shown = client.get(address).json()
    poll = f"/api/v1/polls/{shown['poll']['id']}/votes"
    tried = {
        "can_edit": client.patch(address, json={"version": shown["version"], "sentiment": "bullish"}),
        "can_reply": client.post(f"{address}/comments", json={"text": "I agree"}),
        "can_repost": client.put(f"{address}/reposts"),
        "can_vote": client.post(poll, json={"option": 0}),
        "can_pin": client.put("/api/v1/users/me/pinned-post", json={"post_id": str(post.id)}),
        "can_set_flair": client.delete(f"{in_group}/flair"),
        "can_accept_answer": client.delete(f"{in_group}/accepted-answer"),
        "can_moderate": client.put(f"{in_group}/removal", json={"reason": "Spam"}),
        "can_delete": client.delete(address),
    }
    return {name for name, answer in tried.items() if answer.status < 300}


def told(client: LambdaClient, post: Post) -> set[str]:
    viewer = client.get(f"/api/v1/posts/{post.id}").json()["viewer"]
    assert {name for name in viewer if name.startswith("can_")} == EVERYTHING
    return {name for name in EVERYTHING if viewer[name]}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["author", "stranger", "follower", "suspended"])
def test_outside_of_groups(db: Session, signed_in: SignedIn, place: str, who: str) -> None:
    author, reader = profiles.person(db), profiles.person(db, standing="suspended" if who == "suspended" else "good")
    if who == "follower":
        profiles.follow(db, reader, author)
    post = community.post(db, author, **PLACES[place])
    poll = community.poll(db, post)
    if place == "a draft":
        poll.ends_at = None
        db.commit()
    client = signed_in(author if who == "author" else reader)
    if client.get(f"/api/v1/posts/{post.id}").status == 404:
        assert who != "author"
        return
    promised = told(client, post)
    assert promised == allowed(client, post, "none")


@pytest.mark.parametrize("place", GROUPS)
@pytest.mark.parametrize("who", ["author", "gone author", "member", "moderator", "outsider"])
def test_in_a_group(db: Session, signed_in: SignedIn, place: str, who: str) -> None:
    owner, author, reader = (profiles.person(db) for _ in range(3))
    group = groups.group(db, owner, **GROUPS[place])
    if who != "gone author":
        groups.member(db, group, author)
    if who in ("member", "moderator"):
        groups.member(db, group, reader, who)
    post = community.post(db, author, visibility="group", group_id=group.id)
    community.poll(db, post)
    client = signed_in(author if who in ("author", "gone author") else reader)
    if client.get(f"/api/v1/posts/{post.id}").status == 404:
        assert (place, who) == ("members only", "outsider")
        return
    promised = told(client, post)
    assert promised == allowed(client, post, group.slug)


def test_a_poll_is_voted_in_once_and_until_it_ends(db: Session, signed_in: SignedIn) -> None:
    author, voter, late = (profiles.person(db) for _ in range(3))
    post = community.post(db, author)
    poll = community.poll(db, post)
    assert "can_vote" in told(signed_in(voter), post)
    signed_in(voter).post(f"/api/v1/polls/{poll.id}/votes", json={"option": 1})
    assert "can_vote" not in told(signed_in(voter), post)
    poll.ends_at = datetime.now(UTC) - timedelta(seconds=1)
    db.commit()
    assert "can_vote" not in told(signed_in(late), post)
