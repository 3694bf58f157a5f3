"""Comments on posts, and answers to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository import comment_places
from functions.community.repository.comment_cards import CommentCard
from functions.community.repository.comment_places import CommentOrder, CommentPlace
from functions.community.routes import comment_documents
from functions.community.routes.epochs import epoch
from functions.community.routes.refusals import refusals
from functions.community.schemas.comments import (
    Comment,
    CommentChange,
    NewComment,
    PostCommentList,
    ThreadedComment,
)
from functions.community.service import comments
from functions.community.service.comments import OneComment
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    MaybeIdempotency,
    Page,
    Reader,
    Transaction,
    no_content,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1", tags=["comments"])


@router.post(
    "/posts/{post_id}/comments",
    status_code=201,
    response_model=Comment,
    summary="Comment on a post",
    responses=refusals(
        "Nobody comments there any more (`post_locked`, `group_closed`). ",
        "The author lets others answer (`reply_not_allowed`), or members only (`not_a_member`). ",
    ),
)
async def create_comment(
    *,
    request: Request,
    post_id: UUID,
    body: NewComment,
    caller: Caller,
    idempotency: MaybeIdempotency,
    tx: Transaction,
) -> Response:
    """With `parent_id`, an answer to a comment. Sent again with its Idempotency-Key, it is the same comment."""

    def write() -> Comment:
        made = comments.write(tx, post_id, body.text, parent_id=body.parent_id, author_id=caller.user_id)
        return Comment(**_document(made, caller.user_id))

    if idempotency is not None:
        return idempotency.run(tx, write).created(f"{router.prefix}/comments")
    comment = write()
    return respond(request, comment, status=201, headers={"Location": f"{router.prefix}/comments/{comment.id}"})


@router.get("/posts/{post_id}/comments", response_model=PostCommentList, summary="List a post's comments")
async def list_comments(
    *,
    request: Request,
    post_id: UUID,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    order: CommentOrder = CommentOrder.OLD,
) -> Response:
    """Those on the post itself, each with the first three answers to it. People whom the caller mutes are folded;
    those who block the caller, or whom the caller blocks, are left out.
    """
    viewer = caller.user_id if caller else None
    query = f"comments of {post_id} {order} for {viewer}"
    after, began = _place(paging, query)
    page, last = comments.of_post(reader, post_id, order, viewer=viewer, limit=paging.limit, after=after, epoch=began)
    return respond_page(
        request,
        ThreadedComment,
        comment_documents.threads(page, viewer, lambda parent_id, reply: _behind(parent_id, reply, viewer)),
        next_cursor=_next(query, last, order, began),
        fields=fields,
        beside={"can_reply": page.rights.may_reply},
    )


@router.get("/comments/{comment_id}", response_model=Comment, summary="Read a comment")
async def get_comment(
    request: Request, comment_id: UUID, caller: MaybeCaller, reader: Reader, fields: Fields
) -> Response:
    """404 for what is gone, unless there are answers to it."""
    viewer = caller.user_id if caller else None
    shown = comments.show(reader, comment_id, viewer=viewer)
    return respond_unvalidated(request, Comment, _document(shown, viewer), fields=fields)


@router.get("/comments/{comment_id}/replies", response_model=Page[ThreadedComment], summary="List answers to a comment")
async def list_replies(
    *,
    request: Request,
    comment_id: UUID,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    order: CommentOrder = CommentOrder.OLD,
) -> Response:
    """Each with the first three answers to itself."""
    viewer = caller.user_id if caller else None
    query = _replies_query(comment_id, order, viewer)
    after, began = _place(paging, query)
    page, last = comments.replies(
        reader, comment_id, order, viewer=viewer, limit=paging.limit, after=after, epoch=began
    )
    return respond_page(
        request,
        ThreadedComment,
        comment_documents.threads(page, viewer, lambda parent_id, reply: _behind(parent_id, reply, viewer)),
        next_cursor=_next(query, last, order, began),
        fields=fields,
    )


@router.patch(
    "/comments/{comment_id}",
    response_model=Comment,
    summary="Change one's comment",
    responses=refusals(
        "The comment was changed in the meantime (`version_conflict`), or the group is closed (`group_closed`). ",
        "The caller is no member of the group any more (`not_a_member`). ",
    ),
)
async def update_comment(
    request: Request, comment_id: UUID, body: CommentChange, caller: Caller, tx: Transaction
) -> Response:
    """Who is named anew is told; who is named no more, is not any longer."""
    changed = comments.change(tx, comment_id, body.text, version=body.version, author_id=caller.user_id)
    return respond_unvalidated(request, Comment, _document(changed, caller.user_id))


@router.delete("/comments/{comment_id}", status_code=204, summary="Delete a comment")
async def delete_comment(comment_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """One's own, or one on a post of one's own. Answers to it stay, and it leaves an empty place."""
    comments.delete(tx, comment_id, user_id=caller.user_id)
    return no_content()


def _document(shown: OneComment, viewer: UUID | None) -> dict[str, Any]:
    return comment_documents.comment(shown.card, viewer, rights=shown.rights)


def _place(paging: Paging, query: str) -> tuple[list[Any] | None, datetime]:
    """Behind which place the page begins, and when the first one was read."""
    after = paging.after(query)
    if after is None:
        return None, epoch(None)
    return after[:2], epoch(after[2] if len(after) > 2 else None)


def _next(query: str, last: CommentPlace | None, order: CommentOrder, began: datetime) -> str | None:
    """Only the order by reactions has to know when the walk began: the others have values that do not change."""
    if last is None:
        return None
    values = comment_places.sort_values(last, order)
    return next_cursor(query, [*values, began] if order is CommentOrder.TOP else values)


def _replies_query(comment_id: UUID, order: CommentOrder, viewer: UUID | None) -> str:
    return f"replies to {comment_id} {order} for {viewer}"


def _behind(parent_id: UUID, reply: CommentCard, viewer: UUID | None) -> str:
    return next_cursor(_replies_query(parent_id, CommentOrder.OLD, viewer), [reply.created_at, reply.id])
