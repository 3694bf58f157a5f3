"""People read what moderators did that concerns them, and appeal."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.moderation.repository.appeals import AppealRow, ConcernedRow
from functions.moderation.schemas.appeals import Appeal, ConcernedAction, NewAppeal
from functions.moderation.service import appeals
from shared.web import Caller, Fields, Page, Reader, Transaction, respond, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1", tags=["moderation"])


@router.get("/moderation/actions", response_model=Page[ConcernedAction], summary="List actions that concern one")
async def list_concerning_actions(
    request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """With the text and the reason, and until when one can appeal; never by whom. The newest first."""
    query = f"actions that concern {caller.user_id}"
    rows, last = appeals.concerning(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    documents = [_concerned(row) for row in rows]
    return respond_page(request, ConcernedAction, documents, next_cursor=id_cursor(query, last), fields=fields)


@router.post(
    "/appeals",
    status_code=201,
    response_model=Appeal,
    summary="Appeal against an action",
    responses={
        404: {"description": "No action that concerns the caller (`action_not_found`)"},
        409: {"description": "`already_appealed`, `appeal_too_late` (after 30 days), or `appeal_not_possible`"},
    },
)
async def create_appeal(request: Request, body: NewAppeal, caller: Caller, tx: Transaction) -> Response:
    """Once for each action, within 30 days; suspended and banned people, too."""
    row = appeals.make(tx, body.action_id, body.text, user_id=caller.user_id)
    return respond(request, Appeal(**appeal_document(row)), status=201)


@router.get("/appeals", response_model=Page[Appeal], summary="List one's appeals")
async def list_appeals(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """The newest first."""
    query = f"appeals of {caller.user_id}"
    rows, last = appeals.own(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    documents = [appeal_document(row) for row in rows]
    return respond_page(request, Appeal, documents, next_cursor=id_cursor(query, last), fields=fields)


def appeal_document(row: AppealRow) -> dict[str, Any]:
    """`Appeal` as JSON has it."""
    return {
        "id": row.id,
        "action_id": row.action_id,
        "text": row.body,
        "status": row.status,
        "note": row.decision_note,
        "created_at": row.created_at,
        "decided_at": row.decided_at,
    }


def _concerned(row: ConcernedRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "target": {"kind": row.target_kind, "id": row.target_id},
        "content": row.content,
        "reason": row.reason,
        "ends_at": row.ends_at,
        "undone_at": row.undone_at,
        "created_at": row.created_at,
        "appeal": row.appeal,
        "appeal_until": row.appeal_until,
    }
