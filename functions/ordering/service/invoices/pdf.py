"""Invoices and credit notes as PDF. Import it where it is needed: it loads the typesetter and its fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.ordering.domain.invoices import IssuedCreditNote, IssuedInvoice, TaxDocument
from functions.ordering.service.invoices import typesetting
from functions.ordering.service.invoices.document import Document, Fact, Line, Party, Sum, Table
from functions.ordering.service.invoices.labels import Labels, day, labels_in, money, percentage
from functions.ordering.service.invoices.texts import isolated
from shared.contexts.identity import pseudonyms
from shared.contexts.ordering.tax_documents import (
    Buyer,
    CreditedLine,
    CreditNoteContents,
    InvoiceContents,
    InvoiceLine,
    RateTotal,
    Seller,
)


def render(issued: TaxDocument) -> bytes:
    """The document: the same bytes for the same invoice or credit note."""
    labels = labels_in(issued.contents.language)
    if isinstance(issued, IssuedInvoice):
        return typesetting.pdf(_document(issued, labels.invoice, labels, _invoiced(issued.contents, labels)))
    return typesetting.pdf(_document(issued, labels.credit_note, labels, _credited(issued.contents, labels)))


@dataclass(frozen=True, slots=True)
class _Body:
    """What is of one kind of document: the columns before the last one, lines and sums."""

    columns: list[str]
    lines: list[Line]
    sums: list[Sum]


def _document(issued: TaxDocument, title: str, labels: Labels, body: _Body) -> Document:
    contents = issued.contents
    return Document(
        title=title,
        number=issued.number,
        language=labels.language,
        reader=contents.language,
        issued_at=issued.issued_at,
        facts=_facts(issued, labels),
        seller=_seller(contents.seller, labels),
        buyer=Party(buyer(issued.buyer, labels), labels.bill_to),
        columns=[*body.columns, f"{labels.amount} ({contents.currency})"],
        lines=body.lines,
        sums=body.sums,
        page=labels.page,
        breakdown=_breakdown(contents.rates, contents.currency, labels),
    )


def buyer(of: Buyer, labels: Labels) -> list[str]:
    """Name, address, tax number and e-mail address, as far as they are known still."""
    address = of.address or {}
    town = " ".join(filter(None, (address.get("postal_code"), address.get("city"), address.get("region"))))
    parts = (*(address.get(name) for name in ("name", "company", "line1", "line2")), town, address.get("country"))
    tax_number = _tax_number(address.get("tax_number"), labels)
    return [*filter(None, (*parts, tax_number, None if pseudonyms.is_erased(of.email) else of.email))]


def _facts(issued: TaxDocument, labels: Labels) -> list[Fact]:
    issued_on = Fact(labels.issued, day(issued.issued_on, labels))
    order = Fact(labels.order, issued.contents.order_number)
    if isinstance(issued, IssuedCreditNote):
        note = issued.contents
        invoice = labels.of_day.format(number=note.invoice_number, date=day(note.invoice_issued_on, labels))
        refunded = Fact(labels.refunded, day(note.refunded_on, labels))
        return [
            Fact(labels.credit_note_number, issued.number),
            issued_on,
            Fact(labels.of_invoice, invoice),
            order,
            refunded,
        ]
    paid = Fact(labels.paid, day(issued.contents.paid_on, labels))
    return [Fact(labels.number, issued.number), issued_on, order, paid]


def _seller(seller: Seller, labels: Labels) -> Party:
    return Party([*filter(None, [seller.name, *seller.address, _tax_number(seller.tax_id, labels)])])


def _tax_number(number: str | None, labels: Labels) -> str | None:
    return f"{labels.tax_id}: {isolated(number)}" if number else None


def _invoiced(invoice: InvoiceContents, labels: Labels) -> _Body:
    def line(label: str, amount: int, *, is_strong: bool = False) -> Sum:
        return Sum(label, money(amount, invoice.currency), is_strong)

    lines = []
    for item in invoice.lines:
        unit, discount, tax, total = (
            money(amount, invoice.currency)
            for amount in (item.unit_amount, -item.discount_amount, item.tax_amount, item.total_amount)
        )
        lines.append(_line(item, [unit, discount, [tax, percentage(item.rate_basis_points)], total]))
    sums = [line(labels.subtotal, invoice.subtotal_amount)]
    if invoice.discount_amount:
        sums.append(line(labels.discount, -invoice.discount_amount))
    if invoice.shipping.amount:
        method = invoice.shipping.method
        name = " ".join([labels.shipping, *([isolated(method)] if method else [])])
        sums.append(line(f"{name} ({percentage(invoice.shipping.rate_basis_points)})", invoice.shipping.amount))
    tax_label = labels.tax_included if invoice.prices_include_tax else labels.tax_on_top
    sums.append(line(tax_label, invoice.tax_amount))
    sums.append(line(f"{labels.total} ({invoice.currency})", invoice.total_amount, is_strong=True))
    return _Body([labels.item, labels.quantity, labels.unit_price, labels.discount, labels.tax], lines, sums)


def _credited(note: CreditNoteContents, labels: Labels) -> _Body:
    lines = []
    for item in note.lines:
        tax, total = money(item.tax_amount, note.currency), money(item.total_amount, note.currency)
        lines.append(_line(item, [[tax, percentage(item.rate_basis_points)], total]))
    if note.other_amount:
        lines.append(Line(labels.credited_otherwise, ["", "", money(note.other_amount, note.currency)], []))
    sums = [
        Sum(labels.tax_included, money(note.tax_amount, note.currency)),
        Sum(f"{labels.credited} ({note.currency})", money(note.total_amount, note.currency), is_strong=True),
    ]
    return _Body([labels.item, labels.quantity, labels.tax], lines, sums)


def _line(of: InvoiceLine | CreditedLine, cells: Sequence[str | list[str]]) -> Line:
    return Line(
        name=" - ".join(isolated(part) for part in (of.name, of.variant_title) if part),
        details=[of.sku] if of.sku else [],
        cells=[str(of.quantity), *cells],
    )


def _breakdown(rates: Sequence[RateTotal], currency: str, labels: Labels) -> Table | None:
    """Net and tax of each rate; None where nothing was paid."""
    rows = [
        [
            percentage(rate.rate_basis_points),
            *(money(amount, currency) for amount in (rate.net_amount, rate.tax_amount, rate.gross_amount)),
        ]
        for rate in rates
    ]
    return Table([labels.rate, labels.net, labels.tax, labels.gross], rows) if rows else None
