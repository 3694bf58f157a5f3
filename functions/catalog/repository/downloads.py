"""What buyers may download, and how often they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order, as far as it decides about downloads."""

    user_id: UUID | None
    is_valid: bool
    """Whether it is paid, and neither cancelled nor refunded."""


class DownloadRow(NamedTuple):
    """A file of a line of an order. `quantity` is how many were bought and not refunded, `downloads` how often the file
    was fetched for it.
    """

    order_item_id: UUID
    media_id: UUID
    product_name: str
    variant_title: str
    quantity: int
    object_key: str
    file_name: str
    content_type: str
    size_bytes: int
    downloads: int


_PURCHASE: Final = """
SELECT user_id, payment_status IN ('paid', 'partially_refunded') AND state <> 'cancelled' AS is_valid
FROM ordering_orders WHERE id = %s
"""
_OF_ORDER: Final = """
SELECT i.id, m.id, i.name, i.variant_title, kept.quantity, m.object_key, m.file_name, m.content_type, m.size_bytes,
       coalesce(d.downloads, 0)
FROM ordering_order_lines i
JOIN variants v ON v.id = i.variant_id AND NOT v.requires_shipping
JOIN product_media m ON m.product_id = i.product_id AND m.deleted_at IS NULL AND m.uploaded_at IS NOT NULL
 AND (m.variant_id IS NULL OR m.variant_id = i.variant_id)
CROSS JOIN LATERAL (
    SELECT i.quantity - coalesce((SELECT f.refunded FROM payments_refunded_units f WHERE f.order_item_id = i.id), 0)
        AS quantity
) kept
LEFT JOIN media_downloads d ON d.order_item_id = i.id AND d.media_id = m.id
WHERE i.order_id = %s AND kept.quantity > 0 ORDER BY i.id, m.id
"""
_COUNT: Final = """
INSERT INTO media_downloads AS d (order_item_id, media_id, downloads) VALUES (%(order_item_id)s, %(media_id)s, 1)
ON CONFLICT (order_item_id, media_id) DO UPDATE SET downloads = d.downloads + 1, last_at = now()
WHERE d.downloads < %(most)s RETURNING downloads
"""


def purchase(connection: Connection, order_id: UUID) -> Purchase | None:
    with connection.cursor(row_factory=class_row(Purchase)) as cursor:
        return cursor.execute(_PURCHASE, (order_id,)).fetchone()


def of_order(connection: Connection, order_id: UUID) -> Sequence[DownloadRow]:
    """The files of all lines of the order, whoever's it is."""
    with connection.cursor(row_factory=args_row(DownloadRow)) as cursor:
        return cursor.execute(_OF_ORDER, (order_id,)).fetchall()


def count(connection: Connection, order_item_id: UUID, media_id: UUID, *, most: int) -> int | None:
    """One more download, unless there were so many; returns how many there are now, or None."""
    parameters = {"order_item_id": order_item_id, "media_id": media_id, "most": most}
    row = connection.execute(_COUNT, parameters).fetchone()
    return None if row is None else row["downloads"]
