"""The shop's configuration, as pages and apps read it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from shared.contexts.media.schemas import Picture
from shared.web import ResponseModel

_COUNTRY: Final[JsonDict] = {
    "code": "US",
    "is_delivered": True,
    "has_regions": True,
    "needs_region": True,
    "needs_postal_code": False,
}


class SiteCurrency(ResponseModel):
    """A currency that prices can be in."""

    code: Annotated[str, Field(description="ISO 4217", examples=["JPY"])]
    places: Annotated[int, Field(description="Decimal places of the minor unit", examples=[0])]


class SiteCountry(ResponseModel):
    """A country that an address can name."""

    code: Annotated[str, Field(description="ISO 3166-1 alpha-2")]
    is_delivered: Annotated[bool, Field(description="Whether goods are delivered there")]
    has_regions: Annotated[bool, Field(description="Whether the country has states, provinces or the like")]
    needs_region: Annotated[bool, Field(description="Whether prices there depend on the region")]
    needs_postal_code: Annotated[bool, Field(description="Whether prices there depend on the postal code")]


class CountryRegion(ResponseModel):
    """A state, province or the like."""

    code: Annotated[str, Field(description="ISO 3166-2, without the country's")]
    name: Annotated[str, Field(description="In English")]


class SiteCountryDetails(SiteCountry):
    """A country with its regions, for an address form."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_COUNTRY, "regions": [{"code": "CA", "name": "California"}]}]}
    )

    regions: list[CountryRegion]


class SiteCarrier(ResponseModel):
    """A carrier that parcels can be sent by."""

    code: Annotated[str, Field(examples=["sf_express"])]
    name: Annotated[str, Field(description="Empty for any other carrier", examples=["SF Express"])]


class SiteLimits(ResponseModel):
    """What is refused beyond it."""

    cart_lines: int
    line_quantity: Annotated[int, Field(description="Units of one line")]
    cart_coupons: int
    picture_bytes: Annotated[int, Field(description="Of a picture that is uploaded")]
    return_window_days: Annotated[int, Field(description="How long after delivery goods can be returned")]


class LegalPage(ResponseModel):
    name: Annotated[str, Field(examples=["terms"])]
    url: Annotated[str, Field(examples=["https://shop.example/legal/terms"])]


class Site(ResponseModel):
    """What the shop is. The same for everybody, and public."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "ShareStack",
                    "email": "shop@sharestack.example",
                    "phone": "",
                    "address": "",
                    "time_zone": "UTC",
                    "logo": None,
                    "currency": "USD",
                    "languages": ["zh-CN", "en"],
                    "legal_pages": [{"name": "terms", "url": "https://shop.example/legal/terms"}],
                    "currencies": [{"code": "USD", "places": 2}],
                    "countries": [_COUNTRY],
                    "carriers": [{"code": "dhl", "name": "DHL"}],
                    "limits": {
                        "cart_lines": 100,
                        "line_quantity": 999,
                        "cart_coupons": 5,
                        "picture_bytes": 15_728_640,
                        "return_window_days": 30,
                    },
                }
            ]
        }
    )

    name: str
    email: Annotated[str, Field(description="Where customers write to")]
    phone: Annotated[str, Field(description="Empty where there is none")]
    address: Annotated[str, Field(description="Lines of a letter to the shop; empty where there is none")]
    time_zone: Annotated[str, Field(description="IANA name: which day it is for the shop", examples=["Europe/Berlin"])]
    logo: Picture | None
    currency: Annotated[str, Field(description="In which people enter and filter prices")]
    languages: Annotated[list[str], Field(description="Of the pages; the first is the usual one")]
    legal_pages: list[LegalPage]
    currencies: list[SiteCurrency]
    countries: list[SiteCountry]
    carriers: list[SiteCarrier]
    limits: SiteLimits
