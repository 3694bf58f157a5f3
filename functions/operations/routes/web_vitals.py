"""Web vitals: browsers tell them without saying whose they are; staff read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.operations.schemas.web_vitals import WebVitalReport, WebVitals, WebVitalSummary
from functions.operations.service import web_vitals
from shared import days
from shared.permissions import Permission
from shared.web import Fields, Reader, Transaction, no_content, requires, respond
from shared.web.rate_limits import Kind, limited_as

PATH: Final = "/api/v1/web-vitals"

router = APIRouter(tags=["web-vitals"])


@router.post(
    PATH,
    status_code=204,
    summary="Tell how a page felt",
    response_class=Response,
    openapi_extra=limited_as(Kind.CLIENT_ERRORS),
)
async def report_web_vitals(body: WebVitalReport, tx: Transaction) -> Response:
    """What a browser measured of one page. Values are counted by kind of page and day; neither who it was nor the
    address of the page is kept.
    """
    web_vitals.record(tx, body.page, {vital.name: vital.value for vital in body.vitals})
    return no_content()


@router.get(
    "/api/v1/admin/web-vitals",
    response_model=WebVitals,
    summary="Show how pages feel",
    dependencies=[requires(Permission.OPERATIONS_READ)],
)
async def get_web_vitals(
    request: Request,
    reader: Reader,
    fields: Fields,
    last_days: Annotated[int, Query(alias="days", ge=1, le=90, description="Up to today")] = 28,
) -> Response:
    """The 75th percentile of each vital, by kind of page. What nobody measured is missing."""
    last = days.today()
    first = last - timedelta(days=last_days - 1)
    items = [WebVitalSummary.model_validate(one) for one in web_vitals.summaries(reader, first, last)]
    return respond(request, WebVitals(first_day=first, last_day=last, items=items), fields=fields)
