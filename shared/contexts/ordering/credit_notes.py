"""Issuing credit notes: a refund of an order that has an invoice takes its amount off that invoice.

They are issued with the refund, in the transaction that learns that it has arrived; for an order that is invoiced
later, right after its invoice. What was issued stays: a refund that fails after it had arrived leaves its note, and the
refund that replaces it gets none, so that the notes of an order are what went back, or was promised to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import BaseModel

from shared import days
from shared.clients.database import Connection
from shared.contexts.ordering.credit_shares import Share, split
from shared.contexts.ordering.tax_documents import (
    CreditedLine,
    CreditNoteContents,
    InvoiceContents,
    RateTotal,
    by_rate,
    invoice_number,
    rate_totals,
)

# Refunds of nothing, of units that were free, take nothing off. Another payment for the same order bought nothing.
_ARRIVED: Final = """
FROM payments_refunds r JOIN orders o ON o.id = r.order_id AND o.payment_intent_id = r.provider_payment_id
WHERE r.order_id = %(order_id)s AND r.status = 'succeeded' AND r.amount > 0 AND r.reason <> 'unfulfillable'
"""
_NOTED: Final = "EXISTS (SELECT FROM credit_notes n WHERE n.refund_id = r.id)"
_INVOICE: Final = f"""
SELECT i.year, i.sequence, i.issued_on, i.contents, ARRAY(
    SELECT jsonb_build_object('id', r.id, 'amount', r.amount, 'tax_amount', r.tax_amount, 'has_note', {_NOTED},
        'refunded_on', (coalesce(r.succeeded_at, r.updated_at) AT TIME ZONE %(zone)s)::date, 'lines', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('order_item_id', l.order_item_id, 'quantity', l.quantity,
                'amount', l.amount, 'tax_amount', l.tax_amount) ORDER BY l.order_item_id), '[]')
            FROM payments_refund_lines l WHERE l.refund_id = r.id))
    {_ARRIVED} ORDER BY coalesce(r.succeeded_at, r.updated_at), r.id
) AS refunds
FROM invoices i WHERE i.order_id = %(order_id)s AND i.contents IS NOT NULL
"""
_HAS_MISSING: Final = f"SELECT EXISTS (SELECT {_ARRIVED} AND NOT {_NOTED}) AS has_missing"
_CREDITED: Final = "SELECT contents -> 'rates' AS rates FROM credit_notes WHERE order_id = %s"

# The clock is read once the statement's turn has come: a transaction that waited over midnight issues on the new day.
_ISSUE: Final = """
WITH issued AS MATERIALIZED (SELECT (clock_timestamp() AT TIME ZONE %(zone)s)::date AS day), next AS (
    INSERT INTO credit_note_series AS s (year, last_sequence) SELECT extract(year FROM day)::int, 1 FROM issued
    ON CONFLICT (year) DO UPDATE SET last_sequence = s.last_sequence + 1
    RETURNING year, last_sequence
)
INSERT INTO credit_notes (order_id, refund_id, year, sequence, issued_on, contents)
SELECT %(order_id)s, %(refund_id)s, year, last_sequence, day, %(contents)s FROM next CROSS JOIN issued
"""


class _RefundedLine(BaseModel):
    order_item_id: UUID
    quantity: int
    amount: int
    tax_amount: int


class _Refund(BaseModel):
    """A refund that arrived, in minor units."""

    id: UUID
    amount: int
    tax_amount: int
    has_note: bool
    refunded_on: date
    lines: list[_RefundedLine]


class _Invoice(BaseModel):
    """An invoice, and the refunds of its order, oldest first."""

    year: int
    sequence: int
    issued_on: date
    contents: InvoiceContents
    refunds: list[_Refund]


def has_missing(connection: Connection, order_id: UUID) -> bool:
    """Whether a refund of the order has arrived and has no note."""
    row = connection.execute(_HAS_MISSING, {"order_id": order_id}).fetchone()
    return row is not None and bool(row["has_missing"])


def issue_missing(connection: Connection, order_id: UUID) -> None:
    """Issue the notes of all refunds that arrived and have none; nothing where the order has no invoice whose contents
    are written down. The caller holds the order's lock.
    """
    row = connection.execute(_INVOICE, {"order_id": order_id, "zone": days.zone_name()}).fetchone()
    if row is None or all(refund["has_note"] for refund in row["refunds"]):
        return
    invoice = _Invoice.model_validate(row)
    credited = connection.execute(_CREDITED, (order_id,)).fetchall()
    noted = rate_totals(_parts(note["rates"] for note in credited))
    for refund, amount in _without_note(invoice.refunds, sum(total.gross_amount for total in noted)):
        contents = _contents(invoice, refund, amount, by_rate(noted))
        parameters = {
            "zone": days.zone_name(),
            "order_id": order_id,
            "refund_id": refund.id,
            "contents": Jsonb(contents.model_dump(mode="json")),
        }
        connection.execute(_ISSUE, parameters)
        noted = rate_totals([*by_rate(noted).items(), *by_rate(contents.rates).items()])


def _without_note(arrived: list[_Refund], credited: int) -> Iterator[tuple[_Refund, int]]:
    """The refunds that need a note, and its amount: what is not credited yet by notes of refunds that failed later."""
    refunded = sum(refund.amount for refund in arrived if refund.has_note)
    for refund in arrived:
        if refund.has_note:
            continue
        refunded += refund.amount
        amount = min(refund.amount, refunded - credited)
        if amount > 0:
            credited += amount
            yield refund, amount


def _parts(notes: Iterator[list[dict[str, Any]]]) -> Iterator[tuple[int, Share]]:
    for rates in notes:
        yield from by_rate(RateTotal.model_validate(rate) for rate in rates).items()


def _contents(invoice: _Invoice, refund: _Refund, amount: int, noted: Mapping[int, Share]) -> CreditNoteContents:
    bought = invoice.contents
    lines = _lines(bought, refund) if amount == refund.amount else []  # else some of them are on an earlier note
    left = {rate: total - noted.get(rate, Share(0, 0)) for rate, total in by_rate(bought.rates).items()}
    of_lines: dict[int, Share] = {}
    for line in lines:
        share = Share(line.total_amount, line.tax_amount)
        of_lines[line.rate_basis_points] = of_lines.get(line.rate_basis_points, Share(0, 0)) + share
    rates = rate_totals(split(amount, refund.tax_amount, lines=of_lines, left=left, currency=bought.currency).items())
    return CreditNoteContents(
        **bought.model_dump(include={"seller", "language", "order_number", "currency"}),
        time_zone=days.zone_name(),
        rates=rates,
        net_amount=sum(total.net_amount for total in rates),
        tax_amount=sum(total.tax_amount for total in rates),
        total_amount=sum(total.gross_amount for total in rates),
        invoice_number=invoice_number(invoice.year, invoice.sequence),
        invoice_issued_on=invoice.issued_on,
        refunded_on=refund.refunded_on,
        lines=lines,
        other_amount=amount - sum(line.total_amount for line in lines),
    )


def _lines(invoice: InvoiceContents, refund: _Refund) -> list[CreditedLine]:
    bought = {line.order_item_id: line for line in invoice.lines}
    named = {"order_item_id", "name", "variant_title", "sku", "rate_basis_points"}
    return [
        CreditedLine(
            **bought[line.order_item_id].model_dump(include=named),
            quantity=line.quantity,
            tax_amount=line.tax_amount,
            total_amount=line.amount,
        )
        for line in refund.lines
    ]
