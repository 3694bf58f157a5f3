"""Posts, written and read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.post_edits import EditRow
from functions.community.routes.post_documents import documents
from functions.community.routes.post_pages import place_after, respond_posts
from functions.community.schemas.posts import NewPost, Post, PostChange, PostEdit, PostEditList, PostList
from functions.community.service import drafts, post_changes, post_writer, posts
from functions.community.service.posts import Cards
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
    respond_unvalidated,
)
from shared.web.pages import Paging, id_before, id_cursor, next_cursor

router = APIRouter(prefix="/api/v1/posts", tags=["posts"])

_WHO = {"description": "The caller is suspended (`suspended`) or not a member of the group (`not_a_member`)"}
_PLACE = {"description": "`onboarding_required`, `group_closed`, `too_many_drafts` or `version_conflict`"}


@router.post(
    "",
    status_code=201,
    response_model=Post,
    summary="Write a post",
    responses={403: _WHO, 404: {"description": "No such group or quoted post"}, 409: _PLACE},
)
async def create_post(
    request: Request, body: NewPost, caller: Caller, idempotency: MaybeIdempotency, tx: Transaction
) -> Response:
    """Published at once, or kept as a draft, or scheduled. The audience of a quote is within that of the quoted post
    (`quote_too_wide`). Sent again with its Idempotency-Key, it is the same post.
    """

    def write() -> Post:
        cards = post_writer.write(tx, body.model_dump(), author_id=caller.user_id)
        return Post(**_one(cards, caller.user_id))

    if idempotency is not None:
        return idempotency.run(tx, write).created(router.prefix)
    post = write()
    return respond(request, post, status=201, headers={"Location": f"{router.prefix}/{post.id}"})


@router.get("", response_model=PostList, summary="List posts")
async def list_posts(request: Request, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Everybody's, outside of groups, the newest first; without those of people whom the caller mutes or who block."""
    viewer = caller.user_id if caller else None
    query = f"posts for {viewer}"
    cards, last = posts.newest(reader, viewer=viewer, limit=paging.limit, after=place_after(paging, query))
    return respond_posts(request, cards, last, query=query, viewer=viewer, fields=fields)


@router.get("/drafts", response_model=PostList, summary="List one's drafts")
async def list_drafts(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Scheduled posts too, the newest first. A draft with `publish_at` was due then, and could not be published: its
    author could not write, or no longer there, or what it quotes was gone.
    """
    query = f"drafts of {caller.user_id}"
    cards, last = drafts.waiting(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    return respond_page(
        request, Post, documents(cards, caller.user_id), next_cursor=id_cursor(query, last), fields=fields
    )


@router.get("/{post_id}", response_model=Post, summary="Read a post")
async def get_post(request: Request, post_id: UUID, caller: MaybeCaller, reader: Reader, fields: Fields) -> Response:
    """404 for what does not exist, is deleted, or is not for the caller. Authors read their drafts and what moderators
    have hidden.
    """
    viewer = caller.user_id if caller else None
    document = _one(posts.show(reader, post_id, viewer=viewer), viewer)
    return respond_unvalidated(request, Post, document, fields=fields)


@router.patch("/{post_id}", response_model=Post, summary="Change one's post", responses={403: _WHO, 409: _PLACE})
async def update_post(request: Request, post_id: UUID, body: PostChange, caller: Caller, tx: Transaction) -> Response:
    """Only what is sent changes; what a published post said before is kept for everybody to read. 409
    `question_frozen` for the text of a poll that people have voted in, `post_hidden` for what moderators have hidden.
    """
    changes = body.model_dump(include=body.model_fields_set - {"version"})
    cards = post_changes.change(tx, post_id, changes, version=body.version, author_id=caller.user_id)
    return respond_unvalidated(request, Post, _one(cards, caller.user_id))


@router.delete("/{post_id}", status_code=204, summary="Delete one's post")
async def delete_post(post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """It leaves every list, count and search at once. Posts that quote it stay."""
    post_changes.delete(tx, post_id, author_id=caller.user_id)
    return no_content()


@router.post(
    "/{post_id}/publish",
    response_model=Post,
    summary="Publish a draft",
    responses={403: _WHO, 409: _PLACE},
)
async def publish_post(request: Request, post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also a scheduled post before its time. One that is published already stays as it is."""
    cards = post_writer.publish(tx, post_id, author_id=caller.user_id)
    return respond_unvalidated(request, Post, _one(cards, caller.user_id))


@router.get("/{post_id}/edits", response_model=PostEditList, summary="List what a post said before")
async def list_post_edits(
    *, request: Request, post_id: UUID, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The latest first."""
    viewer = caller.user_id if caller else None
    query = f"edits of {post_id} for {viewer}"
    after = paging.after(query)
    rows, last = post_changes.earlier_texts(
        reader, post_id, viewer=viewer, limit=paging.limit, before=after[0] if after else None
    )
    return respond_page(
        request,
        PostEdit,
        [_edit(row) for row in rows],
        next_cursor=next_cursor(query, [last]) if last is not None else None,
        fields=fields,
    )


@router.get("/{post_id}/quotes", response_model=PostList, summary="List posts that quote a post")
async def list_quotes(
    *, request: Request, post_id: UUID, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The newest first, those that the caller may read."""
    viewer = caller.user_id if caller else None
    query = f"quotes of {post_id} for {viewer}"
    cards, last = posts.quotes(reader, post_id, viewer=viewer, limit=paging.limit, after=place_after(paging, query))
    return respond_posts(request, cards, last, query=query, viewer=viewer, fields=fields)


def _one(cards: Cards, viewer: UUID | None) -> dict[str, Any]:
    [document] = documents(cards, viewer)
    return document


def _edit(row: EditRow) -> dict[str, Any]:
    return {
        "version": row.version,
        "text": row.body,
        "content_warning": row.content_warning,
        "sentiment": row.sentiment,
        "vote_count": row.vote_count,
        "replaced_at": row.replaced_at,
    }
