"""Disputes and the evidence for banks, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.payments.routes.cursors import position_of
from functions.payments.schemas.disputes import Dispute, NewDisputeEvidence
from functions.payments.service import disputes
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, requires, respond, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/disputes", tags=["disputes"])

_NO_DISPUTE: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such dispute"}}


@router.get(
    "",
    response_model=Page[Dispute],
    summary="List disputes",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_disputes(
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    status: Annotated[
        str | None, Query(max_length=40, pattern="^[a-z_]+$", description="For example `needs_response`")
    ] = None,
) -> Response:
    """What cardholders' banks ask back, the latest first."""
    query = f"disputes {status}"
    rows, more = disputes.page(reader, status=status, after=position_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [rows[-1].opened_at.isoformat(), str(rows[-1].id)]) if more else None
    items = [{name: getattr(row, name) for name in Dispute.model_fields} for row in rows]
    return respond_page(request, Dispute, items, next_cursor=cursor, fields=fields)


@router.get(
    "/{dispute_id}",
    response_model=Dispute,
    summary="Show a dispute",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses=_NO_DISPUTE,
)
async def get_dispute(request: Request, dispute_id: UUID, fields: Fields, reader: Reader) -> Response:
    """A dispute, its deadline, and the evidence that was given."""
    return respond(request, Dispute.model_validate(disputes.dispute(reader, dispute_id)), fields=fields)


@router.post(
    "/{dispute_id}/evidence",
    response_model=Dispute,
    summary="Give evidence in a dispute",
    dependencies=[requires(Permission.PAYMENTS_WRITE)],
    responses={
        **_NO_DISPUTE,
        409: {"description": "The evidence was submitted, the deadline is over, or the bank has decided"},
        503: {"description": "The payment provider does not answer; repeat the request"},
    },
)
async def submit_dispute_evidence(
    request: Request, dispute_id: UUID, body: NewDisputeEvidence, caller: Caller
) -> Response:
    """Keeps the texts with the dispute, beside those given before; null takes one back. With `submit` all of them go to
    the bank.
    """
    changed = disputes.submit_evidence(dispute_id, body.evidence.texts(), submit=body.submit, admin_id=caller.user_id)
    return respond(request, Dispute.model_validate(changed))
