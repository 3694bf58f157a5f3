"""Shipping zones and rates, as administrators set them. Amounts are in minor units."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.domain.pricing_rules import ShippingRateKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingZoneTerms:
    """The names are the columns'."""

    name: str
    countries: list[str]
    regions: list[str]
    postal_prefixes: list[str]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingRateTerms:
    """The names are the columns'; `bands` hold `up_to` and `amount`."""

    name: str
    kind: ShippingRateKind
    currency: str
    amount: int | None
    bands: list[dict[str, int | None]]
    free_from_amount: int | None
    min_days: int | None
    max_days: int | None
    is_active: bool
