"""What catalog holds about people: reviews, votes, wishes, downloads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged
from shared.privacy import Erasure, PersonalData, Section

_REVIEWS: Final = """
SELECT r.id, p.name AS product, r.rating, r.title, r.body, r.image_urls, r.is_verified, r.status, r.reply, r.created_at,
    r.updated_at
FROM reviews r JOIN products p ON p.id = r.product_id WHERE r.user_id = %(user_id)s ORDER BY r.id
"""
_VOTES: Final = "SELECT review_id, helpful, created_at FROM review_votes WHERE user_id = %(user_id)s"
_WISHES: Final = """
SELECT p.name AS product, w.currency, w.price_amount, w.created_at
FROM wishlist_items w JOIN products p ON p.id = w.product_id WHERE w.user_id = %(user_id)s ORDER BY w.created_at
"""
_DOWNLOADS: Final = """
SELECT i.order_id, m.file_name, d.downloads, d.last_at FROM ordering_order_lines i
JOIN media_downloads d ON d.order_item_id = i.id JOIN product_media m ON m.id = d.media_id
WHERE i.order_id = ANY(ARRAY(
    SELECT order_id FROM ordering_buyers WHERE user_id = %(user_id)s
    UNION SELECT order_id FROM ordering_buyers WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)) ORDER BY d.last_at
"""

_DELETE_REVIEWS: Final = """
WITH deleted AS (
    DELETE FROM reviews WHERE user_id = %(user_id)s RETURNING product_id, rating, status, is_verified
), counted AS (
    UPDATE products p SET rating_count = p.rating_count - 1, rating_sum = p.rating_sum - deleted.rating
    FROM deleted WHERE p.id = deleted.product_id AND deleted.status = 'published' AND deleted.is_verified
)
SELECT product_id FROM deleted WHERE status = 'published'
"""
_ANONYMIZE_REVIEWS: Final = """
WITH pictures AS (
    DELETE FROM review_media m USING reviews r WHERE r.id = m.review_id AND r.user_id = %(user_id)s
)
UPDATE reviews SET user_id = NULL, image_urls = '{}', image_media = NULL, version = version + 1
WHERE user_id = %(user_id)s RETURNING product_id
"""
# A vote without its voter still counts.
_ERASE_TASTE: Final = """
WITH votes AS (
    UPDATE review_votes SET user_id = gen_random_uuid() WHERE user_id = %(user_id)s
)
DELETE FROM wishlist_items WHERE user_id = %(user_id)s
"""


class _Catalog(PersonalData):
    lock_order = 40
    erased = ("reviews", "review_media", "review_votes", "wishlist_items")
    left: ClassVar[Mapping[str, str]] = {
        "product_exports": "who requested product files, by id",
        "product_imports": "who uploaded product files, by id",
        "product_media": "who uploaded a file for sale, by id",
        "stock_reservations": "from which network, as a keyed hash, until they are paid or released",
        "network_reservations": "how much a network has reserved, as a keyed hash, for about an hour",
    }
    sections: ClassVar[Mapping[str, Section]] = {
        "reviews": Section("Reviews, hidden ones too", _REVIEWS),
        "review_votes": Section("Which reviews were found helpful or not", _VOTES),
        "wishlist": Section("Wishes", _WISHES),
        "downloads": Section("Files that were bought and fetched", _DOWNLOADS),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "product_media, product_imports, product_exports": (
            "Work for the shop, about products; it names who did it by id."
        ),
        "stock_reservations, network_reservations": (
            "Units that checkouts hold, and how many a network holds; the network is a keyed hash, for an hour."
        ),
    }

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"user_id": erasure.person.user_id}
        statement = _DELETE_REVIEWS if erasure.with_publications else _ANONYMIZE_REVIEWS
        reviewed = connection.execute(statement, values).fetchall()
        # Cached pages show the person's name until they are purged.
        outbox.record_all(connection, [ProductChanged(product_id=row["product_id"]) for row in reviewed])
        connection.execute(_ERASE_TASTE, values)


PERSONAL_DATA: Final = _Catalog()
