"""Reviews as customers write them and everybody reads them. Titles, bodies and replies are plain text, never HTML."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contexts.media.schemas import Image, Picture
from shared.web import ChangeModel, Page, RequestModel, ResponseModel, Version

MAX_BODY = 5_000
MAX_IMAGES = 5

Stars = Annotated[int, Field(ge=1, le=5, examples=[5])]
Title = Annotated[str, Field(min_length=1, max_length=200, examples=["Sturdy and beautiful"])]
Body = Annotated[str, Field(min_length=1, max_length=MAX_BODY, examples=["Three winters outside, and not a crack."])]
ReviewStatus = Literal["published", "hidden"]


class ReviewPicture(RequestModel):
    """A picture of the author's own. One somewhere else would be seen by a stranger's server, and could be another
    tomorrow.
    """

    media_id: Annotated[UUID, Field(description="Of an upload for a review that is `ready`")]


Pictures = Annotated[list[ReviewPicture], Field(max_length=MAX_IMAGES)]


class NewReview(RequestModel):
    """Plain text; what looks like HTML is shown as it was typed."""

    rating: Stars
    title: Title
    body: Body
    images: Pictures = Field(default_factory=list)


class ReviewChange(ChangeModel):
    """Only what is sent changes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "rating": 4}]})

    version: Version
    rating: Stars = 1
    title: Title = ""
    body: Body = ""
    images: Pictures = Field(default_factory=list)


class ReviewReply(ResponseModel):
    body: Annotated[str, Field(examples=["Thank you! The large ones are back in May."])]
    replied_at: datetime


class Review(ResponseModel):
    """What somebody says of a product."""

    id: UUID
    product_id: UUID
    author: Annotated[str, Field(description="First name and initial", examples=["Ada L."])]
    rating: Stars
    title: str
    body: str
    images: list[Picture]
    is_verified: Annotated[bool, Field(description="An order of the author's with this product was delivered")]
    helpful_count: int
    unhelpful_count: int
    reply: Annotated[ReviewReply | None, Field(description="The shop's")]
    version: int
    created_at: datetime
    updated_at: datetime


class RatingSummary(ResponseModel):
    """All published reviews of the product by verified buyers together. Those of others weigh nothing."""

    rating_average: Annotated[float | None, Field(description="Stars, 1 to 5; null without reviews", examples=[4.5])]
    rating_count: Annotated[int, Field(description="Of verified buyers")]
    histogram: Annotated[
        dict[str, int],
        Field(description="Reviews by stars", examples=[{"1": 0, "2": 1, "3": 0, "4": 3, "5": 12}]),
    ]


class ReviewList(Page[Review]):
    """A page of reviews; the summary is that of all, whatever the filters."""

    summary: RatingSummary


class OwnPicture(Picture):
    """A picture as its author sees it, who names it by its id when they change the review."""

    media_id: UUID | None


class OwnReview(Review):
    """A review as its author sees it: hidden ones, too."""

    images: list[OwnPicture]  # type: ignore[assignment] # narrower, which a list may not be: nobody adds to it
    status: ReviewStatus
    held_reason: Annotated[str | None, Field(description="Why a moderator has to read it first")]


class ReviewedProduct(ResponseModel):
    """What a review is about, as a list of reviews shows it."""

    id: UUID
    slug: Annotated[str, Field(examples=["clay-plant-pot"])]
    name: Annotated[str, Field(examples=["Clay Plant Pot"])]
    on_sale: Annotated[bool, Field(description="False where the shop has taken it off sale: it has no page")]
    image: Image | None


class AuthoredReview(OwnReview):
    """A review in the list of those that the caller wrote."""

    product: ReviewedProduct


class NewReviewVote(RequestModel):
    """Sent again, it replaces the one before."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"helpful": True}]})

    helpful: bool


class ReviewVote(ResponseModel):
    """The caller's vote, and how all votes stand with it."""

    review_id: UUID
    helpful: bool
    helpful_count: int
    unhelpful_count: int
