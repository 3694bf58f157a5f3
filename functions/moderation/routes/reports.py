"""People report what others publish, and read what became of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.moderation.repository.reports import ReportRow
from functions.moderation.schemas.reports import NewReport, Report
from functions.moderation.service import reports
from shared.web import Caller, Fields, Page, Reader, Transaction, respond, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


@router.post(
    "",
    status_code=201,
    response_model=Report,
    summary="Report something",
    responses={
        200: {"model": Report, "description": "The caller's report of this target, which is open"},
        404: {"description": "There is nothing that the caller may read (`target_not_found`)"},
        429: {"description": "Too many reports in a day (`too_many_reports`)"},
    },
)
async def create_report(request: Request, body: NewReport, caller: Caller, tx: Transaction) -> Response:
    """A post, comment, group, product, review or person. One report of each caller and target is open; sending it again
    answers 200 with the one that there is.
    """
    row, is_new = reports.file(
        tx, body.target.kind, body.target.id, reason=body.reason, body=body.text, reporter=caller.user_id
    )
    return respond(request, Report(**_report(row)), status=201 if is_new else 200)


@router.get("", response_model=Page[Report], summary="List one's reports")
async def list_reports(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """The newest first."""
    query = f"reports by {caller.user_id}"
    rows, last = reports.own(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    documents = [_report(row) for row in rows]
    return respond_page(request, Report, documents, next_cursor=id_cursor(query, last), fields=fields)


def _report(row: ReportRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "target": {"kind": row.target_kind, "id": row.target_id},
        "reason": row.reason,
        "text": row.body,
        "status": row.status,
        "created_at": row.created_at,
    }
