"""Files of figures, for administrators."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.analytics.repository.metric_exports import MetricExportRow
from functions.analytics.routes.metrics import First, Last
from functions.analytics.schemas.metric_exports import MetricDataset, MetricExport, MetricFormat, NewMetricExport
from functions.analytics.service import metric_exports, metrics
from functions.analytics.settings import MetricExportSettings
from shared import settings
from shared.clients import object_links
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, Fields, Reader, Transaction, document, requires, respond

router = APIRouter(prefix="/api/v1/metrics", tags=["metrics"], dependencies=[requires(Permission.ANALYTICS_READ)])

_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {
            "text/csv": {"schema": {"type": "string"}, "example": "day,registrations\r\n2026-11-30,12\r\n"},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    },
    409: {"description": "The rows are too many for one answer (`export_too_large`)"},
    422: {"description": "Not a range of days (`invalid_range`), or not valid"},
}
Dataset = Annotated[
    MetricDataset,
    Query(description="Figures of each day, of each cohort, or sessions of activity with the ids of people"),
]
Format = Annotated[MetricFormat, Query(alias="format", description="CSV with a header, or an array of objects")]


@router.get("/export", summary="Export figures", response_class=Response, responses=_FILE)
async def export_metrics(
    *,
    request: Request,
    reader: Reader,
    kind: Format = "csv",
    dataset: Dataset = "daily",
    first: First = None,
    last: Last = None,
) -> Response:
    """Up to 2 MiB and 800 days; for more, ask for an export."""
    first, last = metrics.default_days(first, last)
    content = metric_exports.export_now(reader, dataset, kind, first, last)
    headers = {"Content-Disposition": f'attachment; filename="{dataset}-{first}-{last}.{kind}"'}
    return document(request, content, metric_exports.MEDIA_TYPES[kind], headers=headers)


@router.post(
    "/exports",
    response_model=MetricExport,
    status_code=202,
    summary="Ask for an export of figures",
    responses={422: {"description": "Not a range of days (`invalid_range`), or not valid"}},
)
async def create_metric_export(request: Request, body: NewMetricExport, caller: Caller, tx: Transaction) -> Response:
    """For any number of rows. The file is written afterwards; `Location` tells where to look for it."""
    row = metric_exports.request_export(
        tx, body.dataset, body.format, body.first_day, body.last_day, requested_by=caller.user_id
    )
    headers = {"Location": f"{router.prefix}/exports/{row.id}"}
    return respond(request, _export(row), status=202, headers=headers)


@router.get(
    "/exports/{export_id}",
    response_model=MetricExport,
    summary="Read an export of figures",
    responses={404: {"description": "There is no such export"}},
)
async def get_metric_export(request: Request, export_id: str, fields: Fields, reader: Reader) -> Response:
    """Whether it is there; once it is completed, a link to its file."""
    return respond(request, _export(metric_exports.read_export(reader, as_id(export_id))), fields=fields)


def _export(row: MetricExportRow) -> MetricExport:
    url = None
    if row.file_key is not None:
        url = object_links.download_link(
            settings.load(MetricExportSettings).imports_bucket,
            row.file_key,
            seconds=metric_exports.LINK_SECONDS,
            file_name=f"{row.dataset}-{row.first_day}-{row.last_day}.{row.format}",
        )
    values = {name: getattr(row, name) for name in MetricExport.model_fields if name != "url"}
    return MetricExport(**values, url=url)
