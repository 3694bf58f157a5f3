"""Posts, written and read."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.post_lists import Place
from functions.community.routes.post_documents import documents
from functions.community.schemas.posts import NewPost, Post, PostList
from functions.community.service import posts
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    Reader,
    Transaction,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/posts", tags=["posts"])


@router.post("", status_code=201, response_model=Post, summary="Write a post")
async def create_post(request: Request, body: NewPost, caller: Caller, tx: Transaction) -> Response:
    """Published at once."""
    content = body.model_dump()
    content["body"] = content.pop("text")
    cards = posts.write(tx, {**content, "group_id": None}, author_id=caller.user_id)
    [document] = documents(cards, caller.user_id)
    headers = {"Location": f"{router.prefix}/{document['id']}"}
    return respond(request, Post(**document), status=201, headers=headers)


@router.get("", response_model=PostList, summary="List posts")
async def list_posts(request: Request, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Everybody's, outside of groups, the newest first; without those of people whom the caller mutes or who block."""
    viewer = caller.user_id if caller else None
    query = f"posts for {viewer}"
    after = paging.after(query)
    cards, last = posts.newest(reader, viewer=viewer, limit=paging.limit, after=Place(*after) if after else None)
    return respond_page(
        request,
        Post,
        documents(cards, viewer),
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


@router.get("/{post_id}", response_model=Post, summary="Read a post")
async def get_post(request: Request, post_id: UUID, caller: MaybeCaller, reader: Reader, fields: Fields) -> Response:
    """404 for what does not exist, is deleted, or is not for the caller."""
    viewer = caller.user_id if caller else None
    [document] = documents(posts.show(reader, post_id, viewer=viewer), viewer)
    return respond_unvalidated(request, Post, document, fields=fields)
