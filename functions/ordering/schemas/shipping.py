"""Shipping zones and rates as administrators maintain them. Amounts are integer minor units."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from functions.ordering.domain.countries import COUNTRIES
from functions.ordering.domain.places import normalised_postal_code
from functions.ordering.domain.pricing_rules import ShippingRateKind
from shared.money import MAX_AMOUNT
from shared.web import CurrencyCode, RequestModel, ResponseModel, Version
from shared.web.fields import SingleLine

EVERYWHERE_ELSE: Final = "*"
_ZONE: Final[JsonDict] = {"name": "European Union", "countries": ["DE", "FR", "NL"]}
_RATE: Final[JsonDict] = {
    "name": "Standard",
    "kind": "by_weight",
    "currency": "EUR",
    "bands": [{"up_to": 2000, "amount": 490}, {"up_to": None, "amount": 990}],
    "free_from_amount": 5000,
    "min_days": 2,
    "max_days": 4,
}


def _zone_country(code: str) -> str:
    if code != EVERYWHERE_ELSE and code not in COUNTRIES:
        raise ValueError("neither an ISO 3166-1 alpha-2 country code nor `*`")
    return code


ZoneCountry = Annotated[str, Field(pattern=r"^([A-Z]{2}|\*)$"), AfterValidator(_zone_country)]
ZoneRegion = Annotated[str, Field(min_length=1, max_length=100)]
PostalPrefix = Annotated[str, Field(min_length=1, max_length=20), AfterValidator(normalised_postal_code)]
Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT, strict=True)]
Days = Annotated[int, Field(ge=0, le=365, strict=True)]
Name = Annotated[str, Field(min_length=1, max_length=100), SingleLine]


class NewShippingZone(RequestModel):
    """A zone. The one that names a destination most narrowly counts: postal prefixes, then regions, then countries."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ZONE]})

    name: Name
    countries: Annotated[
        list[ZoneCountry],
        Field(min_length=1, max_length=250, description='ISO 3166-1 alpha-2, or `["*"]` for all that no zone names'),
    ]
    regions: Annotated[
        list[ZoneRegion],
        Field(max_length=200, description="ISO 3166-2 codes or names, of one country; none is all of it"),
    ] = Field(default_factory=list)
    postal_prefixes: Annotated[
        list[PostalPrefix], Field(max_length=1000, description="Of one country; none is all of it")
    ] = Field(default_factory=list)
    is_active: bool = True

    @model_validator(mode="after")
    def _is_one_place(self) -> NewShippingZone:
        if EVERYWHERE_ELSE in self.countries and self.countries != [EVERYWHERE_ELSE]:
            raise ValueError("`*` stands alone among the countries")
        narrowed = self.regions or self.postal_prefixes
        if narrowed and (len(self.countries) > 1 or EVERYWHERE_ELSE in self.countries):
            raise ValueError("`regions` and `postal_prefixes` are those of one country")
        return self


class ShippingZoneReplacement(NewShippingZone):
    """A new definition of the zone, replacing all of it; its rates stay."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_ZONE, "version": 1}]})

    version: Version


class ShippingZone(ResponseModel):
    id: UUID
    version: int
    name: str
    countries: list[str]
    regions: list[str]
    postal_prefixes: list[str]
    is_active: bool
    created_at: datetime
    updated_at: datetime


class NewShippingRateBand(RequestModel):
    """Up to and with `up_to` (grams by weight, minor units by subtotal; null has no end), delivery costs `amount`."""

    up_to: Annotated[int | None, Field(ge=0, le=MAX_AMOUNT, strict=True)]
    amount: Amount


class NewShippingRate(RequestModel):
    """A rate: `flat` has an `amount`, the others have `bands`. Above the last of them it is not offered."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RATE]})

    name: Name
    kind: ShippingRateKind
    currency: CurrencyCode
    amount: Amount | None = None
    bands: Annotated[list[NewShippingRateBand], Field(max_length=50)] = Field(default_factory=list)
    free_from_amount: Annotated[
        Amount | None, Field(description="From this price of the goods on, discounts taken off, it costs nothing")
    ] = None
    min_days: Days | None = None
    max_days: Days | None = None
    is_active: bool = True

    @model_validator(mode="after")
    def _agrees_with_its_kind(self) -> NewShippingRate:
        is_flat = self.kind is ShippingRateKind.FLAT
        if is_flat != (self.amount is not None) or is_flat == bool(self.bands):
            raise ValueError("`flat` has an `amount` and no `bands`; the other kinds have `bands` and no `amount`")
        ends = [band.up_to for band in self.bands]
        known = [end for end in ends if end is not None]
        if None in ends[:-1] or known != sorted(set(known)):
            raise ValueError("`bands` go upwards, and only the last one may have no end")
        if (self.min_days or 0) > (self.max_days if self.max_days is not None else 365):
            raise ValueError("`max_days` must not be below `min_days`")
        return self


class ShippingRateReplacement(NewShippingRate):
    """A new definition of the rate, replacing all of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_RATE, "version": 1}]})

    version: Version


class ShippingRateBand(ResponseModel):
    up_to: int | None
    amount: int


class ShippingRate(ResponseModel):
    id: UUID
    zone_id: UUID
    version: int
    name: str
    kind: ShippingRateKind
    currency: str
    amount: int | None
    bands: list[ShippingRateBand]
    free_from_amount: int | None
    min_days: int | None
    max_days: int | None
    is_active: bool
    created_at: datetime
    updated_at: datetime
