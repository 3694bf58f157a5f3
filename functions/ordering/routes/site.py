"""The shop's configuration: one list for pages, apps and forms."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from functions.ordering.domain.carriers import Carrier, carrier_name
from functions.ordering.domain.site_settings import title_and_body
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
from functions.ordering.schemas.site_settings import LegalDocument
from functions.ordering.service import legal_texts, site, site_settings
from functions.ordering.settings import OperatorSettings
from shared import settings
from shared.contexts.media.schemas import Picture
from shared.contexts.media.uploads import MAX_FILE_BYTES
from shared.contexts.ordering.cache_tags import SITE
from shared.contexts.ordering.cart_limits import MAX_COUPONS, MAX_LINES, MAX_QUANTITY
from shared.currencies import CURRENCIES
from shared.web import CachePolicy, Fields, Reader, respond

router = APIRouter(prefix="/api/v1/site", tags=["site"])

# A zone that is opened is known everywhere within minutes; what the operator says is purged when it changes.
_CACHE: Final = CachePolicy("public, max-age=60, s-maxage=300, stale-while-revalidate=86400", tagged=True).about(SITE)


@router.get("", response_model=Site, summary="Show the shop's configuration")
async def get_site(request: Request, reader: Reader, fields: Fields) -> Response:
    """Name, contact, logo, languages, currencies, countries, carriers and limits. What a country needs of an address
    follows the shipping zones and tax rates.
    """
    operator, configured, stored = site.operator_file(), settings.load(OperatorSettings), site_settings.current(reader)
    body = Site(
        name=stored.name,
        email=stored.email,
        phone=stored.phone,
        address=stored.address,
        time_zone=stored.time_zone,
        logo=None if stored.logo is None else Picture.model_validate(stored.logo),
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


@router.get(
    "/legal/{name}",
    response_model=LegalDocument,
    summary="Show a legal page",
    responses={404: {"description": "The shop has no such page in this language"}},
)
async def get_legal_page(
    request: Request,
    name: Annotated[str, Path(max_length=40, examples=["terms"])],
    reader: Reader,
    fields: Fields,
    language: Annotated[
        str | None, Query(max_length=35, description="One of `languages` of the site; the first unless said")
    ] = None,
) -> Response:
    """One legal text in one language: Markdown, and HTML that can stand in a page."""
    text = legal_texts.read(reader, name, language or site.operator_file().languages[0])
    body = LegalDocument(
        name=text.name,
        language=text.language,
        title=title_and_body(text.markdown)[0],
        markdown=text.markdown,
        html=legal_texts.html(text.markdown),
        updated_at=text.updated_at,
    )
    return respond(request, body, fields=fields, cache=_CACHE)
