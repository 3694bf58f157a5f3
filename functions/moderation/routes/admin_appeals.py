"""Moderators decide what people say to their actions."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.moderation.repository.appeals import AppealRow
from functions.moderation.routes.admin_actions import moderator
from functions.moderation.routes.appeals import appeal_document
from functions.moderation.schemas.appeals import AdminAppeal, AppealDecision, AppealStatus
from functions.moderation.service import appeals
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond_page, respond_unvalidated
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/appeals", tags=["moderation-admin"])

_reads = [requires(Permission.REPORTS_READ)]
_moderates = [requires(Permission.REPORTS_MODERATE)]


@router.get("", response_model=Page[AdminAppeal], summary="List appeals", dependencies=_reads)
async def list_admin_appeals(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[AppealStatus, Query()] = AppealStatus.OPEN,
) -> Response:
    """The oldest first."""
    query = f"all appeals {status}"
    rows, last = appeals.queue(reader, status.value, limit=paging.limit, after=id_before(paging, query))
    documents = [_appeal(row) for row in rows]
    return respond_page(request, AdminAppeal, documents, next_cursor=id_cursor(query, last), fields=fields)


@router.get("/{appeal_id}", response_model=AdminAppeal, summary="Read an appeal", dependencies=_reads)
async def get_admin_appeal(request: Request, appeal_id: UUID, reader: Reader, fields: Fields) -> Response:
    """With the action that it is about."""
    return respond_unvalidated(request, AdminAppeal, _appeal(appeals.show(reader, appeal_id)), fields=fields)


@router.post(
    "/{appeal_id}/decision",
    response_model=AdminAppeal,
    summary="Decide an appeal",
    dependencies=_moderates,
    responses={
        403: {"description": "The caller acted (`own_action`) or appealed (`own_case`), or it is staff's"},
        409: {"description": "It is decided (`appeal_decided`)"},
    },
)
async def decide_appeal(
    request: Request, appeal_id: UUID, body: AppealDecision, caller: Caller, tx: Transaction
) -> Response:
    """Accepting it undoes the action; what other actions do stays. Not by who acted, as long as there is another
    member of the staff.
    """
    row = appeals.decide(tx, appeal_id, moderator(caller), status=body.status.value, note=body.note)
    return respond_unvalidated(request, AdminAppeal, _appeal(row))


def _appeal(row: AppealRow) -> dict[str, Any]:
    return {
        **appeal_document(row),
        "user": {"id": row.user_id, "username": row.username},
        "action": row.action,
        "decided_by": row.decided_by,
    }
