"""Reviews as they stand in the database, counted in their products."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import Review
from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User

MISCOUNTED = """
SELECT p.id FROM products p LEFT JOIN LATERAL (
    SELECT count(*) AS n, coalesce(sum(rating), 0) AS stars FROM reviews
    WHERE product_id = p.id AND status = 'published' AND is_verified) r ON true
WHERE (p.rating_count, p.rating_sum) <> (r.n, r.stars)
UNION ALL SELECT r.id FROM reviews r LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE helpful) AS yes, count(*) FILTER (WHERE NOT helpful) AS no
    FROM review_votes WHERE review_id = r.id) v ON true
WHERE (r.helpful_count, r.unhelpful_count) <> (v.yes, v.no)
"""
"""Finds products and reviews whose counts are not what the rows say."""


def review(db: Session, product: Product, author: User, *, rating: int = 5, **columns: Any) -> Review:
    """A committed review, published unless `status` says otherwise, and counted if it is of a verified buyer."""
    made = Review(
        product_id=product.id,
        user_id=author.id,
        rating=rating,
        **{"title": "Sturdy", "body": "Three winters outside.", "status": "published", "is_verified": True, **columns},
    )
    db.add(made)
    if made.status == "published" and made.is_verified:
        product.rating_count += 1
        product.rating_sum += rating
    db.commit()
    return made


def miscounted(db: Session) -> list[UUID]:
    """Products and reviews whose counts are not what the rows say; empty when all is well."""
    db.rollback()
    return list(db.execute(text(MISCOUNTED)).scalars())
