"""Moderators hide and publish reviews; the shop answers them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.repository.review_moderation import QueuedRow
from functions.catalog.routes.reviews import own_review
from functions.catalog.schemas.review_moderation import (
    AdminReview,
    NewReviewReply,
    ReviewModeration,
    ReviewStatusChange,
)
from functions.catalog.schemas.reviews import ReviewStatus
from functions.catalog.service import review_moderation
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond_page, respond_unvalidated
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/reviews", tags=["reviews-admin"])

_moderates = [requires(Permission.REVIEWS_MODERATE)]
_replies = [requires(Permission.CATALOG_WRITE)]


@router.get("", response_model=Page[AdminReview], summary="List all reviews", dependencies=_moderates)
async def list_admin_reviews(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[ReviewStatus | None, Query(description="Only published, or only hidden ones")] = None,
    user_id: Annotated[UUID | None, Query(description="Reviews of this author")] = None,
) -> Response:
    """Newest first, with what moderators did so far."""
    query = f"all reviews {status} {user_id}"
    rows, last = review_moderation.queue(
        reader, status=status, user_id=user_id, limit=paging.limit, before=id_before(paging, query)
    )
    return respond_page(
        request,
        AdminReview,
        [_moderated(row) for row in rows],
        next_cursor=id_cursor(query, last),
        fields=fields,
    )


@router.put(
    "/{review_id}/status", response_model=AdminReview, summary="Hide or publish a review", dependencies=_moderates
)
async def moderate_review(
    request: Request, review_id: UUID, body: ReviewStatusChange, caller: Caller, tx: Transaction
) -> Response:
    """Hidden reviews are seen by their authors only, and do not count. Who did it and why is kept."""
    row = review_moderation.moderate(tx, review_id, status=body.status, reason=body.reason, moderator=caller.user_id)
    return respond_unvalidated(request, AdminReview, _moderated(row))


@router.put("/{review_id}/reply", response_model=AdminReview, summary="Answer a review", dependencies=_replies)
async def reply_to_review(
    request: Request, review_id: UUID, body: NewReviewReply, caller: Caller, tx: Transaction
) -> Response:
    """In the shop's name; replaces an earlier answer."""
    row = review_moderation.reply(tx, review_id, body=body.body, actor=caller.user_id)
    return respond_unvalidated(request, AdminReview, _moderated(row))


@router.delete("/{review_id}/reply", response_model=AdminReview, summary="Take an answer away", dependencies=_replies)
async def delete_review_reply(request: Request, review_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """The review is as if it had never been answered."""
    row = review_moderation.reply(tx, review_id, body=None, actor=caller.user_id)
    return respond_unvalidated(request, AdminReview, _moderated(row))


def _moderated(row: QueuedRow) -> dict[str, Any]:
    return {
        **own_review(row.review),
        "user_id": row.review.user_id,
        "product_name": row.product_name,
        "product_slug": row.product_slug,
        "moderations": [ReviewModeration.model_validate(entry).model_dump() for entry in row.moderations],
    }
