"""Tax rates as administrators maintain them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import ConfigDict, Field, field_validator
from pydantic.config import JsonDict

from functions.ordering.schemas.pricing import Country
from shared.web import RequestModel, ResponseModel, Version
from shared.web.fields import SingleLine

_EXAMPLE: Final[JsonDict] = {
    "name": "MwSt.",
    "country": "DE",
    "rate_basis_points": 1900,
    "prices_include_tax": True,
    "category_rates": [{"category_id": "01990000-0000-7000-8000-000000000004", "rate_basis_points": 700}],
}
MAX_REGION: Final = 100


BasisPoints = Annotated[int, Field(ge=0, le=10_000, strict=True, description="1900 are 19 %")]


class NewCategoryTaxRate(RequestModel):
    """Another rate for a category and all that is below it."""

    category_id: UUID
    rate_basis_points: BasisPoints


class NewTaxRate(RequestModel):
    """The tax of a country, or of a region of it, which then stands for itself alone: rates are not added up."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Annotated[str, Field(min_length=1, max_length=100, description="What the tax is called there"), SingleLine]
    country: Country
    region: Annotated[
        str, Field(max_length=MAX_REGION, description="ISO 3166-2 code or name; empty is the whole country")
    ] = ""
    rate_basis_points: BasisPoints
    prices_include_tax: Annotated[bool, Field(description="Whether buyers there see prices with the tax in them")]
    shipping_taxable: bool = True
    category_rates: Annotated[list[NewCategoryTaxRate], Field(max_length=100)] = Field(default_factory=list)
    is_active: bool = True

    @field_validator("category_rates")
    @classmethod
    def _names_each_category_once(cls, rates: list[NewCategoryTaxRate]) -> list[NewCategoryTaxRate]:
        if len({rate.category_id for rate in rates}) < len(rates):
            raise ValueError("a category is named twice")
        return rates


class TaxRateReplacement(NewTaxRate):
    """A new definition of the rate, replacing all of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_EXAMPLE, "version": 1}]})

    version: Version


class CategoryTaxRate(ResponseModel):
    category_id: UUID
    rate_basis_points: int


class TaxRate(ResponseModel):
    id: UUID
    version: int
    name: str
    country: str
    region: str
    rate_basis_points: int
    prices_include_tax: bool
    shipping_taxable: bool
    category_rates: list[CategoryTaxRate]
    is_active: bool
    created_at: datetime
    updated_at: datetime
