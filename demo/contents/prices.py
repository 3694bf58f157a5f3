"""Coupons, shipping and taxes of the demo shop. Amounts are in minor units, rates in hundredths of a percent.

The tax rates are those of 2026, simplified: one for each place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCoupon:
    """A coupon's terms; `product` is a slug."""

    code: str
    description: str
    kind: str
    percent_basis_points: int | None = None
    amount: int | None = None
    currency: str | None = None
    minimum_subtotal_amount: int | None = None
    buy_quantity: int | None = None
    get_quantity: int | None = None
    total_limit: int | None = None
    per_customer_limit: int | None = None
    product: str | None = None
    ends_in_days: int | None = None
    """Days until it ends; negative for one that has ended."""
    is_combinable: bool = False

    def document(self, *, now: datetime, product_ids: Mapping[str, str]) -> dict[str, Any]:
        """As the API takes it. `product_ids` go by slug."""
        terms = asdict(self)
        product, days = terms.pop("product"), terms.pop("ends_in_days")
        return {
            **{name: value for name, value in terms.items() if value is not None},
            "product_ids": [] if product is None else [product_ids[product]],
            "ends_at": None if days is None else (now + timedelta(days=days)).isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRate:
    """A flat rate, or one by the bands of the parcel's weight."""

    name: str
    currency: str
    days: tuple[int, int]
    amount: int | None = None
    free_from: int | None = None
    bands: tuple[tuple[int | None, int], ...] = ()
    """Up to so many grams (None for no end) it costs so much."""

    def document(self) -> dict[str, Any]:
        """As the API takes it."""
        return {
            "name": self.name,
            "kind": "by_weight" if self.bands else "flat",
            "currency": self.currency,
            "amount": self.amount,
            "bands": [{"up_to": up_to, "amount": amount} for up_to, amount in self.bands],
            "free_from_amount": self.free_from,
            "min_days": self.days[0],
            "max_days": self.days[1],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleZone:
    """The first rate of a currency is the cheapest one."""

    name: str
    countries: tuple[str, ...]
    rates: tuple[SampleRate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTax:
    """The members are those that the API takes."""

    name: str
    country: str
    rate_basis_points: int
    prices_include_tax: bool
    shipping_taxable: bool
    region: str = ""


COUPONS: Final = (
    SampleCoupon(
        code="WELCOME10",
        description="10 % off the first order",
        kind="percentage",
        percent_basis_points=1000,
        per_customer_limit=1,
    ),
    SampleCoupon(code="FREESHIP", description="Free delivery", kind="free_shipping", is_combinable=True),
    SampleCoupon(
        code="FIVEOFF",
        description="5 dollars off from 30 on, for the first hundred",
        kind="fixed",
        amount=500,
        currency="USD",
        minimum_subtotal_amount=3000,
        total_limit=100,
    ),
    SampleCoupon(
        code="THIRDHAT",
        description="Three beanies for the price of two",
        kind="buy_x_get_y",
        buy_quantity=2,
        get_quantity=1,
        product="merino-beanie",
        ends_in_days=90,
    ),
    SampleCoupon(
        code="SPRING",
        description="20 % off, until it was summer",
        kind="percentage",
        percent_basis_points=2000,
        ends_in_days=-30,
    ),
)

_BY_WEIGHT: Final = ((500, 1490), (2000, 2490), (10000, 4990), (None, 9900))

ZONES: Final = (
    SampleZone(
        name="United States",
        countries=("US",),
        rates=(
            SampleRate(name="Standard", currency="USD", amount=590, free_from=7500, days=(3, 5)),
            SampleRate(name="Express", currency="USD", amount=1490, days=(1, 2)),
            SampleRate(name="Standard", currency="CNY", amount=16800, days=(8, 14)),
            SampleRate(name="Standard", currency="JPY", amount=3200, days=(7, 12)),
        ),
    ),
    SampleZone(
        name="Europe",
        countries=("AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IE", "IT", "NL", "NO", "PL", "PT", "SE"),
        rates=(
            SampleRate(name="Standard", currency="USD", amount=990, free_from=12000, days=(4, 7)),
            SampleRate(name="Standard", currency="CNY", amount=15800, days=(9, 15)),
            SampleRate(name="Standard", currency="JPY", amount=3400, days=(8, 13)),
        ),
    ),
    SampleZone(
        name="中国",
        countries=("CN",),
        rates=(
            SampleRate(name="标准快递", currency="CNY", amount=1200, free_from=9900, days=(2, 4)),
            SampleRate(name="国际标准", currency="USD", amount=1490, days=(8, 14)),
            SampleRate(name="国际标准", currency="JPY", amount=1900, days=(6, 9)),
        ),
    ),
    SampleZone(
        name="Japan",
        countries=("JP",),
        rates=(
            SampleRate(name="Standard", currency="JPY", amount=800, free_from=8000, days=(1, 3)),
            SampleRate(name="Standard", currency="USD", amount=1490, days=(6, 10)),
            SampleRate(name="Standard", currency="CNY", amount=9800, days=(6, 9)),
        ),
    ),
    SampleZone(
        name="Rest of the world",
        countries=("*",),
        rates=(
            SampleRate(name="International", currency="USD", bands=_BY_WEIGHT, days=(10, 20)),
            SampleRate(name="International", currency="CNY", amount=19800, days=(12, 25)),
            SampleRate(name="International", currency="JPY", amount=4200, days=(10, 20)),
        ),
    ),
)

TAXES: Final = (
    SampleTax(
        name="California sales tax",
        country="US",
        region="CA",
        rate_basis_points=725,
        prices_include_tax=False,
        shipping_taxable=False,
    ),
    SampleTax(
        name="New York sales tax",
        country="US",
        region="NY",
        rate_basis_points=888,
        prices_include_tax=False,
        shipping_taxable=True,
    ),
    SampleTax(name="MwSt.", country="DE", rate_basis_points=1900, prices_include_tax=True, shipping_taxable=True),
    SampleTax(name="TVA", country="FR", rate_basis_points=2000, prices_include_tax=True, shipping_taxable=True),
    SampleTax(name="VAT", country="GB", rate_basis_points=2000, prices_include_tax=True, shipping_taxable=True),
    SampleTax(name="增值税", country="CN", rate_basis_points=1300, prices_include_tax=True, shipping_taxable=True),
    SampleTax(name="消費税", country="JP", rate_basis_points=1000, prices_include_tax=True, shipping_taxable=True),
)
