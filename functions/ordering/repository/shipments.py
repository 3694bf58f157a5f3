"""SQL of shipments. Who writes one holds the lock on its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.ordering.domain.shipments import ShipmentRow
from shared.clients.database import Connection

_SHIPMENT: Final = """
s.id, s.order_id, s.carrier, s.tracking_number, s.status, s.version, s.created_at AS shipped_at, s.delivered_at, (
    SELECT coalesce(json_agg(json_build_object('order_item_id', l.order_item_id, 'quantity', l.quantity)
        ORDER BY l.order_item_id), '[]') FROM shipment_lines l WHERE l.shipment_id = s.id
) AS lines
"""
_OF_ORDER: Final = f"SELECT {_SHIPMENT} FROM shipments s WHERE s.order_id = %s ORDER BY s.id"
_FIND: Final = f"SELECT {_SHIPMENT} FROM shipments s WHERE s.id = %s"

_INSERT: Final = f"""
WITH s AS (
    INSERT INTO shipments (order_id, carrier, tracking_number, actor)
    VALUES (%(order_id)s, %(carrier)s, %(tracking_number)s, %(actor)s) RETURNING *
), inserted AS (
    INSERT INTO shipment_lines (shipment_id, order_item_id, quantity)
    SELECT s.id, w.order_item_id, w.quantity
    FROM s, unnest(%(items)s::uuid[], %(quantities)s::int[]) AS w(order_item_id, quantity)
    RETURNING shipment_id, order_item_id, quantity
)
SELECT {_SHIPMENT.replace("FROM shipment_lines l", "FROM inserted l")} FROM s
"""

_UPDATE: Final = """
UPDATE shipments SET carrier = %(carrier)s, tracking_number = %(tracking_number)s, status = %(status)s::text,
    delivered_at = CASE WHEN %(status)s::text = 'delivered' THEN coalesce(delivered_at, now()) END,
    version = version + 1
WHERE id = %(id)s
"""

_DELIVER_ALL: Final = """
UPDATE shipments SET status = 'delivered', delivered_at = now(), version = version + 1
WHERE order_id = %s AND status = 'shipped'
"""


def of_order(connection: Connection, order_id: UUID) -> list[ShipmentRow]:
    """Oldest first."""
    with connection.cursor(row_factory=class_row(ShipmentRow)) as cursor:
        return cursor.execute(_OF_ORDER, (order_id,)).fetchall()


def find(connection: Connection, shipment_id: UUID) -> ShipmentRow | None:
    with connection.cursor(row_factory=class_row(ShipmentRow)) as cursor:
        return cursor.execute(_FIND, (shipment_id,)).fetchone()


def insert(
    connection: Connection,
    order_id: UUID,
    quantities: Mapping[UUID, int],
    *,
    carrier: str,
    tracking_number: str | None,
    actor: str,
) -> ShipmentRow:
    """A shipment of so many units of each line."""
    parameters = {
        "order_id": order_id,
        "carrier": carrier,
        "tracking_number": tracking_number,
        "actor": actor,
        "items": list(quantities),
        "quantities": list(quantities.values()),
    }
    with connection.cursor(row_factory=class_row(ShipmentRow)) as cursor:
        row = cursor.execute(_INSERT, parameters).fetchone()
    assert row is not None
    return row


def update(
    connection: Connection, shipment_id: UUID, *, carrier: str, tracking_number: str | None, status: str
) -> None:
    connection.execute(
        _UPDATE, {"id": shipment_id, "carrier": carrier, "tracking_number": tracking_number, "status": status}
    )


def deliver_all(connection: Connection, order_id: UUID) -> None:
    """All shipments of the order have arrived."""
    connection.execute(_DELIVER_ALL, (order_id,))
