"""The invoice as a PDF, drawn by reportlab. Import it where it is needed: it takes 0.3 s of CPU."""

from __future__ import annotations

import io
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from functions.ordering.invoices.contents import Invoice
from functions.ordering.invoices.fonts import BOLD, CHINESE, LATIN, marked_up
from functions.ordering.invoices.words import Words, day, money, percentage, words
from shared import erased

_TEXT: Final = ParagraphStyle("text", fontName=LATIN, fontSize=9, leading=12, wordWrap="CJK", splitLongWords=1)
_STRONG: Final = ParagraphStyle("strong", parent=_TEXT, fontName=BOLD)
_TITLE: Final = ParagraphStyle("title", parent=_STRONG, fontSize=20, leading=26)
_NUMBER: Final = ParagraphStyle("number", parent=_TEXT, alignment=TA_RIGHT)
_STRONG_NUMBER: Final = ParagraphStyle("strong number", parent=_STRONG, alignment=TA_RIGHT)
_WIDTH: Final = A4[0] - 40 * mm
_COLUMNS: Final = [62 * mm, 14 * mm, 24 * mm, 22 * mm, 20 * mm, _WIDTH - 142 * mm]
_RULED: Final = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
    ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
]
_PLAIN: Final = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]


def render(invoice: Invoice) -> bytes:
    """The document: the same bytes for the same invoice."""
    spoken = words(invoice.order.language)
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title=f"{spoken.invoice} {invoice.row.number}",
        author=invoice.seller.name,
        lang=invoice.order.language,
        invariant=1,  # neither the time nor a random id
    )

    def number_page(canvas: Any, _template: object) -> None:
        canvas.setFont(CHINESE, 8)
        canvas.drawRightString(A4[0] - 20 * mm, 10 * mm, spoken.page.format(number=canvas.getPageNumber()))

    story: list[Flowable] = [_head(invoice, spoken), Spacer(0, 8 * mm), _lines(invoice, spoken), Spacer(0, 4 * mm)]
    template.build([*story, _sums(invoice, spoken)], onFirstPage=number_page, onLaterPages=number_page)
    return buffer.getvalue()


def _head(invoice: Invoice, spoken: Words) -> Table:
    order, seller = invoice.order, invoice.seller
    facts = [
        (spoken.number, invoice.row.number),
        (spoken.issued, day(invoice.row.issued_at, spoken)),
        (spoken.order, order.number),
    ]
    if order.paid_at is not None:
        facts.append((spoken.paid, day(order.paid_at, spoken)))
    from_whom = [_paragraph(seller.name, _STRONG), *map(_paragraph, seller.address)]
    if seller.tax_id:
        from_whom.append(_paragraph(f"{spoken.tax_id}: {seller.tax_id}"))
    to_whom = [_paragraph(spoken.bill_to, _STRONG), *map(_paragraph, _buyer(invoice))]
    about = [_paragraph(f"{name}: {value}") for name, value in facts]
    rows = [[_paragraph(spoken.invoice, _TITLE), from_whom], [to_whom, about]]
    return Table(rows, colWidths=[_WIDTH * 0.55, _WIDTH * 0.45], style=TableStyle([*_PLAIN, _below_first_row()]))


def _below_first_row() -> tuple[Any, ...]:
    return ("BOTTOMPADDING", (0, 0), (-1, 0), 6 * mm)


def _buyer(invoice: Invoice) -> list[str]:
    address = invoice.order.shipping_address or {}
    town = " ".join(filter(None, (address.get("postal_code"), address.get("city"), address.get("region"))))
    parts = (*(address.get(name) for name in ("name", "company", "line1", "line2")), town, address.get("country"))
    email = invoice.order.email
    return [*filter(None, (*parts, None if erased.is_erased(email) else email))]


def _lines(invoice: Invoice, spoken: Words) -> Table:
    names = (spoken.item, spoken.quantity, spoken.unit_price, spoken.discount, spoken.tax)
    amount = f"{spoken.amount} ({invoice.order.currency})"
    head = [_paragraph(name, _STRONG if name is spoken.item else _STRONG_NUMBER) for name in (*names, amount)]
    rows = [head]
    for item in invoice.items:
        described = " - ".join(filter(None, (item.name, item.variant_title)))
        numbers = (item.unit_amount, -item.discount_amount, item.tax_amount, item.total_amount)
        shown = [_paragraph(money(number, invoice.order.currency), _NUMBER) for number in numbers]
        name = [_paragraph(described), *([_paragraph(item.sku)] if item.sku else [])]
        rows.append([name, _paragraph(str(item.quantity), _NUMBER), *shown])
    return Table(rows, colWidths=_COLUMNS, repeatRows=1, style=TableStyle(_RULED))


def _sums(invoice: Invoice, spoken: Words) -> Table:
    order = invoice.order
    rows = [(spoken.subtotal, order.subtotal_amount)]
    if order.discount_amount:
        rows.append((spoken.discount, -order.discount_amount))
    if order.shipping_amount:
        rows.append((" ".join(filter(None, (spoken.shipping, order.shipping_method))), order.shipping_amount))
    label = spoken.tax_included if order.prices_include_tax else spoken.tax_on_top
    rows += [(label.format(rate=percentage(rate)), amount) for rate, amount in invoice.taxes()]
    if order.shipping_tax_amount:
        rows.append((label.format(rate=spoken.tax_on_shipping), order.shipping_tax_amount))
    strong = {len(rows)}
    rows.append((f"{spoken.total} ({order.currency})", order.total_amount))
    rows += [
        (spoken.refunded.format(date=day(refund.refunded_at, spoken)), -refund.amount) for refund in invoice.refunds
    ]
    if invoice.refunds:
        strong.add(len(rows))
        rows.append((spoken.remaining, order.total_amount - sum(refund.amount for refund in invoice.refunds)))
    cells = [
        [
            _paragraph(name, _STRONG_NUMBER if number in strong else _NUMBER),
            _paragraph(money(amount, order.currency), _STRONG_NUMBER if number in strong else _NUMBER),
        ]
        for number, (name, amount) in enumerate(rows)
    ]
    return Table(cells, colWidths=[_WIDTH - 30 * mm, 30 * mm], style=TableStyle(_PLAIN))


def _paragraph(text: str, style: ParagraphStyle = _TEXT) -> Paragraph:
    return Paragraph(marked_up(text), style)
