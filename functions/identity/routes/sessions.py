"""Login sessions of the caller."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.schemas.sessions import Session
from functions.identity.service import sessions
from shared.web import Caller, Fields, Page, Reader, Transaction, no_content, respond_page
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/auth/sessions", tags=["auth"])


@router.get("", response_model=Page[Session], summary="List my sessions")
async def list_sessions(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Every sign-in that can still get tokens, the newest first."""
    query = f"sessions of {caller.user_id}"
    rows, last = sessions.page(reader, caller.user_id, after=id_before(paging, query), limit=paging.limit)
    return respond_page(
        request,
        Session,
        [
            {
                "id": row.id,
                "user_agent": row.user_agent,
                "created_at": row.created_at,
                "last_used_at": row.last_used_at,
                "current": row.id == caller.session_id,
            }
            for row in rows
        ],
        next_cursor=id_cursor(query, last),
        fields=fields,
    )


@router.delete("", status_code=204, summary="Sign out everywhere else")
async def delete_other_sessions(caller: Caller, tx: Transaction) -> Response:
    """Ends all sessions but the current one. Access tokens already issued stay valid until they expire, at most
    15 minutes; no others are issued.
    """
    sessions.end_others(tx, caller.user_id, but=caller.session_id)
    return no_content()


@router.delete("/{session_id}", status_code=204, summary="Sign out of one session")
async def delete_session(session_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Ends one of the caller's sessions. Access tokens already issued stay valid until they expire, at most 15
    minutes; no others are issued.
    """
    sessions.end_own(tx, session_id, caller.user_id)
    return no_content()
