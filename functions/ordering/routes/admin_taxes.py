"""Tax rates, for administrators."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.domain.tax_terms import TaxRateTerms
from functions.ordering.routes.admin_coupons import DeletedVersion
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.pricing import Country
from functions.ordering.schemas.taxes import NewTaxRate, TaxRate, TaxRateReplacement
from functions.ordering.service import taxes
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, Transaction, no_content, requires, respond
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1/admin", tags=["pricing-admin"])

_RATES: Final = "/tax/rates"
_RATE: Final = "/tax/rates/{tax_rate_id}"
_reads = [requires(Permission.PRICING_READ_ALL)]
_writes = [requires(Permission.PRICING_WRITE)]
_CONFLICTS: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "It was changed in the meantime, or another rate is for the place"}
}


@router.get(_RATES, response_model=Page[TaxRate], summary="List tax rates", dependencies=_reads)
async def list_tax_rates(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    country: Annotated[Country | None, Query()] = None,
) -> Response:
    """Newest first."""
    query = f"tax rates {country}"
    page = taxes.page(reader, country=country, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, TaxRate, page, query=query, fields=fields)


@router.post(
    _RATES,
    status_code=201,
    response_model=TaxRate,
    summary="Create a tax rate",
    dependencies=_writes,
    responses={409: {"description": "Another rate is for the place"}},
)
async def create_tax_rate(request: Request, body: NewTaxRate, tx: Transaction) -> Response:
    """As soon as there is one, the tax of a cart is not known without a country. Where no rate is, there is no tax."""
    rate = taxes.create(tx, TaxRateTerms(**body.model_dump()))
    headers = {"Location": f"{router.prefix}{_RATES}/{rate.id}"}
    return respond(request, TaxRate.model_validate(rate), status=201, headers=headers)


@router.get(_RATE, response_model=TaxRate, summary="Show a tax rate", dependencies=_reads)
async def get_tax_rate(request: Request, tax_rate_id: UUID, reader: Reader, fields: Fields) -> Response:
    """The rate of one place."""
    return respond(request, TaxRate.model_validate(taxes.read(reader, tax_rate_id)), fields=fields)


@router.put(_RATE, response_model=TaxRate, summary="Replace a tax rate", dependencies=_writes, responses=_CONFLICTS)
async def replace_tax_rate(request: Request, tax_rate_id: UUID, body: TaxRateReplacement, tx: Transaction) -> Response:
    """409 `version_conflict` where it was changed since `version`. Checkouts and orders keep what was priced."""
    terms = TaxRateTerms(**body.model_dump(exclude={"version"}))
    rate = taxes.replace(tx, tax_rate_id, terms, version=body.version)
    return respond(request, TaxRate.model_validate(rate))


@router.delete(_RATE, status_code=204, summary="Delete a tax rate", dependencies=_writes, responses=_CONFLICTS)
async def delete_tax_rate(tax_rate_id: UUID, tx: Transaction, version: DeletedVersion = None) -> Response:
    """The place has no tax any more, or the country's."""
    taxes.delete(tx, tax_rate_id, version=version)
    return no_content()
