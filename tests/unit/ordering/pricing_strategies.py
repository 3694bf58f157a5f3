"""Any lines, coupons, shipping rates and taxes, for property tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from functions.ordering.domain.carts import LineRow
from functions.ordering.domain.pricing_rules import (
    Band,
    CouponKind,
    CouponRow,
    RateRow,
    Rules,
    ShippingRateKind,
    TaxRateRow,
)
from shared.currencies import CURRENCIES, Currency

CATEGORIES = [UUID(int=n) for n in range(1, 4)]
PATHS = {CATEGORIES[0]: (CATEGORIES[0],), CATEGORIES[1]: (CATEGORIES[1], CATEGORIES[0]), CATEGORIES[2]: ()}
PRODUCTS = [UUID(int=n) for n in range(11, 16)]
SOME_ID = UUID(int=99)

amounts = st.integers(0, 1_000) | st.integers(0, 10**9)
currencies = st.sampled_from(["USD", "JPY", "KWD"])
with_steps = st.sampled_from([currency for currency in CURRENCIES.values() if currency.step > 1])


def line(**columns: Any) -> LineRow:
    """One unit of a pot for 9.99, where nothing else is said."""
    row: dict[str, Any] = {
        "id": SOME_ID,
        "variant_id": SOME_ID,
        "product_id": PRODUCTS[0],
        "slug": "pot",
        "name": "Pot",
        "variant_title": "",
        "sku": None,
        "image_url": None,
        "category_id": None,
        "weight_grams": 500,
        "requires_shipping": True,
        "taxable": True,
        "quantity": 1,
        "price_at_time": 999,
        "price_amount": 999,
        "currency": "USD",
        "sellable": True,
        "available": None,
    }
    return LineRow(**{**row, **columns})


def coupon(kind: CouponKind, **terms: Any) -> CouponRow:
    """A coupon for everything, that goes together with others."""
    row: dict[str, Any] = {
        "id": SOME_ID,
        "code": kind.value.upper(),
        "description": "",
        "percent_basis_points": None,
        "amount": None,
        "buy_quantity": None,
        "get_quantity": None,
        "currency": None,
        "minimum_subtotal_amount": None,
        "category_ids": frozenset(),
        "product_ids": frozenset(),
        "is_combinable": True,
        "problem": None,
    }
    return CouponRow(kind=kind, **{**row, **terms})


def rate(name: str = "Standard", **columns: Any) -> RateRow:
    """A flat rate of 4.90."""
    row: dict[str, Any] = {
        "id": UUID(int=hash(name) % 2**64),
        "name": name,
        "kind": ShippingRateKind.FLAT,
        "amount": 490,
        "bands": (),
        "free_from_amount": None,
        "min_days": None,
        "max_days": None,
    }
    return RateRow(**{**row, **columns})


def tax(rate_basis_points: int = 1900, *, included: bool = True, **columns: Any) -> TaxRateRow:
    row: dict[str, Any] = {"shipping_taxable": True, "category_rates": {}}
    return TaxRateRow(rate_basis_points=rate_basis_points, prices_include_tax=included, **{**row, **columns})


def rules(**known: Any) -> Rules:
    """A shop without coupons, shipping zones and taxes, where nothing else is said."""
    empty: dict[str, Any] = {
        "account_email": None,
        "language": None,
        "coupons": (),
        "has_zones": "rates" in known,
        "rates": None,
        "has_taxes": known.get("tax") is not None,
        "tax": None,
    }
    return Rules(**{**empty, **known})


lines = st.builds(
    line,
    product_id=st.sampled_from(PRODUCTS),
    category_id=st.none() | st.sampled_from(CATEGORIES),
    weight_grams=st.integers(0, 30_000),
    requires_shipping=st.booleans(),
    taxable=st.booleans(),
    quantity=st.integers(1, 999),
    price_at_time=amounts,
    price_amount=amounts,
    currency=st.sampled_from(["USD", "USD", "USD", "JPY"]),
    sellable=st.sampled_from([True, True, True, False]),
    available=st.none() | st.integers(0, 2000),
)

coupons = st.builds(
    coupon,
    kind=st.sampled_from(CouponKind),
    percent_basis_points=st.integers(1, 10_000),
    amount=st.integers(1, 10**9),
    buy_quantity=st.integers(1, 5),
    get_quantity=st.integers(1, 5),
    currency=st.none() | st.just("USD"),
    minimum_subtotal_amount=st.none() | amounts,
    category_ids=st.frozensets(st.sampled_from(CATEGORIES), max_size=2),
    product_ids=st.frozensets(st.sampled_from(PRODUCTS), max_size=2),
    is_combinable=st.sampled_from([True, True, False]),
    problem=st.sampled_from([None, None, None, "expired", "used_up"]),
)

bands = st.lists(st.builds(Band, st.integers(1, 10**6), amounts), min_size=1, max_size=4).map(
    lambda found: tuple(sorted(found, key=lambda band: band.up_to or 0))
)
rates = st.builds(
    rate,
    name=st.sampled_from(["Standard", "Express", "Pick-up"]),
    kind=st.sampled_from(ShippingRateKind),
    amount=amounts,
    bands=bands,
    free_from_amount=st.none() | amounts,
)

taxes = st.builds(
    tax,
    st.integers(0, 10_000),
    included=st.booleans(),
    shipping_taxable=st.booleans(),
    category_rates=st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 10_000)),
)

all_rules = st.builds(
    rules,
    coupons=st.lists(coupons, max_size=5),
    has_zones=st.booleans(),
    rates=st.none() | st.lists(rates, max_size=3),
    tax=st.none() | taxes,
)


def in_steps(rows: list[LineRow], by: Rules, currency: Currency) -> tuple[list[LineRow], Rules]:
    """The same cart and rules in this currency, with prices that can be paid in it."""

    def scaled(amount: int | None) -> int | None:
        return None if amount is None else amount * currency.step

    scaled_rows = [replace(row, currency=currency.code, price_amount=row.price_amount * currency.step) for row in rows]
    scaled_coupons = [
        replace(each, amount=scaled(each.amount), currency=each.currency and currency.code) for each in by.coupons
    ]
    scaled_rates = by.rates and [
        replace(
            each,
            amount=scaled(each.amount),
            bands=tuple(Band(band.up_to, band.amount * currency.step) for band in each.bands),
        )
        for each in by.rates
    ]
    return scaled_rows, replace(by, coupons=scaled_coupons, rates=scaled_rates)
