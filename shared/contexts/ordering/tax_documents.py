"""What stands on invoices and credit notes, as it is kept: written once, when the document is issued.

`version` is the shape's; a later one reads the earlier ones, and rewrites none. Amounts are minor units of the
currency, days are those of the shop's time zone (`shared.days`). Numbers, days of issue and the buyer stand in columns
beside the contents: the buyer alone can be erased.

Net and tax are told by rate (Directive 2006/112/EC, article 226, 8 to 10; article 219 for the credit note).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contexts.ordering.credit_shares import Share

VERSION: Final = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Seller(_Part):
    name: str
    address: list[str]
    tax_id: str


class Buyer(_Part):
    """Who bought; `address` is null where nothing was shipped."""

    address: dict[str, Any] | None
    email: str


class RateTotal(_Part):
    """What of a document is taxed at one rate."""

    rate_basis_points: int
    net_amount: int
    tax_amount: int

    @property
    def gross_amount(self) -> int:
        return self.net_amount + self.tax_amount


class InvoiceLine(_Part):
    """A line as it was bought. `total_amount` is what was paid for it: discount taken off, tax included."""

    order_item_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    discount_amount: int
    rate_basis_points: int
    net_amount: int
    tax_amount: int
    total_amount: int


class Shipping(_Part):
    """`amount` includes the tax where prices do."""

    method: str | None
    amount: int
    rate_basis_points: int
    tax_amount: int


class CreditedLine(_Part):
    """Units of a line of the invoice, and what was refunded for them, tax included."""

    order_item_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    rate_basis_points: int
    tax_amount: int
    total_amount: int


class _Contents(_Part):
    version: Literal[1] = VERSION
    seller: Seller
    language: str
    time_zone: str
    order_number: str
    currency: str
    rates: list[RateTotal]
    """By rate, the lowest first; together they are net, tax and total."""
    net_amount: int
    tax_amount: int
    total_amount: int


class InvoiceContents(_Contents):
    paid_on: date
    prices_include_tax: bool
    lines: list[InvoiceLine]
    subtotal_amount: int
    """Units times prices, before discounts."""
    discount_amount: int
    shipping: Shipping


class CreditNoteContents(_Contents):
    """Amounts are positive: what is taken off the invoice."""

    invoice_number: str
    invoice_issued_on: date
    refunded_on: date
    lines: list[CreditedLine]
    other_amount: int
    """The part of the total that is of no line: shipping, or an amount that was refunded as such."""


def invoice_number(year: int, sequence: int) -> str:
    """Such as `INV-2026-000042`."""
    return f"INV-{year}-{sequence:06}"


def credit_note_number(year: int, sequence: int) -> str:
    """Such as `CN-2026-000007`."""
    return f"CN-{year}-{sequence:06}"


def rate_totals(parts: Iterable[tuple[int, Share]]) -> list[RateTotal]:
    """The parts of a document, summed by their rate in basis points; rates of nothing are left out."""
    sums: dict[int, Share] = {}
    for rate, part in parts:
        sums[rate] = sums.get(rate, Share(0, 0)) + part
    return [
        RateTotal(rate_basis_points=rate, net_amount=part.gross - part.tax, tax_amount=part.tax)
        for rate, part in sorted(sums.items())
        if part.gross
    ]


def by_rate(totals: Iterable[RateTotal]) -> Mapping[int, Share]:
    return {total.rate_basis_points: Share(total.gross_amount, total.tax_amount) for total in totals}
