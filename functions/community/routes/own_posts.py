"""The post that stands first on somebody's page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from functions.community.schemas.posts import PinnedPost
from functions.community.service import pins
from shared.web import Caller, Transaction, no_content

router = APIRouter(prefix="/api/v1", tags=["posts"])


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
