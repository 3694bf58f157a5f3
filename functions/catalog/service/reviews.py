"""Customers review products, and vote for the reviews of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from uuid import UUID

from functions.catalog.errors import AlreadyReviewedError, OwnReviewError, ProductNotFoundError, ReviewNotFoundError
from functions.catalog.repository import reviews
from functions.catalog.repository.reviews import ReviewRow, ReviewSort, ReviewSummary
from functions.catalog.service import pictures
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.identity.proven_addresses import EmailNotVerifiedError
from shared.contexts.profiles import standing
from shared.errors import InvalidTokenError, VersionConflictError
from shared.identifiers import as_id
from shared.pages import split_page


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
    """A summary of all published reviews of a product, a page of them, and where the next one starts.

    Raises ProductNotFoundError.
    """
    summary = _summary(connection, id_or_slug)
    rows = reviews.list_published(
        connection, summary.product_id, sort, stars=stars, verified=verified, limit=limit + 1, after=after
    )
    page, last = split_page(rows, limit, lambda row: reviews.sort_values(row, sort))
    return summary, page, last


def authored(
    connection: Connection, user_id: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[tuple[ReviewRow, dict[str, Any]]], UUID | None]:
    """A page of the user's own reviews, each with its product, and the id that the next page begins below."""
    rows = reviews.authored(connection, user_id, limit=limit + 1, before=before)
    return rows[:limit], rows[limit - 1][0].id if len(rows) > limit else None


def show(connection: Connection, review_id: UUID, *, user_id: UUID | None) -> ReviewRow:
    """A published review, or one's own. Raises ReviewNotFoundError."""
    row = reviews.by_id(connection, review_id)
    if row is None or (row.status != "published" and (user_id is None or row.user_id != user_id)):
        raise ReviewNotFoundError
    return row


def write(connection: Connection, id_or_slug: str, content: Mapping[str, Any], *, user_id: UUID) -> ReviewRow:
    """The customer's review of a product on sale; `content` has its rating, title, body and images.

    Raises ProductNotFoundError, AlreadyReviewedError, EmailNotVerifiedError, SuspendedError, TextRefusedError and
    ValidationError.
    """
    product_id = _summary(connection, id_or_slug).product_id
    standing.require_not_restricted(connection, user_id)
    texts = {name: value for name, value in content.items() if name != "images"}
    review_pictures = pictures.of_review(connection, content["images"], author=user_id)
    review_id = reviews.insert(connection, product_id, user_id, {**texts, **review_pictures.columns()})
    if review_id is None:
        _explain(connection, product_id, user_id)
    if review_pictures.media_ids:
        reviews.keep_pictures(connection, review_id, review_pictures.media_ids)
    outbox.record(connection, ProductChanged(product_id=product_id))
    return _screened(connection, review_id, user_id)


def change(
    connection: Connection, review_id: UUID, changes: Mapping[str, Any], *, version: int, user_id: UUID
) -> ReviewRow:
    """Change one's own review, of which only what `changes` names is replaced; a hidden one stays hidden.

    Raises ReviewNotFoundError, VersionConflictError, EmailNotVerifiedError, SuspendedError, TextRefusedError and
    ValidationError.
    """
    current = reviews.locked(connection, review_id)
    if current is None or current.user_id != user_id:
        raise ReviewNotFoundError
    if current.version != version:
        raise VersionConflictError(current_version=current.version)
    if not current.author_is_proven:
        raise EmailNotVerifiedError
    standing.require_not_restricted(connection, user_id)
    before = {name: getattr(current, name) for name in ("rating", "title", "body", "image_urls", "image_media")}
    texts = {name: value for name, value in changes.items() if name != "images"}
    images = changes.get("images")
    review_pictures = None if images is None else pictures.of_review(connection, images, author=user_id)
    after = {**before, **texts, **(review_pictures.columns() if review_pictures else {})}
    if after != before:
        reviews.update(connection, review_id, user_id, after)
        if review_pictures:
            reviews.keep_pictures(connection, review_id, review_pictures.media_ids)
        outbox.record(connection, ProductChanged(product_id=current.product_id))
        return _screened(connection, review_id, user_id)
    return show(connection, review_id, user_id=user_id)


def delete(connection: Connection, review_id: UUID, *, user_id: UUID) -> None:
    """Delete one's own review, with its votes. Raises ReviewNotFoundError."""
    product_id = reviews.delete(connection, review_id, user_id)
    if product_id is None:
        raise ReviewNotFoundError
    outbox.record(connection, ProductChanged(product_id=product_id))


def vote(connection: Connection, review_id: UUID, *, user_id: UUID, helpful: bool) -> ReviewRow:
    """Vote whether another customer's published review was helpful.

    Raises ReviewNotFoundError, OwnReviewError, EmailNotVerifiedError and SuspendedError.
    """
    row = show(connection, review_id, user_id=user_id)
    if row.user_id == user_id:
        raise OwnReviewError
    if not reviews.vote(connection, review_id, user_id, helpful=helpful):
        standing.require_not_restricted(connection, user_id)
        raise EmailNotVerifiedError
    return show(connection, review_id, user_id=user_id)


def _screened(connection: Connection, review_id: UUID, user_id: UUID) -> ReviewRow:
    """The review that was just written, held where it has to be. Raises TextRefusedError."""
    # Products are read a thousand times as often: nobody waits for the words of screening then.
    from functions.catalog.service import review_screening

    row = show(connection, review_id, user_id=user_id)
    if review_screening.screen(connection, row, author_id=user_id):
        return show(connection, review_id, user_id=user_id)
    return row


def _explain(connection: Connection, product_id: UUID, user_id: UUID) -> NoReturn:
    """Raise why the customer cannot review the product."""
    proven = reviews.is_proven(connection, user_id)
    if proven is None:
        raise InvalidTokenError("The account does not exist any more")
    if not proven:
        raise EmailNotVerifiedError
    raise AlreadyReviewedError(review_id=str(reviews.of_customer(connection, product_id, user_id)))


def _summary(connection: Connection, id_or_slug: str) -> ReviewSummary:
    summary = reviews.summary(connection, product_id=as_id(id_or_slug), slug=id_or_slug)
    if summary is None:
        raise ProductNotFoundError
    return summary
