"""Lists by rank, walked while what they hold moves up and down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from functions.community.routes import epochs
from functions.community.service import trending
from shared.contexts.community.models.comments import Reaction
from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.ranks import RankChange
from shared.contexts.community.models.topics import TopicFollow
from shared.contexts.identity.models.accounts import User
from tests.factories import community, groups, profiles, topics
from tests.integration.community.conftest import SignedIn
from tests.integration.community.threads import comments_of
from tests.support.lambda_client import LambdaClient

START = datetime(2026, 3, 1, tzinfo=UTC)
ROWS = 14


@dataclass(frozen=True)
class Ranked:
    """A list by rank: its address and query, and the ids and kind of what it holds."""

    path: str
    query: dict[str, str]
    ids: list[Any]
    target: str = "post_id"


def _posts(db: Session, author: User, **columns: Any) -> list[Any]:
    return [
        community.post(db, author, f"{number}", published_at=START + timedelta(minutes=number), **columns).id
        for number in range(ROWS)
    ]


def _everybody(db: Session, reader: User, author: User) -> Ranked:
    return Ranked("/api/v1/feed", {"order": "hot"}, _posts(db, author))


def _followed(db: Session, reader: User, author: User) -> Ranked:
    """By a person, by a ticker, by a hashtag and in a group."""
    profiles.follow(db, reader, author)
    ids = _posts(db, author)[:6]
    db.execute(update(Post).where(Post.id.not_in(ids)).values(deleted_at=START))
    stranger, group = profiles.person(db), groups.group(db, profiles.person(db))
    ticker, tag = topics.ticker(db), topics.hashtag(db)
    for kind, topic in (("ticker", ticker), ("hashtag", tag), ("group", group)):
        db.add(TopicFollow(user_id=reader.id, kind=kind, topic_id=topic.id))
    for number in range(ROWS - 6):
        when = START + timedelta(seconds=45 * number)
        if number % 3 == 2:
            inside: dict[str, Any] = {"visibility": "group", "group_id": group.id, "published_at": when}
            ids.append(community.post(db, stranger, **inside).id)
        else:
            ids.append(topics.post_about(db, stranger, (ticker, tag)[number % 3], published_at=when).id)
    return Ranked("/api/v1/feed", {"order": "hot", "scope": "following"}, ids)


def _grouped(db: Session, reader: User, author: User) -> Ranked:
    group = groups.group(db, author)
    made = _posts(db, author, visibility="group", group_id=group.id)
    return Ranked(f"/api/v1/groups/{group.slug}/posts", {"order": "hot"}, made)


def _commented(db: Session, reader: User, author: User) -> Ranked:
    post = community.post(db, author)
    made = [community.comment(db, post, author).id for _ in range(ROWS)]
    return Ranked(comments_of(post), {"order": "top"}, made, "comment_id")


def _answered(db: Session, reader: User, author: User) -> Ranked:
    post = community.post(db, author)
    parent = community.comment(db, post, author)
    made = [community.comment(db, post, author, parent_id=parent.id, depth=1).id for _ in range(ROWS)]
    return Ranked(f"/api/v1/comments/{parent.id}/replies", {"order": "top"}, made, "comment_id")


LISTS: list[Callable[[Session, User, User], Ranked]] = [_everybody, _followed, _grouped, _commented, _answered]


def walk(client: LambdaClient, ranked: Ranked, limit: int) -> Iterator[list[str]]:
    cursor = None
    while True:
        query = {**ranked.query, "limit": limit, **({"cursor": cursor} if cursor else {})}
        page = client.get(ranked.path, query=query)
        assert page.status == 200, page.json()
        yield [item["id"] for item in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            return


@pytest.mark.parametrize("arrange", LISTS, ids=lambda arrange: arrange.__name__)
@pytest.mark.parametrize("limit", [2, 5])
def test_what_moves_while_somebody_reads_is_neither_repeated_nor_missed(
    signed_in: SignedIn, db: Session, arrange: Callable[[Session, User, User], Ranked], limit: int
) -> None:
    reader, author, crowd = profiles.person(db), profiles.person(db), [profiles.person(db) for _ in range(9)]
    ranked = arrange(db, reader, author)
    draw, seen = random.Random(limit), list[str]()

    def react(target: Any) -> None:
        """Up by some, or down by all that somebody did before."""
        of_target = getattr(Reaction, ranked.target) == target
        if draw.random() < 0.4:
            db.query(Reaction).filter(of_target).delete()
        else:
            there = set(db.scalars(select(Reaction.user_id).where(of_target)))
            more = [person.id for person in crowd if person.id not in there][: draw.randint(1, 9)]
            db.add_all(Reaction(user_id=person, **{ranked.target: target}) for person in more)
        db.commit()

    for target in draw.sample(ranked.ids, 7):
        react(target)
    for page in walk(signed_in(reader), ranked, limit):
        seen += page
        for target in draw.sample(ranked.ids, 5):
            react(target)
    assert sorted(seen) == sorted(map(str, ranked.ids))


def test_a_first_page_has_the_ranks_of_now(guest: LambdaClient, db: Session) -> None:
    ranked = _commented(db, profiles.person(db), profiles.person(db))
    for _ in range(2):
        db.add(Reaction(user_id=profiles.person(db).id, comment_id=ranked.ids[3]))
        db.commit()
        assert next(walk(guest, ranked, 3))[0] == str(ranked.ids[3])


@pytest.mark.parametrize("arrange", [_everybody, _grouped, _commented], ids=lambda arrange: arrange.__name__)
def test_a_walk_that_began_too_long_ago_is_refused_and_never_empty(
    signed_in: SignedIn,
    db: Session,
    monkeypatch: pytest.MonkeyPatch,
    arrange: Callable[[Session, User, User], Ranked],
) -> None:
    reader, author = profiles.person(db), profiles.person(db)
    ranked, client = arrange(db, reader, author), signed_in(reader)
    cursor = client.get(ranked.path, query={**ranked.query, "limit": 2}).json()["next_cursor"]
    later = {**ranked.query, "limit": 2, "cursor": cursor}
    assert len(client.get(ranked.path, query=later).json()["items"]) == 2
    monkeypatch.setattr(epochs, "WALKED", timedelta(0))
    refused = client.get(ranked.path, query=later)
    assert (refused.status, refused.json()["code"]) == (400, "invalid_cursor")


def test_ranks_of_hours_ago_are_deleted(db: Session) -> None:
    ada = profiles.person(db)
    for post in (community.post(db, ada), community.post(db, ada)):
        db.add(Reaction(user_id=ada.id, post_id=post.id))
    db.commit()
    assert db.scalar(select(func.count()).select_from(RankChange)) == 2
    db.execute(
        text(
            "UPDATE rank_changes SET changed_at = now() - interval '3 hours'"
            " WHERE target_id = (SELECT min(target_id::text)::uuid FROM rank_changes)"
        )
    )
    db.commit()
    assert trending.refresh().is_done
    assert db.scalar(select(func.count()).select_from(RankChange)) == 1
