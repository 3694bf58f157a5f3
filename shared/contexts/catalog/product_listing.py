"""Moderators take products off the shelves, and put them on again."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged

_SET: Final = """
UPDATE products SET is_active = %(is_active)s, version = version + 1
WHERE id = %(id)s AND is_active <> %(is_active)s AND deleted_at IS NULL
"""


def set_listed(connection: Connection, product_id: UUID, is_listed: bool) -> bool:
    """Whether it is in lists, search and on its page; orders of it stand. False where that is so already, or it does
    not exist.
    """
    if connection.execute(_SET, {"id": product_id, "is_active": is_listed}).rowcount == 0:
        return False
    outbox.record(connection, ProductChanged(product_id=product_id))
    return True
