"""Moderators hide and publish reviews: a review counts in its product's rating as long as it is published."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged

ReviewStatus: TypeAlias = Literal["published", "hidden"]

SCREENING: Final = "screening"
"""Who hid it, where no moderator did."""

_MODERATE: Final = """
WITH changed AS (
    UPDATE reviews SET status = %(after)s WHERE id = %(id)s AND status <> %(after)s
    RETURNING id, product_id, rating, is_verified, old.status AS before,
        CASE new.status WHEN 'published' THEN 1 ELSE -1 END AS sign
), logged AS (
    INSERT INTO review_moderations (review_id, before, after, actor, reason)
    SELECT id, before, %(after)s, %(actor)s, %(reason)s FROM changed
), counted AS (
    UPDATE products p SET rating_count = p.rating_count + changed.sign,
        rating_sum = p.rating_sum + changed.sign * changed.rating
    FROM changed WHERE p.id = changed.product_id AND changed.is_verified
)
SELECT product_id FROM changed
"""


def moderate(connection: Connection, review_id: UUID, after: ReviewStatus, *, moderator: UUID, reason: str) -> bool:
    """Hide or publish it, with an entry in its log; False where it is that already, or does not exist."""
    return _change(connection, review_id, after, actor=f"moderator:{moderator}", reason=reason)


def hold(connection: Connection, review_id: UUID, reason: str) -> bool:
    """Hide it until a moderator has read it; its author reads the reason. False where it is hidden."""
    return _change(connection, review_id, "hidden", actor=SCREENING, reason=reason)


def _change(connection: Connection, review_id: UUID, after: ReviewStatus, *, actor: str, reason: str) -> bool:
    values = {"id": review_id, "after": after, "actor": actor, "reason": reason}
    row = connection.execute(_MODERATE, values).fetchone()
    if row is None:
        return False
    outbox.record(connection, ProductChanged(product_id=row["product_id"]))
    return True
