"""Moderators look through cases, claim them, act on them, and decide them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.moderation.domain.reasons import CaseStatus, ReportReason
from functions.moderation.repository.case_lists import CaseCard, CaseFilters, CaseOrder, Claims
from functions.moderation.routes.admin_actions import action_document, moderator
from functions.moderation.schemas.actions import ListedAction, NewModerationAction
from functions.moderation.schemas.cases import CaseChange, ReportCase, ReportCaseDetail, ReportCaseList
from functions.moderation.schemas.reports import TargetKind
from functions.moderation.service import actions, cases
from functions.moderation.service.actions import NewAction
from functions.moderation.service.cases import OpenedCase
from shared.permissions import Permission
from shared.web import (
    Caller,
    Fields,
    Reader,
    Transaction,
    no_content,
    requires,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/reports", tags=["moderation-admin"])

_reads = [requires(Permission.REPORTS_READ)]
_moderates = [requires(Permission.REPORTS_MODERATE)]
_CONFLICTS: dict[int | str, dict[str, Any]] = {
    403: {"description": "The case is about the caller (`own_case`), or about staff (`staff_target`)"},
    409: {"description": "Another moderator has it (`case_claimed`, with who and until when), or it is decided"},
}


@router.get("", response_model=ReportCaseList, summary="List cases", dependencies=_reads)
async def list_report_cases(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[CaseStatus, Query()] = CaseStatus.OPEN,
    target_kind: TargetKind | None = None,
    reason: Annotated[ReportReason | None, Query(description="Some report has it")] = None,
    user_id: Annotated[UUID | None, Query(description="Whose the targets are")] = None,
    claimed: Annotated[Claims | None, Query(description="The caller's, or nobody's")] = None,
    screened: Annotated[bool | None, Query(description="A keyword rule matched, or none")] = None,
    sort: CaseOrder = CaseOrder.OLDEST,
) -> Response:
    """Reports grouped by what they are about; and what is open altogether, by kind of target."""
    filters = CaseFilters(
        status=status.value,
        target_kind=target_kind,
        reason=reason and reason.value,
        owner_id=user_id,
        claims=claimed,
        screened=screened,
    )
    query = f"cases {filters} {sort}" + (f" of {caller.user_id}" if claimed is Claims.MINE else "")
    cards, last, counts = cases.queue(
        reader, filters, sort, moderator=caller.user_id, limit=paging.limit, after=paging.after(query)
    )
    return respond_page(
        request,
        ReportCase,
        [_card(card) for card in cards],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
        beside={"open": [asdict(one) for one in counts]},
    )


@router.get("/{case_id}", response_model=ReportCaseDetail, summary="Read a case", dependencies=_reads)
async def get_report_case(request: Request, case_id: UUID, reader: Reader, fields: Fields) -> Response:
    """With its reports, evidence, matched rules, what was done, and the history of whose it is about."""
    return respond_unvalidated(request, ReportCaseDetail, _detail(cases.show(reader, case_id)), fields=fields)


@router.patch(
    "/{case_id}",
    response_model=ReportCaseDetail,
    summary="Decide a case",
    dependencies=_moderates,
    responses=_CONFLICTS,
)
async def update_report_case(
    request: Request, case_id: UUID, body: CaseChange, caller: Caller, tx: Transaction
) -> Response:
    """Resolve or dismiss it, with all of its reports. What a keyword rule has hidden is shown again, unless a moderator
    hid or removed it.
    """
    case = cases.decide(tx, case_id, caller.user_id, status=body.status, note=body.note, version=body.version)
    return respond_unvalidated(request, ReportCaseDetail, _detail(case))


@router.post(
    "/{case_id}/claim",
    response_model=ReportCaseDetail,
    summary="Claim a case",
    dependencies=_moderates,
    responses=_CONFLICTS,
)
async def claim_report_case(request: Request, case_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Nobody else acts on it or decides it for 15 minutes; again to go on."""
    return respond_unvalidated(request, ReportCaseDetail, _detail(cases.claim(tx, case_id, caller.user_id)))


@router.delete("/{case_id}/claim", status_code=204, summary="Release a case", dependencies=_moderates)
async def delete_report_case_claim(case_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """The caller's claim ends, where there is one."""
    cases.release(tx, case_id, caller.user_id)
    return no_content()


@router.post(
    "/{case_id}/actions",
    status_code=201,
    response_model=ListedAction,
    summary="Act on a case",
    dependencies=_moderates,
    responses=_CONFLICTS,
)
async def create_moderation_action(
    request: Request, case_id: UUID, body: NewModerationAction, caller: Caller, tx: Transaction
) -> Response:
    """`hide`, `unhide` and `remove` are about the target; `warn`, `suspend`, `ban` and `lift` about whose it is, who
    reads the reason and may appeal. 409 `action_not_possible` where the target is none for it.
    """
    wanted = NewAction(body.kind, body.reason, body.ends_at)
    row = actions.act(tx, case_id, wanted, moderator(caller), closes=body.closes_case)
    return respond(request, ListedAction(**action_document(row)), status=201)


def _card(card: CaseCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "target": {"kind": card.target_kind, "id": card.target_id},
        "owner": card.owner,
        "status": card.status,
        "report_count": card.report_count,
        "reasons": card.reasons,
        "is_screened": card.is_screened,
        "is_held": card.is_held,
        "snapshot": card.snapshot,
        "claim": card.claim,
        "decision": card.decision,
        "version": card.version,
        "created_at": card.created_at,
        "updated_at": card.updated_at,
    }


def _detail(case: OpenedCase) -> dict[str, Any]:
    target = case.target
    return {
        **_card(case.card),
        "snapshots": case.file.snapshots,
        "reports": case.file.reports,
        "screenings": case.file.screenings,
        "actions": case.file.actions,
        "history": case.file.history,
        "present": target and {"is_shown": target.is_shown, "version": target.version, "content": target.snapshot},
    }
