"""SQL of returns. Who writes one holds the lock on its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection

# A refused return gives its units free again. Refunds that an administrator made have no request of ordering's.
_UNITS: Final = """
SELECT i.id, i.variant_id, i.quantity, i.total_amount, sent.delivered, sent.in_time, back.asked, back.received,
    coalesce((
        SELECT sum(f.quantity) FROM refund_lines f JOIN refunds r ON r.id = f.refund_id
        WHERE f.order_item_id = i.id AND r.status <> 'failed' AND r.request_id IS NULL
    ), 0)::int AS refunded_by_hand
FROM order_items i
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.quantity), 0)::int AS delivered,
        coalesce(sum(l.quantity) FILTER (WHERE s.delivered_at > now() - %(window)s), 0)::int AS in_time
    FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id
    WHERE l.order_item_id = i.id AND s.status = 'delivered'
) sent
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.quantity) FILTER (WHERE r.status <> 'rejected'), 0)::int AS asked,
        coalesce(sum(l.quantity) FILTER (WHERE r.status IN ('received', 'refunded')), 0)::int AS received
    FROM return_lines l JOIN returns r ON r.id = l.return_id WHERE l.order_item_id = i.id
) back
WHERE i.order_id = %(order_id)s ORDER BY i.id
"""

_RETURN: Final = """
r.id, r.order_id, r.status, r.version, r.note, r.decision_note, r.decided_at, r.received_at, r.refund_request_id,
r.created_at, (
    SELECT coalesce(json_agg(json_build_object('order_item_id', l.order_item_id, 'quantity', l.quantity,
        'reason', l.reason, 'restocked', l.restocked, 'refund_amount', l.refund_amount) ORDER BY l.order_item_id), '[]')
    FROM return_lines l WHERE l.return_id = r.id
) AS lines
"""
_FIND: Final = f"SELECT {_RETURN} FROM returns r WHERE r.id = %s"  # noqa: S608 - our own constant
_OF_ORDER: Final = f"SELECT {_RETURN} FROM returns r WHERE r.order_id = %s ORDER BY r.id"  # noqa: S608 - our own
_PAGE: Final = sql.SQL(
    f"SELECT {_RETURN} FROM returns r WHERE {{conditions}} ORDER BY r.id DESC LIMIT %(limit)s"  # noqa: S608 - our own
)

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
    UPDATE returns SET status = 'received', received_by = %(actor)s, received_at = now(),
        refund_request_id = %(request_id)s, version = version + 1
    WHERE id = %(id)s
)
UPDATE return_lines l SET restocked = w.restocked, refund_amount = w.amount
FROM unnest(%(items)s::uuid[], %(restocked)s::bool[], %(amounts)s::bigint[]) AS w(order_item_id, restocked, amount)
WHERE l.return_id = %(id)s AND l.order_item_id = w.order_item_id
"""


@dataclass(frozen=True, slots=True)
class UnitsRow:
    """A line of an order, and what became of its units."""

    id: UUID
    variant_id: UUID
    quantity: int
    total_amount: int
    delivered: int
    in_time: int
    """Delivered within the window."""
    asked: int
    """In returns that were not refused."""
    received: int
    """Of these, back at the shop."""
    refunded_by_hand: int

    @property
    def returnable(self) -> int:
        return max(0, min(self.delivered - self.asked, self.in_time))

    @property
    def returnable_at_any_time(self) -> int:
        return self.delivered - self.asked


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return; `lines` hold `order_item_id`, `quantity`, `reason`, `restocked` and `refund_amount`."""

    id: UUID
    order_id: UUID
    status: str
    version: int
    note: str | None
    decision_note: str | None
    decided_at: datetime | None
    received_at: datetime | None
    refund_request_id: UUID | None
    created_at: datetime
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class NewLine:
    order_item_id: UUID
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """Units that are back, and what was paid for them in minor units."""

    order_item_id: UUID
    restocked: bool
    amount: int


def units(connection: Connection, order_id: UUID, *, window: timedelta) -> list[UnitsRow]:
    with connection.cursor(row_factory=class_row(UnitsRow)) as cursor:
        return cursor.execute(_UNITS, {"order_id": order_id, "window": window}).fetchall()


def find(connection: Connection, return_id: UUID) -> ReturnRow | None:
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(_FIND, (return_id,)).fetchone()


def of_order(connection: Connection, order_id: UUID) -> list[ReturnRow]:
    """Oldest first."""
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(_OF_ORDER, (order_id,)).fetchall()


def page(connection: Connection, *, status: str | None, before: UUID | None, limit: int) -> list[ReturnRow]:
    """Newest first, beginning below this id."""
    conditions = [sql.SQL("true")]
    if status is not None:
        conditions.append(sql.SQL("r.status = %(status)s"))
    if before is not None:
        conditions.append(sql.SQL("r.id < %(before)s"))
    query = _PAGE.format(conditions=sql.SQL(" AND ").join(conditions))
    with connection.cursor(row_factory=class_row(ReturnRow)) as cursor:
        return cursor.execute(query, {"status": status, "before": before, "limit": limit}).fetchall()


def insert(connection: Connection, order_id: UUID, lines: Sequence[NewLine], *, note: str | None) -> UUID:
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
    """The units are back; `request_id` is what payments was asked under."""
    parameters: Mapping[str, object] = {
        "id": return_id,
        "actor": actor,
        "request_id": request_id,
        "items": [line.order_item_id for line in lines],
        "restocked": [line.restocked for line in lines],
        "amounts": [line.amount for line in lines],
    }
    connection.execute(_RECEIVE, parameters)
