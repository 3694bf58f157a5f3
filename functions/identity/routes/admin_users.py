"""Users, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.identity.admin_schemas import AccountChange, AdminUser, UserChange, UserSummary, ValueChange
from functions.identity.repository.administration import ChangeRow, UserFilters
from functions.identity.service import administration
from functions.identity.service.administration import UserDetail, Wanted
from shared.permissions import Permission, Role
from shared.web import Caller, Fields, Page, Reader, Transaction, answer, answer_page, requires
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/users", tags=["users-admin"])

_CONFLICTS: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Another version (`version_conflict`), administrators' own account (`own_account`), or one that"
        " is being erased or was (`account_leaving`)"
    }
}


@router.get(
    "",
    response_model=Page[UserSummary],
    summary="List all users",
    dependencies=[requires(Permission.USERS_READ)],
)
async def list_users(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    email: Annotated[str | None, Query(max_length=254, description="Whole address, whatever its case")] = None,
    role: Annotated[Role | None, Query()] = None,
    active: Annotated[bool | None, Query(description="Whether they may sign in")] = None,
) -> Response:
    """Everybody who ever registered, the newest first."""
    filters = UserFilters(email=email, role=role.value if role else None, active=active)
    query = f"all users {filters}"
    rows, last = administration.page(reader, filters, after=paging.after(query), limit=paging.limit)
    return answer_page(
        request,
        UserSummary,
        rows,
        next_cursor=None if last is None else next_cursor(query, last),
        fields=fields,
    )


@router.get(
    "/{user_id}", response_model=AdminUser, summary="Show any user", dependencies=[requires(Permission.USERS_READ)]
)
async def show_user(request: Request, user_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One user, and what administrators changed, when and why."""
    return answer(request, _document(administration.detail(reader, user_id)), fields=fields)


@router.patch(
    "/{user_id}",
    response_model=AdminUser,
    summary="Change a user's roles, or let them in or not",
    dependencies=[requires(Permission.USERS_WRITE)],
    responses=_CONFLICTS,
)
async def change_user(request: Request, user_id: UUID, body: UserChange, caller: Caller, tx: Transaction) -> Response:
    """Changes what the body names, and keeps who did it and why. New roles count from the user's next access token on,
    in at most 15 minutes. Deactivating ends all sessions at once; access tokens already given out run out within 15
    minutes.
    """
    changed = administration.change(
        tx,
        user_id,
        Wanted(roles=body.roles, is_active=body.is_active),
        actor_id=caller.user_id,
        version=body.version,
        reason=body.reason,
    )
    return answer(request, _document(changed))


def _document(found: UserDetail) -> AdminUser:
    user = found.user
    return AdminUser.model_validate(
        {**{name: getattr(user, name) for name in user.__slots__}, "changes": [_change(row) for row in found.changes]}
    )


def _change(row: ChangeRow) -> AccountChange:
    changes = {name: ValueChange(before=before, after=after) for name, (before, after) in row.changes.items()}
    return AccountChange(actor_id=row.actor_id, changes=changes, reason=row.reason, created_at=row.created_at)
