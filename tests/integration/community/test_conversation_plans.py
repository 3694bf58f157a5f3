"""No page of a conversation, and no act in it, reads a whole table."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.threads import answer, comments_of
from tests.support.plans import executed, table_scans


def test_every_statement_finds_its_rows_by_index(signed_in: SignedIn, db: Session, database_url: str) -> None:
    ada, client = profiles.person(db), signed_in(profiles.person(db))
    post = community.post(db, ada)
    comment = community.comment(db, post, ada)
    for _ in range(2):
        answer(db, comment, ada)
        community.comment(db, post, ada)
    poll = community.poll(db, post)
    comments, post_path, comment_path = comments_of(post), f"/api/v1/posts/{post.id}", f"/api/v1/comments/{comment.id}"
    shelf = client.post("/api/v1/bookmarks/folders", json={"name": "Later"}).json()["id"]
    voting = f"/api/v1/polls/{poll.id}"
    db.rollback()
    with executed() as statements:
        for order in ("old", "new", "top"):
            for path in (comments, f"{comment_path}/replies"):
                page = client.get(path, query={"order": order, "limit": 1}).json()
                client.get(path, query={"order": order, "limit": 1, "cursor": page["next_cursor"]})
        made = client.post(comments, json={"text": "I agree"}).json()
        client.patch(f"/api/v1/comments/{made['id']}", json={"text": "I disagree", "version": 1})
        client.get(f"/api/v1/comments/{made['id']}/edits")
        client.delete(f"/api/v1/comments/{made['id']}")
        for path in (post_path, comment_path):
            for act in (client.post, client.put, client.get, client.delete):
                act(f"{path}/reactions")
        client.get(f"{post_path}/reactions", query={"reaction": "love"})
        for act in (client.post, client.get, client.delete):
            act(f"{post_path}/reposts")
        client.put(f"{post_path}/bookmarks", json={"folder_id": shelf})
        for query in ({}, {"folder_id": shelf}):
            assert client.get("/api/v1/bookmarks", query=query).json()["items"]
        client.get("/api/v1/bookmarks/folders")
        client.delete(f"{post_path}/bookmarks")
        client.post(f"{voting}/votes", json={"option": 0})
        client.get(f"{voting}/results")
    assert len(statements) > 30
    assert table_scans(database_url, statements) == {}
