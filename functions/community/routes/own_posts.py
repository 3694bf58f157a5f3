"""What people have not published yet, and the post that stands first on their page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.routes.post_documents import documents
from functions.community.schemas.posts import PinnedPost, Post, PostList
from functions.community.service import drafts, pins
from shared.web import Caller, Fields, Reader, Transaction, no_content, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1", tags=["posts"])


@router.get("/posts/drafts", response_model=PostList, summary="List one's drafts")
async def list_drafts(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Scheduled posts too, the newest first. A draft with `publish_at` was due then, and could not be published: its
    author could not write, or no longer there, or what it quotes was gone.
    """
    query = f"drafts of {caller.user_id}"
    cards, last = drafts.waiting(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    return respond_page(
        request, Post, documents(cards, caller.user_id), next_cursor=id_cursor(query, last), fields=fields
    )


@router.put(
    "/users/me/pinned-post",
    status_code=204,
    summary="Pin a post",
    responses={404: {"description": "No published post of the caller's own outside of groups"}},
)
async def replace_pinned_post(body: PinnedPost, caller: Caller, tx: Transaction) -> Response:
    """One's own, which stands first on one's page from now on, instead of another."""
    pins.pin(tx, body.post_id, user_id=caller.user_id)
    return no_content()


@router.delete("/users/me/pinned-post", status_code=204, summary="Unpin the post")
async def delete_pinned_post(caller: Caller, tx: Transaction) -> Response:
    """Also where none is."""
    pins.unpin(tx, user_id=caller.user_id)
    return no_content()
