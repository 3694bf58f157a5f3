"""Pricing a cart by the rules that are stored."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.domain import pricing
from functions.ordering.domain.carts import CartRow, LineRow
from functions.ordering.domain.places import Place, region_problem
from functions.ordering.domain.pricing import PricedCart
from functions.ordering.domain.pricing.discounts import CategoryPaths
from functions.ordering.domain.pricing_rules import Rules
from functions.ordering.domain.tax.rate_table import RateTable
from functions.ordering.repository import pricing_rules
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError


def price_cart(
    connection: Connection,
    cart: CartRow,
    rows: Sequence[LineRow],
    *,
    place: Place | None = None,
    email: str | None = None,
    rate_id: UUID | None = None,
) -> tuple[PricedCart, Rules]:
    """The price of these lines of the cart (see `pricing.price`), and the rules that it is computed by.

    `email` is a guest's, as far as it is known.
    """
    rules = pricing_rules.load(
        connection, cart_id=cart.id, currency=cart.currency or "", user_id=cart.user_id, email=email, place=place
    )
    paths: CategoryPaths = {}
    categories = {row.category_id for row in rows if row.category_id is not None}
    if categories and _needs_paths(rules):
        paths = pricing_rules.category_paths(connection, categories)
    calculator = RateTable(rules.tax if rules.is_tax_known(place) else None)
    return pricing.price(rows, cart.currency or "", rules, paths, calculator, place=place, rate_id=rate_id), rules


def check_region(rules: Rules, place: Place | None) -> None:
    """Raises ValidationError, listing the regions, for one that there is not, where prices depend on it."""
    needs_region = rules.rates_need_region or rules.tax_needs_region
    if place is not None and place.region and needs_region and not place.region_codes:
        raise ValidationError(field=FieldError(("region",), region_problem(place.country, place.region), "query"))


def _needs_paths(rules: Rules) -> bool:
    return any(coupon.category_ids for coupon in rules.coupons) or bool(rules.tax and rules.tax.category_rates)
