"""Login sessions of users, for administrators."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.schemas.sessions import UserSession
from functions.identity.service import sessions
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, Transaction, no_content, requires, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/users/{user_id}/sessions", tags=["users-admin"])


@router.get(
    "",
    response_model=Page[UserSession],
    summary="List a user's sessions",
    dependencies=[requires(Permission.USERS_READ)],
)
async def list_user_sessions(
    request: Request, user_id: UUID, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Every sign-in that can still get tokens, the newest first; none where there is no such user."""
    query = f"sessions of user {user_id}"
    rows, last = sessions.page(reader, user_id, after=id_before(paging, query), limit=paging.limit)
    items = [UserSession.model_validate(row).model_dump() for row in rows]
    return respond_page(request, UserSession, items, next_cursor=id_cursor(query, last), fields=fields)


@router.delete(
    "",
    status_code=204,
    summary="Sign a user out everywhere",
    dependencies=[requires(Permission.USERS_WRITE)],
    responses={404: {"description": "There is no such user"}},
)
async def delete_user_sessions(user_id: UUID, tx: Transaction) -> Response:
    """Ends all of the user's sessions; rights of staff end with them at once. What customers may do ends with their
    access token, in at most 15 minutes. They can sign in again.
    """
    sessions.end_all(tx, user_id)
    return no_content()
