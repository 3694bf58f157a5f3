"""Customers read and write reviews, and vote for those of others."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.author_names import public_name
from functions.catalog.repository.reviews import ReviewRow, ReviewSort, ReviewSummary
from functions.catalog.routes.caching import product_pages
from functions.catalog.schemas.reviews import (
    AuthoredReview,
    NewReview,
    NewReviewVote,
    OwnReview,
    Review,
    ReviewChange,
    ReviewList,
    ReviewVote,
)
from functions.catalog.service import reviews
from shared.contexts.catalog.product_lists import image, picture
from shared.contexts.media import media_urls
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    Page,
    Reader,
    Transaction,
    no_content,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.fields import IdOrSlug
from shared.web.pages import Paging, id_before, id_cursor, next_cursor

router = APIRouter(prefix="/api/v1", tags=["reviews"])

_STARS: Final = range(1, 6)
_UNPROVEN: Final = {
    "description": "The caller has not verified their e-mail address (`email_not_verified`), or is `suspended`"
}


@router.get("/products/{product_id}/reviews", response_model=ReviewList, summary="List a product's reviews")
async def list_product_reviews(
    *,
    request: Request,
    product_id: IdOrSlug,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    sort: ReviewSort = ReviewSort.NEWEST,
    stars: Annotated[int | None, Query(ge=1, le=5)] = None,
    verified: Annotated[bool | None, Query(description="Only verified purchases, or only others")] = None,
) -> Response:
    """Published reviews of a product on sale, by its id or slug, with a summary of all of them."""
    query = f"reviews of {product_id} {sort} {stars} {verified}"
    summary, rows, last = reviews.published(
        reader, product_id, sort, stars=stars, verified=verified, limit=paging.limit, after=paging.after(query)
    )
    return respond_page(
        request,
        Review,
        [review(row) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
        cache=product_pages(summary.product_id),
        beside={"summary": _summary(summary)},
    )


@router.post(
    "/products/{product_id}/reviews",
    status_code=201,
    response_model=OwnReview,
    summary="Review a product",
    responses={403: _UNPROVEN, 409: {"description": "The product has a review of the caller's already"}},
)
async def create_review(
    request: Request, product_id: IdOrSlug, body: NewReview, caller: Caller, tx: Transaction
) -> Response:
    """One review per customer and product. It is a verified purchase if an order of the caller's with this product has
    been delivered; others are listed, and weigh nothing in the product's rating. 409 `already_reviewed` names the
    review that there is.
    """
    row = reviews.write(tx, product_id, body.model_dump(), user_id=caller.user_id)
    location = f"{router.prefix}/reviews/{row.id}"
    return respond(request, OwnReview(**own_review(row)), status=201, headers={"Location": location})


@router.get("/reviews/mine", response_model=Page[AuthoredReview], summary="List one's own reviews")
async def list_own_reviews(
    request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Latest first, hidden ones too, each with its product."""
    query = f"reviews by {caller.user_id}"
    rows, last = reviews.authored(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    return respond_page(
        request,
        AuthoredReview,
        [{**own_review(row), "product": _product(product)} for row, product in rows],
        next_cursor=id_cursor(query, last),
        fields=fields,
    )


@router.get("/reviews/{review_id}", response_model=OwnReview, summary="Read one review")
async def get_review(
    request: Request, review_id: UUID, caller: MaybeCaller, fields: Fields, reader: Reader
) -> Response:
    """A published one, or one's own."""
    row = reviews.show(reader, review_id, user_id=caller.user_id if caller else None)
    return respond_unvalidated(request, OwnReview, own_review(row), fields=fields)


@router.patch(
    "/reviews/{review_id}",
    response_model=OwnReview,
    summary="Change one's review",
    responses={403: _UNPROVEN, 409: {"description": "The review was changed in the meantime"}},
)
async def update_review(
    request: Request, review_id: UUID, body: ReviewChange, caller: Caller, tx: Transaction
) -> Response:
    """Only what is sent changes. 409 `version_conflict` where the review was changed since `version`."""
    changes = body.model_dump(include=body.model_fields_set - {"version"})
    row = reviews.change(tx, review_id, changes, version=body.version, user_id=caller.user_id)
    return respond_unvalidated(request, OwnReview, own_review(row))


@router.delete("/reviews/{review_id}", status_code=204, summary="Delete one's review")
async def delete_review(review_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """With the votes for it. Its author may write another one."""
    reviews.delete(tx, review_id, user_id=caller.user_id)
    return no_content()


@router.post(
    "/reviews/{review_id}/votes",
    response_model=ReviewVote,
    summary="Vote for a review",
    responses={403: {"description": "The review is the caller's own (`own_review`), or `email_not_verified`"}},
)
async def vote_for_review(
    request: Request, review_id: UUID, body: NewReviewVote, caller: Caller, tx: Transaction
) -> Response:
    """Whether the review was helpful. One vote each; the last one counts."""
    row = reviews.vote(tx, review_id, user_id=caller.user_id, helpful=body.helpful)
    answer = ReviewVote(
        review_id=row.id,
        helpful=body.helpful,
        helpful_count=row.helpful_count,
        unhelpful_count=row.unhelpful_count,
    )
    return respond(request, answer)


def review(row: ReviewRow) -> dict[str, Any]:
    """`Review` as JSON has it. Pictures from elsewhere, which could be shown once, are shown no more."""
    return {
        "id": row.id,
        "product_id": row.product_id,
        "author": public_name(row.author_name),
        "rating": row.rating,
        "title": row.title,
        "body": row.body,
        "images": [picture(url, media) for url in row.image_urls if (media := (row.image_media or {}).get(url))],
        "is_verified": row.is_verified,
        "helpful_count": row.helpful_count,
        "unhelpful_count": row.unhelpful_count,
        "reply": None if row.reply is None else {"body": row.reply, "replied_at": row.replied_at},
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def own_review(row: ReviewRow) -> dict[str, Any]:
    """`OwnReview` as JSON has it."""
    shown = review(row)
    images = [{**each, "media_id": media_urls.media_id(each["url"])} for each in shown["images"]]
    return {**shown, "images": images, "status": row.status, "held_reason": row.held_reason}


def _product(product: dict[str, Any]) -> dict[str, Any]:
    shown = product["image"]
    return {**product, "image": image(shown["url"], shown["alt"], shown["media"]) if shown else None}


def _summary(summary: ReviewSummary) -> dict[str, Any]:
    count = summary.rating_count
    return {
        "rating_average": round(summary.rating_sum / count, 2) if count else None,
        "rating_count": count,
        "histogram": {str(stars): summary.histogram.get(str(stars), 0) for stars in _STARS},
    }
