"""Customers review products, and say which reviews helped them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from functions.catalog.errors import AlreadyReviewedError, OwnReviewError, ProductNotFoundError, ReviewNotFoundError
from functions.catalog.repository import reviews
from functions.catalog.repository.reviews import ReviewRow, ReviewSort, ReviewSummary
from functions.catalog.review_schemas import NewReview, ReviewChange
from functions.catalog.service import pictures
from shared import outbox
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, VersionConflictError
from shared.events import ProductChanged
from shared.identifiers import as_id

NOBODY: Final = "A customer"
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def published(
    connection: Connection,
    id_or_slug: str,
    sort: ReviewSort,
    *,
    stars: int | None,
    verified: bool | None,
    limit: int,
    after: list[Any] | None,
) -> tuple[ReviewSummary, Sequence[ReviewRow], list[Any] | None]:
    """What all say together, a page of what they say, and where the next one starts. Raises ProductNotFoundError."""
    summary = _summary(connection, id_or_slug)
    rows = reviews.list_published(
        connection, summary.product_id, sort, stars=stars, verified=verified, limit=limit + 1, after=after
    )
    page = rows[:limit]
    return summary, page, reviews.sort_values(page[-1], sort) if len(rows) > limit else None


def show(connection: Connection, review_id: UUID, *, user_id: UUID | None) -> ReviewRow:
    """A published review, or one's own. Raises ReviewNotFoundError."""
    row = reviews.by_id(connection, review_id)
    if row is None or (row.status != "published" and (user_id is None or row.user_id != user_id)):
        raise ReviewNotFoundError
    return row


def write(connection: Connection, id_or_slug: str, body: NewReview, *, user_id: UUID) -> ReviewRow:
    """The customer's review of a product on sale.

    Raises ProductNotFoundError, AlreadyReviewedError and ValidationError.
    """
    product_id = _summary(connection, id_or_slug).product_id
    content = body.model_dump()
    shown = pictures.of_review(connection, content.pop("images"), author=user_id)
    review_id = reviews.insert(connection, product_id, user_id, {**content, **shown.columns()})
    if review_id is None:
        existing = reviews.of_customer(connection, product_id, user_id)
        if existing is None:
            raise InvalidTokenError("The account does not exist any more")
        raise AlreadyReviewedError(review_id=str(existing))
    if shown.media_ids:
        reviews.keep_pictures(connection, review_id, shown.media_ids)
    outbox.record(connection, ProductChanged(product_id=product_id))
    return show(connection, review_id, user_id=user_id)


def change(connection: Connection, review_id: UUID, body: ReviewChange, *, user_id: UUID) -> ReviewRow:
    """Change one's own review; a hidden one stays hidden.

    Raises ReviewNotFoundError, VersionConflictError and ValidationError.
    """
    current = reviews.locked(connection, review_id)
    if current is None or current.user_id != user_id:
        raise ReviewNotFoundError
    if current.version != body.version:
        raise VersionConflictError(current_version=current.version)
    before = {name: getattr(current, name) for name in ("rating", "title", "body", "image_urls", "image_media")}
    sent = body.model_dump(include=body.model_fields_set - {"version"})
    images = sent.pop("images", None)
    shown = None if images is None else pictures.of_review(connection, images, author=user_id)
    after = {**before, **sent, **(shown.columns() if shown else {})}
    if after != before:
        reviews.update(connection, review_id, user_id, after)
        if shown:
            reviews.keep_pictures(connection, review_id, shown.media_ids)
        outbox.record(connection, ProductChanged(product_id=current.product_id))
    return show(connection, review_id, user_id=user_id)


def delete(connection: Connection, review_id: UUID, *, user_id: UUID) -> None:
    """Take one's own review back, with its votes. Raises ReviewNotFoundError."""
    product_id = reviews.delete(connection, review_id, user_id)
    if product_id is None:
        raise ReviewNotFoundError
    outbox.record(connection, ProductChanged(product_id=product_id))


def vote(connection: Connection, review_id: UUID, *, user_id: UUID, helpful: bool) -> ReviewRow:
    """Say whether somebody else's published review helped. Raises ReviewNotFoundError and OwnReviewError."""
    row = show(connection, review_id, user_id=user_id)
    if row.user_id == user_id:
        raise OwnReviewError
    reviews.vote(connection, review_id, user_id, helpful=helpful)
    return show(connection, review_id, user_id=user_id)


def author(full_name: str | None) -> str:
    """What everybody may know of an author's name: "Ada Lovelace" is "Ada L.", "李小龙" is "李**"."""
    names = (full_name or "").split()
    if not names:
        return NOBODY
    if len(names) > 1:
        return f"{names[0]} {names[-1][0]}."
    [name] = names
    return name[0] + "*" * (len(name) - 1) if _HAN.match(name) else name


def _summary(connection: Connection, id_or_slug: str) -> ReviewSummary:
    found = reviews.summary(connection, product_id=as_id(id_or_slug), slug=id_or_slug)
    if found is None:
        raise ProductNotFoundError
    return found
