"""SQL of returns. Who writes one holds the lock on its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from functions.ordering.domain.returns import RequestedLine, ReturnRow, ReturnUnits
from shared.clients.database import Connection

# A rejected return frees its units. Refunds by an administrator have no refund request of ordering.
_UNITS: Final = """
SELECT i.id, i.variant_id, i.quantity, i.total_amount, i.delivered, sent.in_time, back.requested, back.received,
    sent.until,
    coalesce((
        SELECT sum(f.quantity) FROM payments_refund_lines f
        WHERE f.order_item_id = i.id AND f.status <> 'failed' AND f.request_id IS NULL
    ), 0)::int AS refunded_by_hand
FROM ordering_units i
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.quantity), 0)::int AS in_time,
        min(s.delivered_at) + %(window)s AS until
    FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id
    WHERE l.order_item_id = i.id AND s.delivered_at > now() - %(window)s
) sent
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.quantity) FILTER (WHERE r.status <> 'rejected'), 0)::int AS requested,
        coalesce(sum(l.quantity) FILTER (WHERE r.status IN ('received', 'refunded')), 0)::int AS received
    FROM return_lines l JOIN returns r ON r.id = l.return_id WHERE l.order_item_id = i.id
) back
WHERE i.order_id = %(order_id)s ORDER BY i.id
"""

_RETURN: Final = """
r.id, r.order_id, r.status, r.version, r.note, r.decision_note, r.decided_at, r.received_at, r.refund_request_id,
r.created_at, (SELECT k.number FROM order_keys k WHERE k.order_id = r.order_id) AS order_number, (
    SELECT coalesce(json_agg(json_build_object('order_item_id', l.order_item_id, 'quantity', l.quantity,
        'reason', l.reason, 'restocked', l.restocked, 'refund_amount', l.refund_amount) ORDER BY l.order_item_id), '[]')
    FROM return_lines l WHERE l.return_id = r.id
) AS lines
"""
_FIND: Final = f"SELECT {_RETURN} FROM returns r WHERE r.id = %s"
_OF_ORDER: Final = f"SELECT {_RETURN} FROM returns r WHERE r.order_id = %s ORDER BY r.id"
# A customer's orders are found by the keys: they are in one table, and the orders in one for each month.
_OWN: Final = "r.order_id IN (SELECT k.order_id FROM order_keys k WHERE k.user_id = %(user_id)s)"
_PAGE: Final = sql.SQL(f"SELECT {_RETURN} FROM returns r WHERE {{conditions}} ORDER BY r.id DESC LIMIT %(limit)s")

_INSERT: Final = """
WITH r AS (
    INSERT INTO returns (order_id, note) VALUES (%(order_id)s, %(note)s) RETURNING id
), lines AS (
    INSERT INTO return_lines (return_id, order_item_id, quantity, reason)
    SELECT r.id, w.order_item_id, w.quantity, w.reason
    FROM r, unnest(%(items)s::uuid[], %(quantities)s::int[], %(reasons)s::text[]) AS w(order_item_id, quantity, reason)
)
SELECT id FROM r
"""

_DECIDE: Final = """
UPDATE returns SET status = %(status)s, decision_note = %(note)s, decided_by = %(actor)s, decided_at = now(),
    version = version + 1
WHERE id = %(id)s
"""

_RECEIVE: Final = """
WITH received AS (
    UPDATE returns SET status = CASE WHEN %(request_id)s::uuid IS NULL THEN 'refunded' ELSE 'received' END,
        received_by = %(actor)s, received_at = now(),
        refund_request_id = %(request_id)s, version = version + 1
    WHERE id = %(id)s
)
UPDATE return_lines l SET restocked = w.restocked, refund_amount = CASE WHEN %(request_id)s::uuid IS NULL THEN 0 END
FROM unnest(%(items)s::uuid[], %(restocked)s::bool[]) AS w(order_item_id, restocked)
WHERE l.return_id = %(id)s AND l.order_item_id = w.order_item_id
"""


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """Units that are back."""

    order_item_id: UUID
    restocked: bool


def units(connection: Connection, order_id: UUID, *, window: timedelta) -> list[ReturnUnits]:
    with connection.cursor(row_factory=class_row(ReturnUnits)) as cursor:
        return cursor.execute(_UNITS, {"order_id": order_id, "window": window}).fetchall()


def find(connection: Connection, return_id: UUID) -> ReturnRow | None:
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(_FIND, (return_id,)).fetchone()


def of_order(connection: Connection, order_id: UUID) -> list[ReturnRow]:
    """Oldest first."""
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(_OF_ORDER, (order_id,)).fetchall()


def page(
    connection: Connection, *, status: str | None, user_id: UUID | None, before: UUID | None, limit: int
) -> list[ReturnRow]:
    """Newest first, beginning below this id; with `user_id`, those of this customer's orders."""
    conditions = [sql.SQL("true")]
    if user_id is not None:
        conditions.append(sql.SQL(_OWN))
    if status is not None:
        conditions.append(sql.SQL("r.status = %(status)s"))
    if before is not None:
        conditions.append(sql.SQL("r.id < %(before)s"))
    query = _PAGE.format(conditions=sql.SQL(" AND ").join(conditions))
    parameters = {"status": status, "user_id": user_id, "before": before, "limit": limit}
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def insert(connection: Connection, order_id: UUID, lines: Sequence[RequestedLine], *, note: str | None) -> UUID:
    """A requested return; its id."""
    row = connection.execute(
        _INSERT,
        {
            "order_id": order_id,
            "note": note,
            "items": [line.order_item_id for line in lines],
            "quantities": [line.quantity for line in lines],
            "reasons": [line.reason for line in lines],
        },
    ).fetchone()
    assert row is not None
    return_id: UUID = row["id"]
    return return_id


def decide(connection: Connection, return_id: UUID, *, approved: bool, note: str | None, actor: str) -> None:
    status = "approved" if approved else "rejected"
    connection.execute(_DECIDE, {"id": return_id, "status": status, "note": note, "actor": actor})


def receive(
    connection: Connection, return_id: UUID, lines: Sequence[ReceivedLine], *, request_id: UUID | None, actor: str
) -> None:
    """Record that the units were received; `request_id` is the refund request's, None where nothing was paid."""
    parameters: Mapping[str, object] = {
        "id": return_id,
        "actor": actor,
        "request_id": request_id,
        "items": [line.order_item_id for line in lines],
        "restocked": [line.restocked for line in lines],
    }
    connection.execute(_RECEIVE, parameters)
