"""A cart's price: lines, then discounts, then shipping, then taxes (docs/decisions/0020-pricing.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from functions.ordering.domain.carts import LineRow
from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing import delivery, discounts
from functions.ordering.domain.pricing.amounts import Amounts
from functions.ordering.domain.pricing.delivery import Shipping, ShippingState
from functions.ordering.domain.pricing.discounts import AppliedCoupon, CategoryPaths
from functions.ordering.domain.pricing.lines import PricedLine, price_lines
from functions.ordering.domain.pricing_rules import CouponKind, Rules
from functions.ordering.domain.tax import Sale, TaxCalculator, TaxedLine


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A cart with the price of each part."""

    lines: Sequence[PricedLine]
    coupons: Sequence[AppliedCoupon]
    shipping: Shipping
    amounts: Amounts
    is_tax_known: bool
    """False while the tax depends on a destination that the caller has not named; it counts as 0 until then."""


EMPTY = PricedCart((), (), Shipping(ShippingState.NOT_NEEDED), Amounts(0), is_tax_known=True)


def price(
    rows: Sequence[LineRow],
    currency: str,
    rules: Rules,
    paths: CategoryPaths,
    calculator: TaxCalculator,
    *,
    place: Place | None = None,
    rate_id: UUID | None = None,
) -> PricedCart:
    """The price of a cart's lines, delivered to a place by a shipping rate: the cheapest one where none is named.

    `calculator` computes the destination's taxes.
    """
    lines = price_lines(rows, currency)
    coupons, discount_amounts = discounts.apply(rules.coupons, lines, currency, paths)
    lines = [replace(line, discount_amount=amount) for line, amount in zip(lines, discount_amounts, strict=True)]
    shipping = _shipping(lines, rules, place, rate_id)
    coupons = _free_shipping(coupons, shipping)
    shipping_amount = shipping.chosen.amount if shipping.chosen else 0
    shipping_amount -= sum(coupon.shipping_discount_amount for coupon in coupons)
    taxes = calculator.taxes(Sale(currency, [_taxed(line, paths) for line in lines], shipping_amount))
    lines = [
        replace(
            line,
            tax_amount=tax.amount,
            tax_rate_basis_points=tax.rate_basis_points,
            prices_include_tax=taxes.prices_include_tax,
        )
        for line, tax in zip(lines, taxes.lines, strict=True)
    ]
    amounts = Amounts(
        subtotal_amount=sum(line.amount for line in lines),
        shipping_amount=shipping_amount,
        tax_amount=sum(line.tax_amount for line in lines) + taxes.shipping.amount,
        discount_amount=sum(line.discount_amount for line in lines),
        prices_include_tax=taxes.prices_include_tax,
        shipping_tax_amount=taxes.shipping.amount,
        shipping_tax_rate_basis_points=taxes.shipping.rate_basis_points,
    )
    return PricedCart(lines, coupons, shipping, amounts, is_tax_known=rules.is_tax_known(place))


def _shipping(lines: Sequence[PricedLine], rules: Rules, place: Place | None, rate_id: UUID | None) -> Shipping:
    if not delivery.needed(lines):
        return Shipping(ShippingState.NOT_NEEDED)
    if not rules.has_zones:
        return Shipping(ShippingState.FREE)
    if not rules.is_shipping_known(place):
        return Shipping(ShippingState.UNKNOWN)
    available = delivery.available(rules, delivery.parcel_of(lines))
    return replace(
        available, chosen=next((quote for quote in available.quotes if rate_id in (None, quote.rate_id)), None)
    )


def _free_shipping(coupons: Sequence[AppliedCoupon], shipping: Shipping) -> list[AppliedCoupon]:
    """The first coupon for free shipping takes off the cheapest quote; a dearer one costs the difference."""
    remaining = shipping.cheapest_amount if shipping.chosen else 0
    applied = []
    for coupon in coupons:
        if coupon.problem is None and coupon.row.kind is CouponKind.FREE_SHIPPING:
            applied.append(replace(coupon, shipping_discount_amount=remaining))
            remaining = 0
        else:
            applied.append(coupon)
    return applied


def _taxed(line: PricedLine, paths: CategoryPaths) -> TaxedLine:
    path = paths.get(line.row.category_id, ()) if line.row.category_id else ()
    return TaxedLine(line.amount - line.discount_amount, line.row.taxable, path)
