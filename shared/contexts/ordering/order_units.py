"""What became of the units of an order's lines: the one place that counts them, and the one notion of handed over.

The view `ordering_units` counts: ordered; handed over (in a shipment or, where nothing is shipped, downloaded); removed
(refunded before that); and what remains to be handed over. Callers hold the order's lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.errors import ConflictError

_UNITS: Final = """
SELECT id, variant_id, name, variant_title, quantity, requires_shipping, shipped, delivered, refunded, removed,
    handed_over, remaining
FROM ordering_units WHERE order_id = %s ORDER BY id
"""

_HANDED_OVER: Final = """
SELECT EXISTS (SELECT FROM shipments WHERE order_id = %(order_id)s) AS is_shipped, EXISTS (
    SELECT FROM order_items i JOIN catalog_downloads d ON d.order_item_id = i.id WHERE i.order_id = %(order_id)s
) AS is_downloaded
"""


class AlreadyShippedError(ConflictError):
    code, title = "already_shipped", "Parts of the order are on their way; send them back instead"


class AlreadyDownloadedError(ConflictError):
    code, title = "already_downloaded", "A file of the order has been downloaded"


@dataclass(frozen=True, slots=True)
class LineUnits:
    """The units of one line."""

    id: UUID
    variant_id: UUID
    name: str
    variant_title: str
    quantity: int
    """Ordered."""
    requires_shipping: bool
    shipped: int
    delivered: int
    refunded: int
    """Or about to be."""
    removed: int
    """Of the refunded ones, those that were not handed over."""
    handed_over: int
    remaining: int
    """Neither handed over nor removed; none of a cancelled order, nor of one that is refunded in full."""

    @property
    def to_ship(self) -> int:
        """Files are not shipped."""
        return self.remaining if self.requires_shipping else 0


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Whether anything of an order was handed over, and how."""

    is_shipped: bool
    is_downloaded: bool

    @property
    def any(self) -> bool:
        return self.is_shipped or self.is_downloaded


def of_order(connection: Connection, order_id: UUID) -> list[LineUnits]:
    """The lines of an order with what became of their units."""
    with connection.cursor(row_factory=class_row(LineUnits)) as cursor:
        return cursor.execute(_UNITS, (order_id,)).fetchall()


def handed_over(connection: Connection, order_id: UUID) -> HandedOver:
    with connection.cursor(row_factory=class_row(HandedOver)) as cursor:
        row = cursor.execute(_HANDED_OVER, {"order_id": order_id}).fetchone()
    assert row is not None
    return row


def check_not_handed_over(connection: Connection, order_id: UUID) -> None:
    """Raises AlreadyShippedError and AlreadyDownloadedError."""
    gone = handed_over(connection, order_id)
    if gone.is_shipped:
        raise AlreadyShippedError
    if gone.is_downloaded:
        raise AlreadyDownloadedError
