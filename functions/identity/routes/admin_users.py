"""Users, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.identity.repository.administration import ChangeRow, UserFilters
from functions.identity.schemas.users import AccountChange, AccountValueChange, AdminUser, UserChange, UserSummary
from functions.identity.service import administration
from functions.identity.service.administration import AccountUpdate, UserDetail
from shared.permissions import Permission, Role
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/users", tags=["users-admin"])

_CONFLICTS: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Another version (`version_conflict`), administrators' own account (`own_account`), one that"
        " is being erased or was (`account_leaving`), or a role for an unverified address (`user_not_verified`)"
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
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=100,
            description="The beginning of the address, of the name, or of a word of the name, whatever its case",
        ),
    ] = None,
    role: Annotated[Role | None, Query()] = None,
    active: Annotated[bool | None, Query(description="Whether they may sign in")] = None,
) -> Response:
    """All users, the newest first."""
    filters = UserFilters(
        email=email, words=(q or "").strip() or None, role=role.value if role else None, active=active
    )
    query = f"all users {filters}"
    rows, last = administration.page(reader, filters, after=paging.after(query), limit=paging.limit)
    return respond_page(
        request,
        UserSummary,
        list(rows),
        next_cursor=None if last is None else next_cursor(query, last),
        fields=fields,
    )


@router.get(
    "/{user_id}", response_model=AdminUser, summary="Show any user", dependencies=[requires(Permission.USERS_READ)]
)
async def get_user(request: Request, user_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One user, and what administrators changed, when and why."""
    return respond(request, _document(administration.detail(reader, user_id)), fields=fields)


@router.patch(
    "/{user_id}",
    response_model=AdminUser,
    summary="Change a user's roles, or let them in or not",
    dependencies=[requires(Permission.USERS_WRITE)],
    responses=_CONFLICTS,
)
async def update_user(request: Request, user_id: UUID, body: UserChange, caller: Caller, tx: Transaction) -> Response:
    """Changes what the body names, and records who did it and why. Other roles and deactivating end all sessions, and
    with them at once all rights of staff; what customers may do ends with their access token, in at most 15 minutes.
    Roles are for accounts whose address is verified, and the user is told of them by mail.
    """
    detail = administration.change(
        tx,
        user_id,
        AccountUpdate(roles=body.roles, is_active=body.is_active),
        actor_id=caller.user_id,
        version=body.version,
        reason=body.reason,
    )
    return respond(request, _document(detail))


def _document(detail: UserDetail) -> AdminUser:
    user = detail.user
    return AdminUser.model_validate(
        {**{name: getattr(user, name) for name in user.__slots__}, "changes": [_change(row) for row in detail.changes]}
    )


def _change(row: ChangeRow) -> AccountChange:
    changes = {name: AccountValueChange(before=before, after=after) for name, (before, after) in row.changes.items()}
    return AccountChange(actor_id=row.actor_id, changes=changes, reason=row.reason, created_at=row.created_at)
