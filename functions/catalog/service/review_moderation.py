"""Moderators hide and publish reviews; the shop answers them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.catalog.errors import ReviewNotFoundError
from functions.catalog.repository import review_moderation
from functions.catalog.repository.review_moderation import QueuedRow
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog import review_status
from shared.contexts.catalog.events import ProductChanged
from shared.contexts.catalog.review_status import ReviewStatus
from shared.pages import split_page


def queue(
    connection: Connection, *, status: str | None, user_id: UUID | None, limit: int, before: UUID | None
) -> tuple[Sequence[QueuedRow], UUID | None]:
    """A page of all reviews, or of those of one author, newest first, and where the next one starts."""
    rows = review_moderation.queue(connection, status=status, user_id=user_id, limit=limit + 1, before=before)
    return split_page(rows, limit, lambda row: row.review.id)


def moderate(
    connection: Connection, review_id: UUID, *, status: ReviewStatus, reason: str, moderator: UUID
) -> QueuedRow:
    """Hide or publish a review; it counts as long as it is published. Raises ReviewNotFoundError."""
    is_changed = review_status.moderate(connection, review_id, status, moderator=moderator, reason=reason)
    moderated = _queued(connection, review_id)
    before = str(moderated.moderations[0]["before"]) if is_changed else status
    changes = audit.differences({"status": before}, {"status": status, "note": reason})
    audit.record(connection, "review.moderated", Subject("review", review_id), changes=changes)
    return moderated


def reply(connection: Connection, review_id: UUID, *, body: str | None, actor: UUID) -> QueuedRow:
    """Answer a review in the shop's name, or delete the answer. Raises ReviewNotFoundError and TextRefusedError."""
    if body is not None:
        from functions.catalog.service import review_screening

        review_screening.screen_reply(connection, body, actor=actor)
    before = review_moderation.reply(connection, review_id, body=body, actor=f"admin:{actor}" if body else None)
    if before is None:
        raise ReviewNotFoundError
    action = "review.reply_deleted" if body is None else "review.replied"
    changes = audit.differences({"reply": before.reply}, {"reply": body})
    audit.record(connection, action, Subject("review", review_id), changes=changes)
    row = _queued(connection, review_id)
    if row.review.status == "published":
        outbox.record(connection, ProductChanged(product_id=row.review.product_id))
    return row


def _queued(connection: Connection, review_id: UUID) -> QueuedRow:
    row = review_moderation.queued(connection, review_id)
    if row is None:
        raise ReviewNotFoundError
    return row
