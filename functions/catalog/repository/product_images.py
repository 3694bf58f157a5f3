"""Images of products, changed one by one."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.catalog.repository import pictures
from shared.clients.database import Connection

# The product before the picture, as everybody locks who writes images.
_LOCK: Final = "SELECT id FROM products WHERE id = %s AND deleted_at IS NULL FOR NO KEY UPDATE"
_IMAGES: Final = """
UPDATE product_images SET url = %(url)s, media_id = %(media_id)s, media = (
    SELECT media FROM media_pictures WHERE id = %(media_id)s
)
WHERE product_id = %(product_id)s AND url = %(address)s
"""
_VARIANTS: Final = """
UPDATE variants SET image_url = %(url)s
WHERE product_id = %(product_id)s AND image_url = %(address)s AND deleted_at IS NULL
"""


def lock(connection: Connection, product_id: UUID) -> bool:
    """Lock the product; False where it does not exist (any more)."""
    return connection.execute(_LOCK, (product_id,)).fetchone() is not None


def replace(connection: Connection, product_id: UUID, address: str, media_id: UUID) -> bool:
    """Show an uploaded picture wherever the locked product shows this address; False where it does not (any more)."""
    picture = pictures.ready(connection, [media_id]).get(media_id)
    if picture is None:
        return False
    parameters = {"product_id": product_id, "address": address, "media_id": media_id, "url": picture.url}
    if connection.execute(_IMAGES, parameters).rowcount == 0:
        return False
    connection.execute(_VARIANTS, parameters)
    connection.execute("UPDATE products SET version = version + 1 WHERE id = %s", (product_id,))
    return True
