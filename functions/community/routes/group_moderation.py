"""Moderators of a group take posts and comments out of it, and keep its flairs."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.group_posts import Place
from functions.community.routes.post_documents import documents
from functions.community.schemas.group_posts import Flair, NewFlair, Removal
from functions.community.schemas.posts import Post, PostList
from functions.community.service import group_flairs, group_removals
from shared.web import Caller, Fields, Reader, Transaction, no_content, respond, respond_page
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups/{slug}", tags=["groups"])

_NOT_STAFF: Final = {"description": "The caller does not moderate the group (`group_role_required`)"}
_PLATFORM: Final = {"description": "The platform's moderators have hidden it (`hidden_by_platform`)"}


@router.get("/removed-posts", response_model=PostList, summary="List removed posts", responses={403: _NOT_STAFF})
async def list_removed_posts(
    *, request: Request, slug: Slug, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """With the reasons, the last one first, for moderators of the group."""
    query = f"removed posts of {slug} for {caller.user_id}"
    after = paging.after(query)
    cards, last = group_removals.removed_posts(
        reader, slug, viewer=caller.user_id, limit=paging.limit, after=Place(*after) if after else None
    )
    return respond_page(
        request,
        Post,
        documents(cards, caller.user_id),
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


@router.put("/posts/{post_id}/removal", status_code=204, summary="Remove a post", responses={403: _NOT_STAFF})
async def add_post_removal(slug: Slug, post_id: UUID, body: Removal, caller: Caller, tx: Transaction) -> Response:
    """Nobody but its author reads it then, who reads the reason as well."""
    group_removals.remove_post(tx, slug, post_id, reason=body.reason, user_id=caller.user_id)
    return no_content()


@router.delete(
    "/posts/{post_id}/removal",
    status_code=204,
    summary="Reinstate a post",
    responses={403: _NOT_STAFF, 409: _PLATFORM},
)
async def delete_post_removal(slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """It is read by everybody who may read the group."""
    group_removals.reinstate_post(tx, slug, post_id, user_id=caller.user_id)
    return no_content()


@router.put("/comments/{comment_id}/removal", status_code=204, summary="Remove a comment", responses={403: _NOT_STAFF})
async def add_comment_removal(slug: Slug, comment_id: UUID, body: Removal, caller: Caller, tx: Transaction) -> Response:
    """Nobody but its author reads it then, who reads the reason as well."""
    group_removals.remove_comment(tx, slug, comment_id, reason=body.reason, user_id=caller.user_id)
    return no_content()


@router.delete(
    "/comments/{comment_id}/removal",
    status_code=204,
    summary="Reinstate a comment",
    responses={403: _NOT_STAFF, 409: _PLATFORM},
)
async def delete_comment_removal(slug: Slug, comment_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """It is read by everybody who may read the post."""
    group_removals.reinstate_comment(tx, slug, comment_id, user_id=caller.user_id)
    return no_content()


@router.post(
    "/flairs",
    status_code=201,
    response_model=Flair,
    summary="Add a flair",
    responses={403: _NOT_STAFF, 409: {"description": "`flair_name_taken`, or `too_many_flairs`"}},
)
async def add_group_flair(request: Request, slug: Slug, body: NewFlair, caller: Caller, tx: Transaction) -> Response:
    """A label that the group's posts can have."""
    flair_id = group_flairs.add(tx, slug, body.name, user_id=caller.user_id)
    return respond(request, Flair(id=flair_id, name=body.name), status=201)


@router.delete("/flairs/{flair_id}", status_code=204, summary="Delete a flair", responses={403: _NOT_STAFF})
async def delete_group_flair(slug: Slug, flair_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Posts that have it have none then."""
    group_flairs.delete(tx, slug, flair_id, user_id=caller.user_id)
    return no_content()
