"""Copies of the caller's personal data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.repository.data_exports import ExportRow
from functions.identity.schemas.data_exports import DataExport
from functions.identity.service import data_exports
from functions.identity.settings import ExportSettings
from shared import settings
from shared.clients import object_links
from shared.web import Caller, Page, Reader, Transaction, respond, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/users/me", tags=["privacy"])

_TOO_SOON: dict[int | str, dict[str, Any]] = {
    429: {
        "description": "There is one copy a day (`export_too_soon`); `Retry-After` says when the next may be asked for"
    }
}


@router.post(
    "/export", status_code=202, response_model=DataExport, summary="Ask for a copy of my data", responses=_TOO_SOON
)
async def create_data_export(request: Request, caller: Caller, tx: Transaction) -> Response:
    """Everything that is stored about the caller, as JSON files in a ZIP. It is made afterwards, and a mail is sent
    when it is complete; `Location` is its address. While one is being made, another request answers that one.
    """
    row = data_exports.request(tx, caller.user_id, session_id=caller.session_id)
    return respond(request, _document(row), status=202, headers={"Location": f"{router.prefix}/exports/{row.id}"})


@router.get("/exports", response_model=Page[DataExport], summary="List the copies of my data")
async def list_data_exports(request: Request, caller: Caller, reader: Reader, paging: Paging) -> Response:
    """Those of the last week, the newest first; the mail about a copy leads to a page that shows them."""
    query = f"copies of {caller.user_id}"
    rows, last = data_exports.page(
        reader, caller.user_id, session_id=caller.session_id, after=id_before(paging, query), limit=paging.limit
    )
    return respond_page(
        request, DataExport, [_document(row).model_dump() for row in rows], next_cursor=id_cursor(query, last)
    )


@router.get("/exports/{export_id}", response_model=DataExport, summary="Read a copy of my data")
async def get_data_export(request: Request, export_id: UUID, caller: Caller, reader: Reader) -> Response:
    """How far it is; once it is completed, a link to the file, until it expires after a week."""
    row = data_exports.read(reader, export_id, caller.user_id, session_id=caller.session_id)
    return respond(request, _document(row))


def _document(row: ExportRow) -> DataExport:
    expired = row.status == "completed" and row.expires_at <= datetime.now(UTC)
    is_there = row.status == "completed" and not expired
    return DataExport.model_validate(
        {
            "id": row.id,
            "status": "expired" if expired else row.status,
            "bytes": row.bytes,
            "created_at": row.created_at,
            "finished_at": row.finished_at,
            "expires_at": row.expires_at if row.status == "completed" else None,
            "url": _link(row) if is_there else None,
        }
    )


def _link(row: ExportRow) -> str:
    return object_links.download_link(
        settings.load(ExportSettings).imports_bucket,
        data_exports.object_key(row.user_id, row.id),
        seconds=data_exports.LINK_SECONDS,
        file_name=f"my-data-{row.created_at:%Y-%m-%d}.zip",
    )
