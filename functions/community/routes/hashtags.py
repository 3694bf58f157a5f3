"""Hashtags: pages, posts, and following."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from functions.community.routes import topic_documents
from functions.community.routes.post_pages import place_after, respond_posts
from functions.community.schemas.posts import PostList
from functions.community.schemas.topics import Hashtag, HashtagCompletionList
from functions.community.service import topics
from shared.web import Caller, Fields, MaybeCaller, Reader, Transaction, no_content, respond_unvalidated
from shared.web.pages import Paging
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/hashtags", tags=["hashtags"])

Tag = Annotated[
    str, Path(max_length=100, description="Hashtag in any spelling, without its sign", examples=["earnings"])
]


async def _completion(
    prefix: Annotated[str, Query(min_length=1, max_length=64, description="What the hashtag begins with")],
    limit: Annotated[int, Query(ge=1, le=50, description="Items, at most")] = 10,
) -> tuple[str, int]:
    return prefix, limit


@router.get("", response_model=HashtagCompletionList, summary="Complete a hashtag")
async def list_hashtags(
    request: Request, reader: Reader, wanted: Annotated[tuple[str, int], from_query(_completion)]
) -> Response:
    """What people write in public, in its most used spelling."""
    prefix, limit = wanted
    found = topics.list_hashtags(reader, prefix, limit=limit)
    return respond_unvalidated(request, HashtagCompletionList, {"items": [tag._asdict() for tag in found]})


@router.get("/{tag}", response_model=Hashtag, summary="Read a hashtag")
async def get_hashtag(request: Request, tag: Tag, caller: MaybeCaller, reader: Reader, fields: Fields) -> Response:
    """All spellings have one page."""
    viewer = caller.user_id if caller else None
    row = topics.hashtag(reader, tag, viewer)
    figures = topics.figures(reader, "hashtag", row.id)
    return respond_unvalidated(request, Hashtag, topic_documents.hashtag(row, figures, viewer), fields=fields)


@router.get("/{tag}/posts", response_model=PostList, summary="List posts with a hashtag")
async def list_hashtag_posts(
    *, request: Request, tag: Tag, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The newest first; without those of people whom the caller mutes or who block."""
    viewer = caller.user_id if caller else None
    row = topics.hashtag(reader, tag, viewer)
    query = f"posts of hashtag {row.id} for {viewer}"
    after = place_after(paging, query)
    cards, last = topics.page(reader, "hashtag", row.id, viewer=viewer, limit=paging.limit, after=after)
    return respond_posts(request, cards, last, query=query, viewer=viewer, fields=fields)


@router.put(
    "/{tag}/follow",
    status_code=204,
    summary="Follow a hashtag",
    responses={409: {"description": "Too many are followed"}},
)
async def add_hashtag_follow(tag: Tag, caller: Caller, tx: Transaction) -> Response:
    """Its posts come into one's feed. Also where it is followed already."""
    topics.follow(tx, "hashtag", topics.hashtag(tx, tag, caller.user_id).id, caller.user_id)
    return no_content()


@router.delete("/{tag}/follow", status_code=204, summary="No longer follow a hashtag")
async def delete_hashtag_follow(tag: Tag, caller: Caller, tx: Transaction) -> Response:
    """Also where it is not followed."""
    topics.unfollow(tx, "hashtag", topics.hashtag(tx, tag, caller.user_id).id, caller.user_id)
    return no_content()
