"""The destination for which a request wants estimates of shipping and taxes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from functions.ordering.domain.places import Place
from functions.ordering.schemas.pricing import Country
from shared.web.query import from_query

Region = Annotated[str | None, Query(max_length=100, description="State, province, prefecture", examples=["CA"])]
PostalCode = Annotated[str | None, Query(max_length=20, examples=["94103"])]
CountryQuery = Annotated[Country | None, Query(description="ISO 3166-1 alpha-2", examples=["DE"])]


async def _destination(
    country: CountryQuery = None, region: Region = None, postal_code: PostalCode = None
) -> Place | None:
    return Place(country, region, postal_code) if country else None


Destination = Annotated[Place | None, from_query(_destination)]
"""Query parameters `country`, `region` and `postal_code`; None without a country."""
