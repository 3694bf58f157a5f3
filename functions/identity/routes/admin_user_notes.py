"""Notes about users, for administrators."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.schemas.user_notes import NewUserNote, UserNote
from functions.identity.service import user_notes
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, no_content, requires, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/users/{user_id}/notes", tags=["users-admin"])


@router.get(
    "",
    response_model=Page[UserNote],
    summary="List the notes about a user",
    dependencies=[requires(Permission.USERS_READ)],
)
async def list_user_notes(request: Request, user_id: UUID, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Newest first; none where there is no such user."""
    query = f"notes of user {user_id}"
    rows, last = user_notes.page(reader, user_id, before=id_before(paging, query), limit=paging.limit)
    items = [UserNote.model_validate(row).model_dump() for row in rows]
    return respond_page(request, UserNote, items, next_cursor=id_cursor(query, last), fields=fields)


@router.post(
    "",
    status_code=201,
    response_model=UserNote,
    summary="Write a note about a user",
    dependencies=[requires(Permission.USERS_WRITE)],
    responses={404: {"description": "There is no such user, or none any more"}},
)
async def write_user_note(
    user_id: UUID, body: NewUserNote, caller: Caller, tx: Transaction, idempotency: Idempotency
) -> Response:
    """For everybody who may see users."""
    stored = idempotency.run(
        tx, lambda: UserNote.model_validate(user_notes.write(tx, user_id, body.body, author_id=caller.user_id))
    )
    return stored.created(f"/api/v1/admin/users/{user_id}/notes")


@router.delete(
    "/{note_id}",
    status_code=204,
    summary="Delete a note about a user",
    dependencies=[requires(Permission.USERS_WRITE)],
    responses={404: {"description": "There is no such note"}},
)
async def delete_user_note(user_id: UUID, note_id: UUID, tx: Transaction) -> Response:
    """Whoever wrote it; the audit log keeps who deleted it."""
    user_notes.delete(tx, user_id, note_id)
    return no_content()
