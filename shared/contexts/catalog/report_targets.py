"""Products and reviews can be reported."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.catalog import product_listing, review_status
from shared.report_targets import ReportTarget

_PRODUCT: Final = """
SELECT NULL::uuid AS owner_id, p.version, p.is_active AND p.deleted_at IS NULL AS is_shown,
    jsonb_build_object('name', p.name, 'slug', p.slug, 'vendor', p.vendor, 'tags', p.tags) AS snapshot,
    '{}'::uuid[] AS media_ids
FROM catalog_products p WHERE p.id = %(id)s
"""
_REVIEW: Final = """
SELECT r.user_id AS owner_id, r.version, r.status = 'published' AS is_shown, jsonb_build_object(
    'title', r.title, 'text', r.body, 'rating', r.rating, 'product_id', r.product_id,
    'image_urls', r.image_urls, 'created_at', r.created_at) AS snapshot,
    ARRAY(SELECT m.media_id FROM review_media m WHERE m.review_id = r.id) AS media_ids
FROM catalog_reviews r WHERE r.id = %(id)s
"""


def _delist(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
    return product_listing.set_listed(connection, target_id, False)


def _list(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
    return product_listing.set_listed(connection, target_id, True)


def _hide(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
    return review_status.moderate(connection, target_id, "hidden", moderator=moderator, reason=reason)


def _publish(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
    return review_status.moderate(connection, target_id, "published", moderator=moderator, reason=reason)


TARGETS: Final = (
    ReportTarget(
        kind="product",
        select=_PRODUCT,
        visible="p.is_active AND p.deleted_at IS NULL",
        hide=_delist,
        show=_list,
    ),
    ReportTarget(kind="review", select=_REVIEW, visible="r.status = 'published'", hide=_hide, show=_publish),
)
