"""Feeds and people's pages: what is in them, in which order, and what never is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.repository import feed
from shared.contexts.community.models.comments import Reaction, Repost
from shared.contexts.community.models.groups import Group, GroupMember
from shared.contexts.community.models.posts import Post, ProfilePin
from shared.contexts.community.models.topics import Hashtag, PostHashtag, PostTicker, Ticker, TopicFollow
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Profile, WordFilter
from shared.phrase_patterns import phrase_pattern
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

FEED = "/api/v1/feed"
START = datetime(2026, 3, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def pages(client: LambdaClient, path: str = FEED, **query: Any) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        answer = client.get(path, query={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status == 200, answer.json()
        yield answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return


def read(client: LambdaClient, path: str = FEED, **query: Any) -> list[str]:
    return [item["text"] for items in pages(client, path, **query) for item in items]


def following(client: LambdaClient, **query: Any) -> list[str]:
    return read(client, scope="following", **query)


def repost(db: Session, person: User, post: Post, when: datetime) -> None:
    db.add(Repost(user_id=person.id, post_id=post.id, created_at=when))
    db.commit()


def follow_topic(db: Session, person: User, kind: str, topic_id: Any) -> None:
    db.add(TopicFollow(user_id=person.id, kind=kind, topic_id=topic_id))
    db.commit()


def in_group(db: Session, author: User, *members: User, body: str) -> Group:
    made = Group(slug=body.replace(" ", "-"), name=body, access="invitation")
    db.add(made)
    db.flush()
    db.add_all(GroupMember(group_id=made.id, user_id=member.id) for member in (author, *members))
    db.commit()
    community.post(db, author, body, visibility="group", group_id=made.id, published_at=at(30))
    return made


def about_a_ticker(db: Session, author: User, body: str) -> Ticker:
    ticker = Ticker(symbol="AAPL", code="AAPL")
    db.add(ticker)
    post = community.post(db, author, body, published_at=at(10))
    db.add(PostTicker(post_id=post.id, ticker_id=ticker.id, published_at=at(10)))
    db.commit()
    return ticker


def with_a_hashtag(db: Session, author: User, body: str) -> Hashtag:
    tag = Hashtag(key="cats", name="Cats")
    db.add(tag)
    post = community.post(db, author, body, published_at=at(20))
    db.add(PostHashtag(post_id=post.id, hashtag_id=tag.id, spelling="Cats", published_at=at(20)))
    db.commit()
    return tag


@pytest.fixture(params=["by author", "by newest"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed of who follows few, and that of who follows many."""
    monkeypatch.setattr(feed, "MANY", 1_000 if request.param == "by author" else 0)


@pytest.mark.usefixtures("either_way")
def test_what_is_followed_comes_from_people_topics_and_groups(signed_in: SignedIn, db: Session) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    profiles.follow(db, ada, bob)
    community.post(db, bob, "by Bob", published_at=at(0))
    community.post(db, eve, "by Eve", published_at=at(1))
    community.post(db, ada, "by Ada", published_at=at(2))
    follow_topic(db, ada, "ticker", about_a_ticker(db, eve, "on AAPL").id)
    follow_topic(db, ada, "hashtag", with_a_hashtag(db, eve, "on cats").id)
    follow_topic(db, ada, "group", in_group(db, eve, ada, body="in the group").id)
    mine = ["in the group", "on cats", "on AAPL", "by Ada", "by Bob"]
    assert following(signed_in(ada)) == mine
    assert following(signed_in(ada), limit=2) == mine
    assert sorted(following(signed_in(ada), order="hot")) == sorted(mine)
    assert following(signed_in(bob)) == ["by Bob"]


@pytest.mark.usefixtures("either_way")
def test_what_followed_people_pass_on_is_there_once(signed_in: SignedIn, db: Session) -> None:
    ada, bob, cy, eve = (profiles.person(db, name) for name in ("ada", "bob", "cyan", "eve"))
    for person in (bob, cy):
        profiles.follow(db, ada, person)
    by_eve = community.post(db, eve, "by Eve", published_at=at(0))
    by_cy = community.post(db, cy, "by Cyan", published_at=at(1))
    for post, person, minute in ((by_eve, bob, 2), (by_eve, cy, 3), (by_cy, bob, 4)):
        repost(db, person, post, at(minute))
    [items] = pages(signed_in(ada), scope="following")
    shown = [(item["text"], item["reposted_by"] and item["reposted_by"]["username"]) for item in items]
    assert shown == [("by Eve", "cyan"), ("by Cyan", None)]
    assert following(signed_in(ada), limit=1) == ["by Eve", "by Cyan"]


Relation = Callable[[Session, User, User], Any]


def banned(db: Session, _viewer: User, person: User) -> None:
    db.get_one(Profile, person.id).standing = "banned"
    db.commit()


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "apart",
    [profiles.block, lambda db, viewer, person: profiles.block(db, person, viewer), profiles.mute, banned],
    ids=["blocks", "is blocked", "mutes", "banned"],
)
def test_no_source_of_the_feed_shows_whom_the_viewer_does_not_want(
    signed_in: SignedIn, db: Session, apart: Relation
) -> None:
    ada, bob, cy, eve = (profiles.person(db) for _ in range(4))
    for person in (bob, cy):
        profiles.follow(db, ada, person)
    by_bob = community.post(db, bob, "by Bob", published_at=at(0))
    repost(db, cy, by_bob, at(1))
    repost(db, bob, community.post(db, eve, "by Eve", published_at=at(2)), at(3))
    quote = community.post(db, cy, "about Bob", published_at=at(4), quoted_post_id=by_bob.id, is_quote=True)
    follow_topic(db, ada, "ticker", about_a_ticker(db, bob, "on AAPL").id)
    follow_topic(db, ada, "hashtag", with_a_hashtag(db, bob, "on cats").id)
    follow_topic(db, ada, "group", in_group(db, bob, ada, body="in the group").id)
    apart(db, ada, bob)
    muted = apart is profiles.mute
    for query in (
        {"scope": "following"},
        {"scope": "following", "order": "hot"},
        {"scope": "all"},
        {"scope": "all", "order": "hot"},
    ):
        seen = [item for items in pages(signed_in(ada), **query) for item in items]
        expected = [] if muted else ["about Bob"]
        assert [item["text"] for item in seen if item["text"] != "by Eve"] == expected
        assert all(item["quoted"]["post"] is None for item in seen if item["id"] == str(quote.id))
    assert "by Eve" not in following(signed_in(ada))
    assert "by Bob" not in read(signed_in(ada), f"/api/v1/users/{cy.id}/posts")


def test_the_own_word_filter_never_hides_the_own_post(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    profiles.follow(db, ada, bob)
    community.post(db, ada, "My sand castle", published_at=at(0))
    community.post(db, bob, "Your sand castle", published_at=at(1))
    pattern = phrase_pattern("castle")
    db.add(WordFilter(user_id=ada.id, phrase="castle", pattern=pattern, action="hide"))
    db.commit()
    assert following(signed_in(ada)) == read(signed_in(ada)) == ["My sand castle"]
    assert read(signed_in(ada), f"/api/v1/users/{ada.id}/posts") == ["My sand castle"]


@pytest.mark.usefixtures("either_way")
def test_pages_of_one_instant_neither_repeat_nor_skip_and_end_with_null(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    profiles.follow(db, ada, bob)
    for number in range(40):
        community.post(db, bob, f"{number}", published_at=START)
    for query in ({"scope": "following"}, {"scope": "all"}, {"scope": "following", "order": "hot"}, {"order": "hot"}):
        walked = list(pages(signed_in(ada), limit=20, **query))
        assert [len(page) for page in walked] == [20, 20]
        assert [item["text"] for page in walked for item in page] == [str(number) for number in reversed(range(40))]


@pytest.mark.parametrize("query", [{"scope": "following"}, {"scope": "following", "order": "hot"}, {"order": "hot"}])
def test_a_walk_through_a_changing_feed_repeats_nothing_and_skips_nothing_that_stays(
    signed_in: SignedIn, db: Session, query: dict[str, str]
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    profiles.follow(db, ada, bob)
    made = [community.post(db, bob, f"{number}", published_at=at(60 * number)) for number in range(30)]
    draw, deleted, seen = random.Random(7), set(), []
    for page in pages(signed_in(ada), limit=4, **query):
        seen += [item["text"] for item in page]
        community.post(db, bob, "new")
        gone = draw.choice(made)
        gone.deleted_at = datetime.now(UTC)
        deleted.add(gone.body)
        top = next(post for post in made if post.body == seen[0])
        db.add(Reaction(user_id=profiles.person(db).id, post_id=top.id))
        db.commit()
    assert len(set(seen)) == len(seen)
    assert {f"{number}" for number in range(30)} - deleted <= set(seen)


def test_hot_weighs_what_people_did_against_age(guest: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    loved = community.post(db, ada, "loved", published_at=at(0))
    for post, minute in (("a day later", 24 * 60), ("an hour later", 60)):
        community.post(db, ada, post, published_at=at(minute))
    for _ in range(7):
        db.add(Reaction(user_id=profiles.person(db).id, post_id=loved.id))
    db.commit()
    assert read(guest, order="hot") == ["a day later", "loved", "an hour later"]
    assert read(guest) == ["a day later", "an hour later", "loved"]


@pytest.mark.usefixtures("either_way")
def test_a_page_of_what_is_followed_passes_over_what_is_not_shown(signed_in: SignedIn, db: Session) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    profiles.follow(db, ada, bob)
    profiles.follow(db, ada, eve)
    community.post(db, bob, "far below", published_at=at(0))
    for number in range(30):
        community.post(db, eve, f"{number}", published_at=at(1 + number))
    profiles.mute(db, ada, eve)
    first = signed_in(ada).get(FEED, query={"scope": "following", "limit": 5}).json()
    assert [item["text"] for item in first["items"]] == ["far below"]


def test_a_guest_reads_all_and_follows_nothing(guest: LambdaClient, db: Session) -> None:
    community.post(db, profiles.person(db), "Hello")
    assert read(guest) == read(guest, order="hot") == ["Hello"]
    assert guest.get(FEED, query={"scope": "following"}).status == 401
    assert guest.get(FEED, query={"scope": "none"}).status == 422


def test_a_cursor_is_of_one_viewer_one_feed_and_one_order(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    for _ in range(2):
        community.post(db, ada)
    cursor = signed_in(ada).get(FEED, query={"limit": 1}).json()["next_cursor"]
    others: tuple[tuple[User, dict[str, str]], ...] = (
        (bob, {}),
        (ada, {"scope": "following"}),
        (ada, {"order": "hot"}),
    )
    for person, query in others:
        refused = signed_in(person).get(FEED, query={"cursor": cursor, **query})
        assert (refused.status, refused.json()["code"]) == (400, "invalid_cursor")
    assert len(signed_in(ada).get(FEED, query={"cursor": cursor}).json()["items"]) == 1


def test_a_feed_takes_as_many_statements_whatever_the_size_of_the_page(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    profiles.follow(db, ada, bob)
    first = community.post(db, bob, published_at=at(0))
    for number in range(30):
        community.post(db, bob, published_at=at(number), quoted_post_id=first.id, is_quote=True)
    signed_in(ada).get(FEED)
    for limit in (1, 30):
        with recorded() as statements:
            signed_in(ada).get(FEED, query={"scope": "following", "limit": limit})
        assert len(statements) <= 4, statements


def test_a_page_has_the_pin_first_and_reposts_at_their_time(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db, "Ada"), profiles.person(db)
    pinned = community.post(db, ada, "pinned", published_at=at(0))
    community.post(db, ada, "later", published_at=at(2))
    repost(db, ada, community.post(db, bob, "by Bob", published_at=at(1)), at(3))
    db.add(ProfilePin(user_id=ada.id, post_id=pinned.id))
    db.commit()
    [items] = pages(guest, "/api/v1/users/ada/posts")
    assert [(item["text"], item["is_pinned"]) for item in items] == [
        ("pinned", True), ("by Bob", False), ("later", False),
    ]  # fmt: skip
    assert items[1]["reposted_by"]["username"] == "Ada"
    assert read(guest, f"/api/v1/users/{ada.id}/posts", limit=1) == ["pinned", "by Bob", "later"]
    assert signed_in(ada).delete("/api/v1/users/me/pinned-post").status == 204
    assert read(guest, "/api/v1/users/ADA/posts") == ["by Bob", "later", "pinned"]
    stolen = signed_in(bob).put("/api/v1/users/me/pinned-post", json={"post_id": str(pinned.id)})
    assert stolen.status == 404


@pytest.mark.parametrize("pinned_later", [0, None], ids=["another is pinned", "nothing is pinned"])
def test_a_page_that_is_read_on_while_its_owner_pins_repeats_and_misses_nothing(
    guest: LambdaClient, db: Session, pinned_later: int | None
) -> None:
    ada = profiles.person(db, "ada")
    made = [community.post(db, ada, str(number), published_at=at(number)) for number in range(5)]
    db.add(ProfilePin(user_id=ada.id, post_id=made[1].id))
    db.commit()
    walk, seen = pages(guest, "/api/v1/users/ada/posts", limit=2), []
    for number, page in enumerate(walk):
        seen += [item["text"] for item in page]
        if number == 0:
            pin = db.get_one(ProfilePin, ada.id)
            if pinned_later is None:
                db.delete(pin)
            else:
                pin.post_id = made[pinned_later].id
            db.commit()
    assert seen == ["1", "4", "3", "2", "0"]


def test_what_a_private_account_passes_on_is_for_its_followers(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, fan = profiles.person(db, "ada", is_private=True), profiles.person(db), profiles.person(db)
    repost(db, ada, community.post(db, bob, "by Bob"), at(3))
    profiles.follow(db, fan, ada)
    page = "/api/v1/users/ada/posts"
    readers = (signed_in(ada), signed_in(fan), signed_in(bob), guest)
    assert [read(client, page) for client in readers] == [["by Bob"], ["by Bob"], [], []]


def test_a_muted_persons_own_page_still_shows_and_a_blocking_ones_is_not_there(
    signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db, "bob")
    community.post(db, bob, "by Bob")
    profiles.mute(db, ada, bob)
    assert read(signed_in(ada), "/api/v1/users/bob/posts") == ["by Bob"]
    profiles.block(db, bob, ada)
    refused, missing = (signed_in(ada).get(f"/api/v1/users/{name}/posts") for name in ("bob", "nobody-of-this-name"))
    assert refused.status == missing.status == 404
    assert refused.json()["code"] == missing.json()["code"]


def test_the_counts_of_what_the_feed_shows_are_the_rows(db: Session) -> None:
    assert db.scalars(text(community.MISCOUNTED)).all() == []
