"""Reports of the shop, for administrators."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.schemas.reports import Analytics, TopProducts
from functions.analytics.service import reports
from shared.permissions import Permission
from shared.web import Fields, Reader, requires, respond

router = APIRouter(
    prefix="/api/v1/admin/analytics",
    tags=["analytics"],
    dependencies=[requires(Permission.ANALYTICS_READ)],
)

Currency = Annotated[str, Query(pattern="^[A-Z]{3}$", description="ISO 4217 code", examples=["USD"])]
Interval = Annotated[
    ReportPeriod, Query(description="Weeks begin on Mondays; all days are those of the shop's time zone")
]
_RANGE: dict[int | str, dict[str, Any]] = {422: {"description": "Not a range of days (`invalid_range`), or not valid"}}


class SalesMeasure(StrEnum):
    REVENUE = "revenue"
    UNITS = "units"


@router.get("", response_model=Analytics, summary="Sales, conversion and new customers", responses=_RANGE)
async def get_analytics(
    *,
    request: Request,
    reader: Reader,
    fields: Fields,
    first: Annotated[date | None, Query(alias="from", description="First day; 30 days are shown by default")] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day; today by default")] = None,
    interval: Interval = ReportPeriod.DAY,
    currency: Annotated[Currency | None, Query(description="Only this currency")] = None,
) -> Response:
    """Revenue, refunds, orders, average order, conversion and new customers, from views that are computed every quarter
    of an hour (`refreshed_at`).

    Each currency stands for itself. The range is widened to whole weeks or months, and every period in it is there,
    also where nothing was sold. Up to 400 periods.
    """
    return respond(request, Analytics.of(reports.overview(reader, interval, first, last, currency)), fields=fields)


@router.get("/products", response_model=TopProducts, summary="Top products")
async def list_top_products(
    *,
    request: Request,
    reader: Reader,
    fields: Fields,
    currency: Currency,
    day: Annotated[date | None, Query(description="A day of the period; today by default")] = None,
    interval: Interval = ReportPeriod.MONTH,
    by: Annotated[SalesMeasure, Query(description="What makes a product one of the best")] = SalesMeasure.REVENUE,
    limit: Annotated[int, Query(ge=1, le=100, description="How many products")] = 20,
) -> Response:
    """The products that sold best in the day, week or month that `day` is in, best first."""
    ranking = reports.ranking(reader, interval, day, currency=currency, by_units=by is SalesMeasure.UNITS, limit=limit)
    return respond(request, TopProducts.of(ranking, interval, currency), fields=fields)
