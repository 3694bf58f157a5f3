"""Recommendations with a product, and for a customer."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.discovery.errors import ProductNotFoundError
from functions.discovery.repository import recommendations as repository
from functions.discovery.repository.recommendations import RecommendationQuery, RecommendedRow
from shared.clients.database import Connection
from shared.identifiers import as_id


def with_product(
    connection: Connection, id_or_slug: str, *, user_id: UUID | None, limit: int
) -> Sequence[RecommendedRow]:
    """What goes with the product on sale that has this id or slug, the best first.

    A customer (`user_id`) who agreed is not shown what they have. Raises ProductNotFoundError.
    """
    product_id = as_id(id_or_slug)
    query = RecommendationQuery(user_id=user_id, product_id=product_id, slug=id_or_slug if product_id is None else None)
    rows = repository.recommended(connection, query, limit=limit)
    if not rows:
        raise ProductNotFoundError
    return rows[1:]


def for_customer(connection: Connection, user_id: UUID | None, *, limit: int) -> Sequence[RecommendedRow]:
    """Products for the customer, the best first; what sells best without a customer, and for one who did not agree."""
    return repository.recommended(connection, RecommendationQuery(user_id=user_id), limit=limit)
