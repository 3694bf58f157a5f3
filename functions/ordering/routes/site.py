"""The shop's configuration: one list for pages, apps and forms."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.ordering.domain.carriers import Carrier, carrier_name
from functions.ordering.schemas.site import (
    CountryRegion,
    LegalPage,
    Site,
    SiteCarrier,
    SiteCountry,
    SiteCountryDetails,
    SiteCurrency,
    SiteLimits,
)
from functions.ordering.service import site
from functions.ordering.settings import SiteSettings
from shared import settings
from shared.contexts.media.uploads import MAX_FILE_BYTES
from shared.contexts.ordering.cart_limits import MAX_COUPONS, MAX_LINES, MAX_QUANTITY
from shared.currencies import CURRENCIES
from shared.web import CachePolicy, Fields, Reader, respond

router = APIRouter(prefix="/api/v1/site", tags=["site"])

# A zone that is opened is known everywhere within minutes; nothing has to purge it.
_CACHE: Final = CachePolicy("public, max-age=60, s-maxage=300, stale-while-revalidate=86400", tagged=True)


@router.get("", response_model=Site, summary="Show the shop's configuration")
async def get_site(request: Request, reader: Reader, fields: Fields) -> Response:
    """Name, languages, currencies, countries, carriers and limits. What a country needs of an address follows the
    shipping zones and tax rates.
    """
    operator, configured = site.operator_file(), settings.load(SiteSettings)
    body = Site(
        name=operator.name,
        email=operator.email,
        currency=operator.currency,
        languages=operator.languages,
        legal_pages=[
            LegalPage(name=name, url=f"{configured.public_url}/legal/{name}") for name in operator.legal_pages
        ],
        currencies=[SiteCurrency(code=one.code, places=one.places) for one in CURRENCIES.values()],
        countries=[SiteCountry.model_validate(one) for one in site.countries(reader)],
        carriers=[SiteCarrier(code=one, name=carrier_name(one)) for one in Carrier],
        limits=SiteLimits(
            cart_lines=MAX_LINES,
            line_quantity=MAX_QUANTITY,
            cart_coupons=MAX_COUPONS,
            picture_bytes=MAX_FILE_BYTES,
            return_window_days=int(configured.return_window_days),
        ),
    )
    return respond(request, body, fields=fields, cache=_CACHE)


@router.get(
    "/countries/{country}",
    response_model=SiteCountryDetails,
    summary="Show a country with its regions",
    responses={404: {"description": "No address can name this country"}},
)
async def get_country(
    request: Request,
    country: Annotated[str, Path(max_length=2, description="ISO 3166-1 alpha-2", examples=["US"])],
    reader: Reader,
    fields: Fields,
) -> Response:
    """What an address there needs, and the regions to choose from."""
    facts, regions = site.country(reader, country.upper())
    shown = SiteCountry.model_validate(facts).model_dump()
    body = SiteCountryDetails(**shown, regions=[CountryRegion.model_validate(region) for region in regions])
    return respond(request, body, fields=fields, cache=_CACHE)
