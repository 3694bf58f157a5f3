"""What stands on an invoice."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.repository.invoices import InvoiceRow, RefundRow
from functions.ordering.repository.orders import ItemRow, OrderRow


@dataclass(frozen=True, slots=True)
class Seller:
    name: str
    address: list[str]
    tax_id: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as it is today: what was bought is as it was, refunds are those until now."""

    row: InvoiceRow
    seller: Seller
    order: OrderRow
    items: list[ItemRow]
    refunds: list[RefundRow]

    def taxes(self) -> list[tuple[int, int]]:
        """The tax of the lines by its rate in basis points, in minor units; lines without tax are left out."""
        sums: dict[int, int] = {}
        for item in self.items:
            if item.tax_amount:
                sums[item.tax_rate_basis_points] = sums.get(item.tax_rate_basis_points, 0) + item.tax_amount
        return sorted(sums.items())
