"""Posts passed on."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.routes.people_documents import person
from functions.community.routes.post_documents import documents
from functions.community.routes.refusals import refusals
from functions.community.schemas.posts import Post
from functions.community.schemas.reactions import NewRepost, Repost, RepostList, RepostResult
from functions.community.service import reposts
from functions.community.service.reposts import Reposted
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    MaybeIdempotency,
    Reader,
    Transaction,
    no_content,
    respond,
    respond_page,
)
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/posts/{post_id}/reposts", tags=["reposts"])

_NOT_ALLOWED: Final = refusals("The post is for some only (`repost_not_allowed`). ")


@router.post("", status_code=201, response_model=RepostResult, summary="Repost or quote a post", responses=_NOT_ALLOWED)
async def create_repost(
    *,
    request: Request,
    post_id: UUID,
    caller: Caller,
    idempotency: MaybeIdempotency,
    tx: Transaction,
    body: NewRepost | None = None,
) -> Response:
    """Once for each person: a second time answers 200, and changes nothing. Only of what everybody may read.

    With a text it is a quote, as `POST /posts` with `quoted_post_id` makes it, every time it is sent, but for what is
    sent again with its Idempotency-Key.
    """
    text = body.text if body else None
    if not text:
        return _result(request, reposts.repost(tx, post_id, user_id=caller.user_id))

    def quote() -> RepostResult:
        result, cards = reposts.quote(tx, post_id, text, user_id=caller.user_id)
        [document] = documents(cards, caller.user_id)
        return _answer(result, quote=Post(**document))

    if idempotency is not None:
        return idempotency.respond(tx, quote)
    return respond(request, quote(), status=201)


@router.put("", response_model=RepostResult, summary="Repost a post, once", responses=_NOT_ALLOWED)
async def add_repost(request: Request, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """As often as it is sent, there is one."""
    return _result(request, reposts.repost(tx, post_id, user_id=caller.user_id), status=200)


@router.delete("", status_code=204, summary="Undo one's repost")
async def delete_repost(post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also of a post that the caller may not read any more."""
    reposts.undo(tx, post_id, user_id=caller.user_id)
    return no_content()


@router.get("", response_model=RepostList, summary="List who reposted a post")
async def list_reposts(
    *, request: Request, post_id: UUID, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The last first; without people whom the caller mutes or blocks, or who block the caller."""
    viewer = caller.user_id if caller else None
    query = f"reposts of {post_id} for {viewer}"
    rows, last = reposts.people(reader, post_id, viewer=viewer, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        Repost,
        [{"person": person(row), "created_at": row.created_at} for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


def _result(request: Request, reposted: Reposted, *, status: int | None = None) -> Response:
    return respond(request, _answer(reposted), status=status or (201 if reposted.is_new else 200))


def _answer(reposted: Reposted, *, quote: Post | None = None) -> RepostResult:
    return RepostResult(
        post_id=reposted.post_id, is_reposted=reposted.is_reposted, repost_count=reposted.count, quote=quote
    )
