"""Comments over HTTP: written, answered, changed, deleted, and read as threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import Answer, LambdaClient

Say = Callable[..., Answer]


def comments_of(post: Post) -> str:
    return f"/api/v1/posts/{post.id}/comments"


def answer(db: Session, comment: Comment, author: User, body: str = "And I", **columns: Any) -> Comment:
    post = db.get_one(Post, comment.post_id)
    return community.comment(db, post, author, body, parent_id=comment.id, depth=comment.depth + 1, **columns)


def texts(page: Answer) -> list[str | None]:
    assert page.status == 200, page.json()
    return [item["text"] for item in page.json()["items"]]


def walked(client: LambdaClient, path: str, **query: Any) -> list[str]:
    seen: list[str] = []
    cursor = None
    while True:
        page = client.get(path, query={**query, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["text"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return seen


def test_threads_go_to_any_depth_with_the_first_answers_of_each_level(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    post = community.post(db, ada)
    first = signed_in(bob).post(comments_of(post), json={"text": "看好"}).json()
    deepest = first
    for number in range(5):
        client = signed_in(ada if number % 2 else bob)
        made = client.post(comments_of(post), json={"text": f"{number}", "parent_id": deepest["id"]})
        assert made.status == 201, made.json()
        deepest = made.json()
    assert deepest["depth"] == 5
    for number in range(4):
        signed_in(ada).post(comments_of(post), json={"text": f"also {number}", "parent_id": first["id"]})
    page = guest.get(comments_of(post)).json()
    [thread] = page["items"]
    assert (thread["text"], thread["author"]["username"], thread["reply_count"]) == ("看好", "bob", 5)
    assert [reply["text"] for reply in thread["replies"]["items"]] == ["0", "also 0", "also 1"]
    assert thread["replies"]["items"][0]["reply_count"] == 1
    rest = guest.get(f"/api/v1/comments/{first['id']}/replies", query={"cursor": thread["replies"]["next_cursor"]})
    assert texts(rest) == ["also 2", "also 3"]
    assert guest.get(f"/api/v1/posts/{post.id}").json()["stats"]["comments"] == 10
    assert page["can_reply"] is False
    assert page["items"][0]["viewer"] is None
