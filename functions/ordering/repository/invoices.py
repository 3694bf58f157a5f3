"""SQL of invoices and their credit notes."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from functions.ordering.domain.invoices import DocumentKind, DocumentRow, IssuedCreditNote, IssuedInvoice
from shared import days
from shared.clients.database import Connection
from shared.contexts.ordering.tax_documents import (
    Buyer,
    CreditNoteContents,
    InvoiceContents,
    credit_note_number,
    invoice_number,
)

_COLUMNS: Final = "order_id, year, sequence, issued_on, issued_at, contents, buyer"
_FIND: Final = f"SELECT {_COLUMNS} FROM invoices WHERE order_id = %s AND contents IS NOT NULL"

# As of credit notes: the clock is read once the statement's turn has come.
_ISSUE: Final = f"""
WITH numbered AS (
    UPDATE invoices SET contents = %(contents)s, buyer = %(buyer)s WHERE order_id = %(order_id)s AND contents IS NULL
    RETURNING {_COLUMNS}
), issued AS MATERIALIZED (SELECT (clock_timestamp() AT TIME ZONE %(zone)s)::date AS day), next AS (
    INSERT INTO invoice_series AS s (year, last_sequence)
    SELECT extract(year FROM day)::int, 1 FROM issued
    WHERE NOT EXISTS (SELECT FROM invoices WHERE order_id = %(order_id)s)
    ON CONFLICT (year) DO UPDATE SET last_sequence = s.last_sequence + 1
    RETURNING year, last_sequence
), new AS (
    INSERT INTO invoices (order_id, year, sequence, issued_on, contents, buyer)
    SELECT %(order_id)s, year, last_sequence, day, %(contents)s, %(buyer)s FROM next CROSS JOIN issued
    RETURNING {_COLUMNS}
)
SELECT {_COLUMNS} FROM numbered UNION ALL SELECT {_COLUMNS} FROM new
"""

_CREDIT_NOTE: Final = """
SELECT n.id, n.order_id, n.year, n.sequence, n.issued_on, n.issued_at, n.contents, i.buyer
FROM credit_notes n JOIN invoices i ON i.order_id = n.order_id
WHERE n.order_id = %(order_id)s AND (n.id = %(id)s OR (n.year, n.sequence) = (%(year)s, %(sequence)s))
"""

_AMOUNTS: Final = """
    issued_on, (contents ->> 'net_amount')::bigint AS net_amount, (contents ->> 'tax_amount')::bigint AS tax_amount,
    (contents ->> 'total_amount')::bigint AS total_amount, contents ->> 'currency' AS currency
"""
_LIST: Final = f"""
SELECT 'invoice' AS kind, NULL::uuid AS id, order_id, year, sequence, {_AMOUNTS}
FROM invoices WHERE order_id = %(order_id)s AND contents IS NOT NULL
UNION ALL
SELECT 'credit_note', id, order_id, year, sequence, {_AMOUNTS} FROM credit_notes WHERE order_id = %(order_id)s
ORDER BY id NULLS FIRST
"""
_NUMBERS: Final = {DocumentKind.INVOICE: invoice_number, DocumentKind.CREDIT_NOTE: credit_note_number}


def find(connection: Connection, order_id: UUID) -> IssuedInvoice | None:
    """The invoice of an order; None for one from before contents were written down, too."""
    row = connection.execute(_FIND, (order_id,)).fetchone()
    return _invoice(row) if row is not None else None


def issue(connection: Connection, order_id: UUID, contents: InvoiceContents, buyer: Buyer) -> IssuedInvoice:
    """Write the invoice down, with the next number of the year unless it was numbered before contents were kept. The
    caller holds the order's lock and knows that `find` finds none.
    """
    parameters = {
        "zone": days.zone_name(),
        "order_id": order_id,
        "contents": Jsonb(contents.model_dump(mode="json")),
        "buyer": Jsonb(buyer.model_dump(mode="json")),
    }
    row = connection.execute(_ISSUE, parameters).fetchone()
    assert row is not None
    return _invoice(row)


def credit_note(connection: Connection, order_id: UUID, key: UUID | tuple[int, int]) -> IssuedCreditNote | None:
    """A credit note of the order, by its id or by the year and the sequence of its number."""
    year, sequence = (None, None) if isinstance(key, UUID) else key
    parameters = {
        "order_id": order_id,
        "id": key if isinstance(key, UUID) else None,
        "year": year,
        "sequence": sequence,
    }
    row = connection.execute(_CREDIT_NOTE, parameters).fetchone()
    if row is None:
        return None
    return IssuedCreditNote(
        id=row["id"],
        order_id=row["order_id"],
        number=credit_note_number(row["year"], row["sequence"]),
        issued_on=row["issued_on"],
        issued_at=row["issued_at"],
        contents=CreditNoteContents.model_validate(row["contents"]),
        buyer=Buyer.model_validate(row["buyer"]),
    )


def documents(connection: Connection, order_id: UUID) -> list[DocumentRow]:
    """What is issued of an order: the invoice first, then its credit notes, oldest first."""
    documents = []
    for row in connection.execute(_LIST, {"order_id": order_id}).fetchall():
        kind = DocumentKind(row.pop("kind"))
        number = _NUMBERS[kind](row.pop("year"), row.pop("sequence"))
        documents.append(DocumentRow(kind=kind, number=number, **row))
    return documents


def _invoice(row: dict[str, Any]) -> IssuedInvoice:
    return IssuedInvoice(
        order_id=row["order_id"],
        number=invoice_number(row["year"], row["sequence"]),
        issued_on=row["issued_on"],
        issued_at=row["issued_at"],
        contents=InvoiceContents.model_validate(row["contents"]),
        buyer=Buyer.model_validate(row["buyer"]),
    )
