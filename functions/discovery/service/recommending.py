"""What to show to whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.discovery.errors import ProductNotFoundError
from functions.discovery.repository import recommendations
from functions.discovery.repository.recommendations import Asked, RecommendedRow
from shared.clients.database import Connection
from shared.identifiers import as_id


def with_product(
    connection: Connection, id_or_slug: str, *, user_id: UUID | None, limit: int
) -> Sequence[RecommendedRow]:
    """What goes with the product on sale that has this id or slug, the best first.

    A customer (`user_id`) who agreed is not shown what they have. Raises ProductNotFoundError.
    """
    product_id = as_id(id_or_slug)
    asked = Asked(user_id=user_id, product_id=product_id, slug=id_or_slug if product_id is None else None)
    rows = recommendations.recommended(connection, asked, limit=limit)
    if not rows:
        raise ProductNotFoundError
    return rows[1:]


def for_customer(connection: Connection, user_id: UUID | None, *, limit: int) -> Sequence[RecommendedRow]:
    """What may please the customer, the best first; what sells best for nobody, and for who did not agree to that."""
    return recommendations.recommended(connection, Asked(user_id=user_id), limit=limit)
