"""Comments as tests write and list them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from tests.factories import community
from tests.support.lambda_client import Answer, LambdaClient


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
