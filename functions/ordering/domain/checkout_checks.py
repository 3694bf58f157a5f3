"""Checks before a checkout: whether it can be bought, delivered, and costs what the customer agreed to."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from functions.ordering.domain.places import Place, region_problem
from functions.ordering.domain.pricing import LineProblem, PricedCart, ShippingProblem, ShippingState
from functions.ordering.errors import (
    AmountNotPayableError,
    AmountTooLargeError,
    AmountTooSmallError,
    CartChangedError,
    ShippingRateUnavailableError,
    ShippingUnavailableError,
)
from shared import currencies
from shared.contexts.catalog import stock
from shared.errors import FieldError, ValidationError
from shared.money import to_decimal

_UNAVAILABLE: Final = {
    ShippingProblem.DESTINATION: "There is no delivery to this address",
    ShippingProblem.CURRENCY: "Delivery to this address has no price in {currency}",
    ShippingProblem.PARCEL: "No way of delivery to this address takes a parcel of this weight or price",
}


def invalid(field: str, message: str) -> ValidationError:
    """The error of one field of the request."""
    return ValidationError(field=FieldError((field,), message))


def check_goods(priced: PricedCart, currency: str) -> None:
    """Raises CartChangedError for items that are not for sale any more, InsufficientStockError for shortages."""
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
    """Raises ShippingUnavailableError, ShippingRateUnavailableError, and ValidationError without a destination, or a
    region of it that delivery or tax depend on.
    """
    shipping = priced.shipping
    if place is not None and (shipping.state is ShippingState.UNKNOWN or not priced.is_tax_known):
        raise ValidationError(field=FieldError(place.region_path, region_problem(place.country, place.region)))
    if shipping.state is ShippingState.UNAVAILABLE:
        assert shipping.problem is not None
        country = place.country if place else None
        detail = _UNAVAILABLE[shipping.problem].format(currency=currency)
        raise ShippingUnavailableError(detail, country=country, problem=shipping.problem)
    if shipping.state is ShippingState.QUOTED and shipping.chosen is None:
        quotes = [asdict(quote) for quote in shipping.quotes]
        raise ShippingRateUnavailableError(
            "The shipping rate is not, or no longer, one for this cart and address", quotes=quotes, currency=currency
        )
    if not priced.is_tax_known:
        raise invalid("country", "required where there is no shipping address: the tax depends on it")


def check_price(priced: PricedCart, currency: str, *, expected_total_amount: int | None, accept_changes: bool) -> None:
    """Raises CartChangedError for a price that the customer has neither seen nor agreed to, and as `check_payable`."""
    check_payable(priced.amounts.total_amount, currency)
    if accept_changes:
        return
    if expected_total_amount is not None:
        if expected_total_amount != priced.amounts.total_amount:
            raise _changed("The total is another than expected", priced, currency)
    elif any(LineProblem.PRICE_CHANGED in line.problems for line in priced.lines):
        raise _changed("Prices have changed since the items were added", priced, currency)
    elif any(coupon.problem for coupon in priced.coupons):
        raise _changed("A coupon of the cart does not apply any more", priced, currency)


def check_payable(total: int, currency: str) -> None:
    """Raises AmountTooSmallError, AmountTooLargeError and AmountNotPayableError for what no provider would charge.

    Nothing to pay is nothing to charge.
    """
    terms = currencies.of(currency)
    known: dict[str, Any] = {"total_amount": total, "currency": currency}
    if total and not currencies.is_payable(currency):
        raise AmountNotPayableError(f"Nothing can be paid in {currency}", **known)
    if 0 < total < terms.minimum:
        detail = f"At least {to_decimal(terms.minimum, currency)} {currency} can be paid"
        raise AmountTooSmallError(detail, minimum_amount=terms.minimum, **known)
    if total > terms.maximum:
        detail = f"At most {to_decimal(terms.maximum, currency)} {currency} can be paid at once"
        raise AmountTooLargeError(detail, maximum_amount=terms.maximum, **known)
    if total % terms.step:
        detail = f"{to_decimal(total, currency)} {currency} cannot be paid: the last decimal place must be 0"
        raise AmountNotPayableError(detail, **known)


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
