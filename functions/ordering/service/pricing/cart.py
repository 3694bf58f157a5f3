"""A cart's price: lines, then discounts, then shipping, then taxes (docs/decisions/pricing.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from functions.ordering.repository import pricing_rules
from functions.ordering.repository.carts import CartRow, LineRow
from functions.ordering.repository.pricing_rules import CouponKind, Place, Rules
from functions.ordering.service.pricing import delivery, discounts
from functions.ordering.service.pricing.amounts import Amounts
from functions.ordering.service.pricing.delivery import Shipping, ShippingState
from functions.ordering.service.pricing.discounts import AppliedCoupon, CategoryPaths
from functions.ordering.service.pricing.lines import PricedLine, priced
from functions.ordering.tax import Sale, TaxCalculator, TaxedLine
from functions.ordering.tax.rate_table import RateTable
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class PricedCart:
    """What everything of a cart costs, and what is known of it."""

    lines: Sequence[PricedLine]
    coupons: Sequence[AppliedCoupon]
    shipping: Shipping
    amounts: Amounts
    is_tax_known: bool
    """False while the tax depends on a destination that nobody has named; it counts as 0 until then."""


EMPTY = PricedCart((), (), Shipping(ShippingState.NOT_NEEDED), Amounts(0), is_tax_known=True)


def price_cart(
    connection: Connection,
    cart: CartRow,
    rows: Sequence[LineRow],
    *,
    place: Place | None = None,
    email: str | None = None,
    rate_id: UUID | None = None,
) -> tuple[PricedCart, Rules]:
    """The price of these lines of the cart, delivered to a place by a shipping rate, the cheapest where none is named.

    `email` is a guest's, as far as it is known.
    """
    rules = pricing_rules.load(
        connection, cart_id=cart.id, currency=cart.currency or "", user_id=cart.user_id, email=email, place=place
    )
    paths: CategoryPaths = {}
    categories = {row.category_id for row in rows if row.category_id is not None}
    if categories and _needs_paths(rules):
        paths = pricing_rules.category_paths(connection, categories)
    return price(rows, cart.currency or "", rules, paths, RateTable(rules.tax), place=place, rate_id=rate_id), rules


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
    """As `price_cart`, of what was read before. `calculator` knows the destination's taxes."""
    lines = priced(rows, currency)
    coupons, taken = discounts.apply(rules.coupons, lines, currency, paths)
    lines = [replace(line, discount_amount=amount) for line, amount in zip(lines, taken, strict=True)]
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
    )
    is_tax_known = place is not None or not rules.has_taxes
    return PricedCart(lines, coupons, shipping, amounts, is_tax_known=is_tax_known)


def _needs_paths(rules: Rules) -> bool:
    return any(coupon.category_ids for coupon in rules.coupons) or bool(rules.tax and rules.tax.category_rates)


def _shipping(lines: Sequence[PricedLine], rules: Rules, place: Place | None, rate_id: UUID | None) -> Shipping:
    if not delivery.needed(lines):
        return Shipping(ShippingState.NOT_NEEDED)
    if not rules.has_zones:
        return Shipping(ShippingState.FREE)
    if place is None:
        return Shipping(ShippingState.UNKNOWN)
    quotes = delivery.quotes(rules.rates or (), delivery.parcel(lines))
    if not quotes:
        return Shipping(ShippingState.UNAVAILABLE)
    chosen = next((quote for quote in quotes if rate_id in (None, quote.rate_id)), None)
    return Shipping(ShippingState.QUOTED, quotes, chosen)


def _free_shipping(coupons: Sequence[AppliedCoupon], shipping: Shipping) -> list[AppliedCoupon]:
    """The first coupon for free shipping takes off what the cheapest way costs; a better one costs the difference."""
    left = shipping.cheapest_amount if shipping.chosen else 0
    found = []
    for coupon in coupons:
        if coupon.problem is None and coupon.row.kind is CouponKind.FREE_SHIPPING:
            found.append(replace(coupon, shipping_discount_amount=left))
            left = 0
        else:
            found.append(coupon)
    return found


def _taxed(line: PricedLine, paths: CategoryPaths) -> TaxedLine:
    path = paths.get(line.row.category_id, ()) if line.row.category_id else ()
    return TaxedLine(line.amount - line.discount_amount, line.row.taxable, path)
