"""Trending: more people than usual in the last hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Repost
from shared.contexts.community.models.posts import Post
from tests.factories import profiles, topics
from tests.support.lambda_client import LambdaClient

TRENDING = "/api/v1/tickers/trending"


def refresh() -> dict[str, int]:
    from functions.community.handlers import refresh_trending_tickers

    return refresh_trending_tickers.refresh(lambda: True)


def trending(guest: LambdaClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = guest.get(TRENDING).json()["items"]
    return items


def test_a_ticker_trends_by_distinct_authors_against_the_same_hour_of_a_week(guest: LambdaClient, db: Session) -> None:
    people, now = [profiles.person(db) for _ in range(4)], datetime.now(UTC)
    usual, new, single = topics.ticker(db, "AAPL", name="Apple"), topics.ticker(db, "TSLA"), topics.ticker(db, "NVDA")
    for author in people[:3]:
        topics.post_about(db, author, usual, new, published_at=now - timedelta(minutes=30))
        for days in range(1, 8):
            topics.post_about(db, author, usual, published_at=now - timedelta(days=days, minutes=20))
    for _ in range(10):
        topics.post_about(db, people[3], single, published_at=now - timedelta(minutes=10))
    # Another hour of the days before says nothing about this one.
    topics.post_about(db, people[3], new, published_at=now - timedelta(days=1, hours=5))
    assert refresh()["views"] == 1
    items = trending(guest)
    assert [(item["symbol"], item["authors"], item["usual_authors"], item["velocity"]) for item in items] == [
        ("TSLA", 3, 0.0, 4.0),
        ("NVDA", 1, 0.0, 2.0),
        ("AAPL", 3, 3.0, 1.0),
    ]
    assert guest.get(TRENDING, query={"limit": 1}).json()["items"] == items[:1]
    assert guest.get(TRENDING).json()["refreshed_at"] is not None


def test_reposts_lift_nothing(guest: LambdaClient, db: Session) -> None:
    ada, viral = profiles.person(db), topics.ticker(db, "GME")
    post = topics.post_about(db, ada, viral)
    for _ in range(5):
        db.add(Repost(user_id=profiles.person(db).id, post_id=post.id))
    db.commit()
    refresh()
    assert [(item["symbol"], item["authors"]) for item in trending(guest)] == [("GME", 1)]


def test_what_was_removed_trends_no_more_before_and_after_the_refresh(guest: LambdaClient, db: Session) -> None:
    slur = topics.ticker(db, "SPAM")
    for _ in range(5):
        topics.post_about(db, profiles.person(db), slur)
    refresh()
    assert len(trending(guest)) == 1
    db.execute(sa.update(Post).values(hidden_at=datetime.now(UTC)))
    db.commit()
    assert trending(guest) == []
    assert guest.get("/api/v1/tickers/SPAM").json()["stats"]["posts"] == 0
    assert guest.get("/api/v1/tickers/SPAM/posts").json()["items"] == []
    refresh()
    assert guest.get(TRENDING).json() == {"items": [], "refreshed_at": None}


def test_posts_of_people_in_bad_standing_or_for_some_do_not_trend(guest: LambdaClient, db: Session) -> None:
    topic = topics.ticker(db, "AAPL")
    topics.post_about(db, profiles.person(db, standing="suspended"), topic)
    topics.post_about(db, profiles.person(db, is_private=True), topic)
    topics.post_about(db, profiles.person(db), topic, visibility="followers")
    refresh()
    assert trending(guest) == []


def test_of_two_runs_at_once_one_does_nothing_and_readers_are_not_blocked(
    guest: LambdaClient, db: Session, database_url: str
) -> None:
    topics.post_about(db, profiles.person(db), topics.ticker(db, "AAPL"))
    refresh()
    with sa.create_engine(database_url).connect() as other:
        other.execute(sa.text("SELECT pg_advisory_xact_lock(7021118)"))
        other.execute(sa.text("REFRESH MATERIALIZED VIEW CONCURRENTLY trending_tickers"))
        assert trending(guest)
        assert refresh() == {"views": 0, "milliseconds": 0}
