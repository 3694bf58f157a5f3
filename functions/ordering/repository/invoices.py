"""SQL of invoices: their numbers, and what was given back since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_FIND: Final = "SELECT year, sequence, issued_at FROM invoices WHERE order_id = %s"

_ISSUE: Final = """
WITH next AS (
    INSERT INTO invoice_series AS s (year, last_sequence)
    VALUES (extract(year FROM now() AT TIME ZONE 'UTC')::int, 1)
    ON CONFLICT (year) DO UPDATE SET last_sequence = s.last_sequence + 1
    RETURNING year, last_sequence
)
INSERT INTO invoices (order_id, year, sequence) SELECT %s, year, last_sequence FROM next
RETURNING year, sequence, issued_at
"""

_REFUNDS: Final = """
SELECT f.amount, f.updated_at AS refunded_at FROM payments p JOIN refunds f ON f.payment_id = p.id
WHERE p.order_id = %s AND f.status = 'succeeded' ORDER BY f.id
"""


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    year: int
    sequence: int
    issued_at: datetime

    @property
    def number(self) -> str:
        """Such as `INV-2026-000042`."""
        return f"INV-{self.year}-{self.sequence:06}"


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money that went back, in minor units."""

    amount: int
    refunded_at: datetime


def find(connection: Connection, order_id: UUID) -> InvoiceRow | None:
    with connection.cursor(row_factory=class_row(InvoiceRow)) as cursor:
        return cursor.execute(_FIND, (order_id,)).fetchone()


def issue(connection: Connection, order_id: UUID) -> InvoiceRow:
    """Give the order the next number of the year. The caller holds the order's lock and knows that it has none."""
    with connection.cursor(row_factory=class_row(InvoiceRow)) as cursor:
        row = cursor.execute(_ISSUE, (order_id,)).fetchone()
    assert row is not None
    return row


def refunds(connection: Connection, order_id: UUID) -> list[RefundRow]:
    with connection.cursor(row_factory=class_row(RefundRow)) as cursor:
        return cursor.execute(_REFUNDS, (order_id,)).fetchall()
