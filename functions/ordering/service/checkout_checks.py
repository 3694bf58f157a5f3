"""What stops a checkout: what cannot be bought or delivered, and what the customer has not agreed to."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from functions.ordering.errors import (
    AmountTooLargeError,
    CartChangedError,
    ShippingRateUnavailableError,
    ShippingUnavailableError,
)
from functions.ordering.repository.pricing_rules import Place
from functions.ordering.service.pricing import LineProblem, PricedCart, ShippingState
from shared.errors import ValidationError
from shared.money import MAX_AMOUNT
from shared.transactions import stock


def invalid(field: str, message: str) -> ValidationError:
    """One field of the request is not as it must be."""
    return ValidationError(f"{field}: {message}", errors=[{"field": field, "message": message}])


def check_goods(priced: PricedCart, currency: str) -> None:
    """Raises CartChangedError for what is not for sale any more, InsufficientStockError for what is short."""
    if any(not line.buyable for line in priced.lines):
        raise _changed("Some items are not for sale any more; take them out of the cart", priced, currency)
    shortages = {
        line.row.variant_id: (line.row.quantity, line.row.available or 0)
        for line in priced.lines
        if LineProblem.INSUFFICIENT_STOCK in line.problems
    }
    if shortages:
        raise stock.insufficient(shortages)


def check_delivery(priced: PricedCart, place: Place | None, currency: str) -> None:
    """Raises ShippingUnavailableError, ShippingRateUnavailableError, and ValidationError where nobody said where to."""
    shipping = priced.shipping
    if shipping.state is ShippingState.UNAVAILABLE:
        country = place.country if place else None
        raise ShippingUnavailableError("There is no delivery of these items to this address", country=country)
    if shipping.state is ShippingState.QUOTED and shipping.chosen is None:
        quotes = [asdict(quote) for quote in shipping.quotes]
        raise ShippingRateUnavailableError(
            "The shipping rate is not, or no longer, one for this cart and address", quotes=quotes, currency=currency
        )
    if not priced.is_tax_known:
        raise invalid("body.country", "required where there is no shipping address: the tax depends on it")


def check_price(priced: PricedCart, currency: str, *, expected_total_amount: int | None, accept_changes: bool) -> None:
    """Raises AmountTooLargeError, and CartChangedError for a price that the customer neither saw nor agreed to."""
    if priced.amounts.total_amount > MAX_AMOUNT:
        raise AmountTooLargeError
    if accept_changes:
        return
    if expected_total_amount is not None:
        if expected_total_amount != priced.amounts.total_amount:
            raise _changed("The total is another than expected", priced, currency)
    elif any(LineProblem.PRICE_CHANGED in line.problems for line in priced.lines):
        raise _changed("Prices have changed since the items were added", priced, currency)
    elif any(coupon.problem for coupon in priced.coupons):
        raise _changed("A coupon of the cart does not apply any more", priced, currency)


def _changed(detail: str, priced: PricedCart, currency: str) -> CartChangedError:
    items: list[dict[str, Any]] = [
        {
            "id": line.row.id,
            "variant_id": line.row.variant_id,
            "name": line.row.name,
            "quantity": line.row.quantity,
            "price_at_time": line.row.price_at_time,
            "unit_amount": line.row.price_amount if line.buyable else None,
            "problems": line.problems,
        }
        for line in priced.lines
        if line.problems
    ]
    coupons = [{"code": each.row.code, "problem": each.problem} for each in priced.coupons if each.problem]
    return CartChangedError(
        detail, items=items, coupons=coupons, total_amount=priced.amounts.total_amount, currency=currency
    )
