"""Reviews as moderators and the shop see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.catalog.schemas.reviews import MAX_BODY, OwnReview, ReviewStatus
from shared.web import RequestModel, ResponseModel


class ReviewModeration(ResponseModel):
    """Who hid or published a review, and why."""

    before: ReviewStatus
    after: ReviewStatus
    actor: str
    reason: str
    created_at: datetime


class AdminReview(OwnReview):
    """A review as moderators see it."""

    user_id: UUID | None
    product_name: str
    product_slug: str
    moderations: Annotated[list[ReviewModeration], Field(description="Newest first")]


class ReviewStatusChange(RequestModel):
    """The reason is kept, and not shown to the author."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "hidden", "reason": "Names a person"}]})

    status: ReviewStatus
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class NewReviewReply(RequestModel):
    """Plain text."""

    body: Annotated[str, Field(min_length=1, max_length=MAX_BODY, examples=["Thank you!"])]
