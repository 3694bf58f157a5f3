"""No feed, no list of posts, and nothing that authors do reads a whole table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.repository import feed
from functions.community.service import due_posts
from shared.contexts.community.models.comments import Repost
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.plans import executed, table_scans

POSTS = "/api/v1/posts"
FEEDS = [{"scope": scope, "order": order} for scope in ("all", "following") for order in ("new", "hot")]


@pytest.mark.parametrize("many", [0, 1_000])
def test_every_statement_finds_its_rows_by_index(
    signed_in: SignedIn, db: Session, database_url: str, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(feed, "MANY", many)
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    profiles.follow(db, ada, bob)
    first = community.post(db, bob)
    for _ in range(3):
        community.post(db, bob, quoted_post_id=first.id, is_quote=True)
        db.add(Repost(user_id=bob.id, post_id=community.post(db, ada).id))
    late = datetime.now(UTC) - timedelta(hours=1)
    community.post(db, bob, "$AAPL #now", status="scheduled", published_at=None, publish_at=late)
    db.commit()
    db.execute(text("ANALYZE"))
    db.commit()
    reader, author = signed_in(ada), signed_in(bob)
    with executed() as statements:
        for path, query in (
            *(("/api/v1/feed", query) for query in FEEDS),
            (POSTS, {}),
            (f"{POSTS}/{first.id}/quotes", {}),
            ("/api/v1/users/bob/posts", {}),
        ):
            page = reader.get(path, query={**query, "limit": 1}).json()
            reader.get(path, query={**query, "limit": 1, "cursor": page["next_cursor"]})
        made = author.post(POSTS, json={"text": "Hello @ada $MSFT #tag", "quoted_post_id": str(first.id)}).json()
        author.patch(f"{POSTS}/{made['id']}", json={"version": 1, "text": "Hello $AAPL"})
        reader.get(f"{POSTS}/{made['id']}/edits")
        author.put("/api/v1/users/me/pinned-post", json={"post_id": made["id"]})
        author.delete(f"{POSTS}/{made['id']}")
        draft = author.post(POSTS, json={"text": "Later", "status": "draft"}).json()
        author.get(f"{POSTS}/drafts")
        author.patch(f"{POSTS}/{draft['id']}", json={"version": 1, "text": "Later $AAPL"})
        author.post(f"{POSTS}/{draft['id']}/publish")
        author.delete("/api/v1/users/me/pinned-post")
        due_posts.publish(lambda: True)
    assert len(statements) > 35
    assert table_scans(database_url, statements) == {}
