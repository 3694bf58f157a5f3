"""What moderation says of reviews, and of the shop's answers to them."""

from __future__ import annotations

from uuid import UUID

from functions.catalog.domain.author_names import public_name
from functions.catalog.repository.reviews import ReviewRow
from shared.clients.database import Connection
from shared.contexts.moderation import review_holding, screening


def screen(connection: Connection, review: ReviewRow, *, author_id: UUID) -> bool:
    """Judge a review as it stands now, with the name that it is shown under; whether it is held. Raises
    TextRefusedError, with which the transaction ends.
    """
    texts = {"title": review.title, "body": review.body, "author": public_name(review.author_name)}
    verdict = screening.judge(connection, {field: text for field, text in texts.items() if text})
    review_holding.file(connection, verdict, review.id, author_id=author_id, version=review.version)
    return verdict.is_held


def screen_reply(connection: Connection, body: str, *, actor: UUID) -> None:
    """An answer is not held, as the shop answers for it: what would be is refused, and the rest is a case about who
    wrote it. Raises TextRefusedError.
    """
    verdict = screening.judge(connection, {"body": body}, may_hold=False)
    screening.file(connection, verdict, "user", actor, owner_id=actor)
