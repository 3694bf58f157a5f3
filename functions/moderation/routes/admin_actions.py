"""What moderators did."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.moderation.domain.action_kinds import ActionKind
from functions.moderation.repository.actions import ActionRow
from functions.moderation.schemas.actions import ListedAction
from functions.moderation.service import actions
from functions.moderation.service.actions import Moderator
from shared.permissions import Permission, Role
from shared.tokens import Principal
from shared.web import Fields, Page, Reader, requires, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/moderation", tags=["moderation-admin"])


@router.get(
    "/actions",
    response_model=Page[ListedAction],
    summary="List actions",
    dependencies=[requires(Permission.REPORTS_READ)],
)
async def list_moderation_actions(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    user_id: Annotated[UUID | None, Query(description="Whom they concern")] = None,
    moderator_id: Annotated[UUID | None, Query(description="Who did them")] = None,
    kind: ActionKind | None = None,
) -> Response:
    """The newest first."""
    query = f"actions {user_id} {moderator_id} {kind}"
    rows, last = actions.listed(
        reader,
        subject_id=user_id,
        moderator_id=moderator_id,
        kind=kind,
        limit=paging.limit,
        before=id_before(paging, query),
    )
    documents = [action_document(row) for row in rows]
    return respond_page(request, ListedAction, documents, next_cursor=id_cursor(query, last), fields=fields)


def action_document(row: ActionRow) -> dict[str, Any]:
    """`ListedAction` as JSON has it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "target": {"kind": row.target_kind, "id": row.target_id},
        "case_id": row.case_id,
        "user_id": row.subject_id,
        "moderator_id": row.moderator_id,
        "reason": row.reason,
        "ends_at": row.ends_at,
        "undone_at": row.undone_at,
        "undoes_id": row.undoes_id,
        "created_at": row.created_at,
    }


def moderator(caller: Principal) -> Moderator:
    """Who acts."""
    return Moderator(caller.user_id, is_admin=Role.ADMIN in caller.roles)
