"""Posts of a group: its feed, and what its moderators and authors do with them there."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.community.domain.post_order import PostOrder
from functions.community.repository.group_posts import Place
from functions.community.routes.epochs import epoch
from functions.community.routes.post_documents import documents
from functions.community.schemas.group_posts import AcceptedAnswer, PostFlair
from functions.community.schemas.posts import Post, PostList
from functions.community.service import group_posts
from functions.community.service.group_posts import Position
from functions.community.service.posts import Cards
from shared.web import Caller, Fields, MaybeCaller, Reader, Transaction, respond_page, respond_unvalidated
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups/{slug}/posts", tags=["groups"])

_NOT_STAFF: Final = {"description": "The caller does not moderate the group (`group_role_required`)"}
_TOO_MANY: Final = {"description": "Three posts are pinned (`too_many_pins`)"}
_NOT_AUTHOR: Final = {"description": "Only who asked accepts an answer (`not_author`), as a member of the group"}
_MEMBERS: Final = {"description": "The group is for members (`members_only`), or the caller is `banned_from_group`"}


@router.get("", response_model=PostList, summary="List a group's posts", responses={403: _MEMBERS})
async def list_group_posts(
    *,
    request: Request,
    slug: Slug,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    order: PostOrder = PostOrder.NEW,
    flair_id: Annotated[UUID | None, Query(description="Only posts with this flair")] = None,
) -> Response:
    """Pinned ones first. Without posts of people whom the caller mutes, or who block."""
    viewer = caller.user_id if caller else None
    query = f"posts of {slug} for {viewer} {order} {flair_id}"
    after = _position(paging.after(query))
    cards, last = group_posts.page(
        reader,
        slug,
        order,
        viewer=viewer,
        flair_id=flair_id,
        limit=paging.limit,
        after=after,
        epoch=after.epoch if after else epoch(None),
    )
    return respond_page(
        request,
        Post,
        documents(cards, viewer),
        next_cursor=next_cursor(query, [*last.place, list(last.pinned), last.epoch]) if last is not None else None,
        fields=fields,
    )


@router.put("/{post_id}/pin", response_model=Post, summary="Pin a post", responses={403: _NOT_STAFF, 409: _TOO_MANY})
async def add_group_pin(request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """It stands first in the group. 409 `too_many_pins` where three do."""
    return _post(request, group_posts.pin(tx, slug, post_id, on=True, user_id=caller.user_id), caller.user_id)


@router.delete("/{post_id}/pin", response_model=Post, summary="Unpin a post", responses={403: _NOT_STAFF})
async def delete_group_pin(request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """It stands where its age puts it."""
    return _post(request, group_posts.pin(tx, slug, post_id, on=False, user_id=caller.user_id), caller.user_id)


@router.put("/{post_id}/lock", response_model=Post, summary="Lock a post", responses={403: _NOT_STAFF})
async def add_group_lock(request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Nobody comments any more."""
    return _post(request, group_posts.lock(tx, slug, post_id, on=True, user_id=caller.user_id), caller.user_id)


@router.delete("/{post_id}/lock", response_model=Post, summary="Unlock a post", responses={403: _NOT_STAFF})
async def delete_group_lock(request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """People comment again."""
    return _post(request, group_posts.lock(tx, slug, post_id, on=False, user_id=caller.user_id), caller.user_id)


@router.put("/{post_id}/flair", response_model=Post, summary="Give a post a flair", responses={403: _NOT_STAFF})
async def replace_post_flair(
    *, request: Request, slug: Slug, post_id: UUID, body: PostFlair, caller: Caller, tx: Transaction
) -> Response:
    """One of the group's, by the post's author or a moderator of the group."""
    cards = group_posts.set_flair(tx, slug, post_id, body.flair_id, user_id=caller.user_id)
    return _post(request, cards, caller.user_id)


@router.delete("/{post_id}/flair", response_model=Post, summary="Take a post's flair off", responses={403: _NOT_STAFF})
async def delete_post_flair(request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """By the post's author or a moderator of the group."""
    return _post(request, group_posts.set_flair(tx, slug, post_id, None, user_id=caller.user_id), caller.user_id)


@router.put(
    "/{post_id}/accepted-answer",
    response_model=Post,
    summary="Accept an answer",
    responses={403: _NOT_AUTHOR},
)
async def replace_accepted_answer(
    *, request: Request, slug: Slug, post_id: UUID, body: AcceptedAnswer, caller: Caller, tx: Transaction
) -> Response:
    """The comment that answers the caller's question; replaces an earlier one."""
    cards = group_posts.accept(tx, slug, post_id, body.comment_id, user_id=caller.user_id)
    return _post(request, cards, caller.user_id)


@router.delete(
    "/{post_id}/accepted-answer", response_model=Post, summary="Accept no answer", responses={403: _NOT_AUTHOR}
)
async def delete_accepted_answer(
    request: Request, slug: Slug, post_id: UUID, caller: Caller, tx: Transaction
) -> Response:
    """The caller's question is open again."""
    return _post(request, group_posts.accept(tx, slug, post_id, None, user_id=caller.user_id), caller.user_id)


def _position(values: list[Any] | None) -> Position | None:
    if values is None:
        return None
    value, post_id, pinned, began = values
    return Position(Place(value, UUID(post_id)), [UUID(pin) for pin in pinned], epoch(began))


def _post(request: Request, cards: Cards, viewer: UUID) -> Response:
    [document] = documents(cards, viewer)
    return respond_unvalidated(request, Post, document)
