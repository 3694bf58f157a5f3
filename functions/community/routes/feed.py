"""Feeds and people's pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from functions.community.domain.post_order import PostOrder
from functions.community.repository.feed import FeedPlace
from functions.community.routes.epochs import epoch
from functions.community.routes.post_documents import feed_documents
from functions.community.schemas.posts import FeedPost, FeedPostList
from functions.community.service import feed
from functions.community.service.feed import FeedScope
from shared.web import Fields, MaybeCaller, Reader, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1", tags=["feed"])


@router.get("/feed", response_model=FeedPostList, summary="Read the feed")
async def get_feed(
    *,
    request: Request,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    scope: Annotated[FeedScope, Query(description="Everybody's posts, or what the caller follows")] = FeedScope.ALL,
    order: Annotated[
        PostOrder, Query(description="`hot`: by what people did with a post, and its age")
    ] = PostOrder.NEW,
) -> Response:
    """`following`: posts of people, tickers, hashtags and groups that the caller follows, their own, and what followed
    people passed on. Nothing of people whom the caller mutes, or between whom and the caller there is a block, be it
    passed on or quoted by others.
    """
    viewer = caller.user_id if caller else None
    query = f"feed {scope} {order} of {viewer}"
    after = paging.after(query)
    began = epoch(after[2] if after else None)
    page, last = feed.read(
        reader, viewer=viewer, scope=scope, order=order, limit=paging.limit, after=_place(after), epoch=began
    )
    return respond_page(
        request,
        FeedPost,
        feed_documents(page, viewer),
        next_cursor=next_cursor(query, [last.value, last.id, began]) if last is not None else None,
        fields=fields,
    )


@router.get("/users/{user}/posts", response_model=FeedPostList, summary="List somebody's posts")
async def list_posts_of_user(
    *,
    request: Request,
    user: Annotated[str, Path(max_length=120, description="Id or username")],
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
) -> Response:
    """Outside of groups, and what they passed on, the newest first; on the first page their pinned post before all,
    beyond `limit`.
    """
    viewer = caller.user_id if caller else None
    query = f"posts of {user} for {viewer}"
    after = paging.after(query)
    page, last = feed.of_person(
        reader,
        user,
        viewer=viewer,
        limit=paging.limit,
        after=_place(after),
        set_apart=UUID(after[2]) if after and after[2] else None,
    )
    return respond_page(
        request,
        FeedPost,
        feed_documents(page, viewer),
        next_cursor=next_cursor(query, [last.value, last.id, page.set_apart]) if last is not None else None,
        fields=fields,
    )


def _place(after: list[Any] | None) -> FeedPlace | None:
    return FeedPlace(after[0], UUID(after[1]), None, is_shown=True) if after else None
