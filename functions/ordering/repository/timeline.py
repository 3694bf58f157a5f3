"""SQL of an order's timeline, read from all tables that record something about it in one statement."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.ordering.domain.timeline import TimelineEntryRow
from shared.clients.database import Connection

# What one transaction did has one time; then the order is that of the parts below, and of their ids.
_TIMELINE: Final = """
SELECT kind, status, before, actor, reason, reference, amount, created_at FROM (
    SELECT 1 AS part, id AS place, 'status' AS kind, after AS status, before, actor, reason, NULL::uuid AS reference,
        NULL::bigint AS amount, created_at
    FROM order_status_changes WHERE order_id = %(id)s
    UNION ALL
    SELECT 2, s.id, 'shipment', m.status, NULL, s.actor, NULL, s.id, NULL, m.moment
    FROM shipments s CROSS JOIN LATERAL (
        VALUES ('shipped', s.created_at), ('delivered', s.delivered_at)
    ) AS m(status, moment)
    WHERE s.order_id = %(id)s AND m.moment IS NOT NULL
    UNION ALL
    SELECT 3, r.id, 'return', m.status, NULL, coalesce(m.actor, 'customer'), m.reason, r.id, NULL, m.moment
    FROM returns r CROSS JOIN LATERAL (
        VALUES ('requested', NULL, r.note, r.created_at),
            (CASE WHEN r.status = 'rejected' THEN 'rejected' ELSE 'approved' END, r.decided_by, r.decision_note,
                r.decided_at),
            ('received', r.received_by, NULL, r.received_at)
    ) AS m(status, actor, reason, moment)
    WHERE r.order_id = %(id)s AND m.moment IS NOT NULL
    UNION ALL
    SELECT 4, f.id, 'refund', f.status, NULL, f.actor, f.note, f.id, f.amount,
        CASE WHEN f.status = 'pending' THEN f.created_at ELSE f.updated_at END
    FROM payments_refunds f WHERE f.order_id = %(id)s
) entries ORDER BY created_at, part, place
"""


def of_order(connection: Connection, order_id: UUID) -> list[TimelineEntryRow]:
    """Oldest first."""
    with connection.cursor(row_factory=class_row(TimelineEntryRow)) as cursor:
        return cursor.execute(_TIMELINE, {"id": order_id}).fetchall()
