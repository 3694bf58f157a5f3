"""What an order of the demo shop costs, by its own rates (`sample_prices`). All amounts are in minor units.

`ordering` prices carts; this prices orders that never were carts, in the same way as far as they need it: a discount of
so many percent, the usual shipping rate of the zone, one tax rate for the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from functions.operations.service.sample_catalogue import PRODUCTS, SampleProduct, SampleVariant
from functions.operations.service.sample_customers import SampleCustomer
from functions.operations.service.sample_orders import SampleOrder
from functions.operations.service.sample_prices import COUPONS, TAXES, ZONES, SampleRate, SampleTax

_WHOLE: Final = 10_000
"""Hundredths of a percent in one."""

OFFERED: Final[Mapping[str, tuple[SampleProduct, SampleVariant]]] = {
    variant.sku: (product, variant) for product in PRODUCTS for variant in product.variants if variant.sku
}
"""What can be ordered, by SKU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLine:
    """`total_amount` is what is paid for the whole line, tax included."""

    sku: str
    name: str
    variant_title: str
    quantity: int
    ships: bool
    unit_amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: int
    total_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPrice:
    """The amounts of an order; `tax_amount` is part of the others, or comes on top (`prices_include_tax`)."""

    lines: list[DemoLine]
    currency: str
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    prices_include_tax: bool
    shipping_tax_amount: int
    shipping_method: str | None

    @property
    def total_amount(self) -> int:
        added = 0 if self.prices_include_tax else self.tax_amount
        return self.subtotal_amount + self.shipping_amount - self.discount_amount + added

    @property
    def untaxed_shipping_amount(self) -> int:
        """What the books call shipping: what of it is not tax."""
        return self.shipping_amount - (self.shipping_tax_amount if self.prices_include_tax else 0)


def price(order: SampleOrder, customer: SampleCustomer) -> DemoPrice:
    """The order's amounts, delivered to the customer's address."""
    tax = _tax_of(customer)
    percent = next((coupon.percent_basis_points or 0 for coupon in COUPONS if coupon.code == order.coupon), 0)
    lines = [_line(sku, quantity, percent, tax) for sku, quantity in order.units]
    currency = OFFERED[order.units[0][0]][0].currency
    goods = sum(line.quantity * line.unit_amount - line.discount_amount for line in lines)
    rate = _usual_rate(customer, currency) if any(line.ships for line in lines) else None
    shipping = _shipping(rate, goods)
    shipping_tax = _tax(shipping, tax) if tax is not None and tax.shipping_taxable else 0
    return DemoPrice(
        lines=lines,
        currency=currency,
        subtotal_amount=sum(line.quantity * line.unit_amount for line in lines),
        shipping_amount=shipping,
        tax_amount=sum(line.tax_amount for line in lines) + shipping_tax,
        discount_amount=sum(line.discount_amount for line in lines),
        prices_include_tax=tax is not None and tax.prices_include_tax,
        shipping_tax_amount=shipping_tax,
        shipping_method=rate.name if rate else None,
    )


def share(amount: int, units: int, quantity: int) -> int:
    """What of a line's amount falls to some of its units."""
    return amount * units // quantity


def _line(sku: str, quantity: int, percent: int, tax: SampleTax | None) -> DemoLine:
    product, variant = OFFERED[sku]
    goods = quantity * variant.amount
    discount = _half_up(goods * percent, _WHOLE)
    tax_amount = _tax(goods - discount, tax)
    on_top = 0 if tax is not None and tax.prices_include_tax else tax_amount
    return DemoLine(
        sku=sku,
        name=product.name,
        variant_title=" / ".join(variant.values),
        quantity=quantity,
        ships=product.ships,
        unit_amount=variant.amount,
        discount_amount=discount,
        tax_amount=tax_amount,
        tax_rate_basis_points=tax.rate_basis_points if tax else 0,
        total_amount=goods - discount + on_top,
    )


def _tax_of(customer: SampleCustomer) -> SampleTax | None:
    """The region's rate, or else the country's."""
    found = [tax for tax in TAXES if tax.country == customer.country and tax.region in ("", customer.region)]
    return max(found, key=lambda tax: tax.region, default=None)


def _tax(amount: int, tax: SampleTax | None) -> int:
    if tax is None:
        return 0
    return _half_up(amount * tax.rate_basis_points, _WHOLE + tax.rate_basis_points * tax.prices_include_tax)


def _usual_rate(customer: SampleCustomer, currency: str) -> SampleRate:
    zone = next(zone for zone in ZONES if customer.country in zone.countries)
    return next(rate for rate in zone.rates if rate.currency == currency)


def _shipping(rate: SampleRate | None, goods: int) -> int:
    if rate is None or (rate.free_from is not None and goods >= rate.free_from):
        return 0
    assert rate.amount is not None  # the zones that customers live in have flat rates
    return rate.amount


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
