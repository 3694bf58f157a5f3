"""Bans from a group."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.group_members import GroupPerson, Place
from functions.community.routes.people_documents import person
from functions.community.schemas.group_members import Ban, BanList, NewBan
from functions.community.service import group_bans
from shared.web import Caller, Fields, Reader, Transaction, no_content, respond_page
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups/{slug}/bans", tags=["groups"])

_NOT_STAFF: Final = {"description": "The caller may not decide about this person (`group_role_required`)"}


@router.get("", response_model=BanList, summary="List bans from a group", responses={403: _NOT_STAFF})
async def list_group_bans(
    *, request: Request, slug: Slug, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Those in force, the last one first, for moderators of the group."""
    query = f"bans of {slug} for {caller.user_id}"
    after = paging.after(query)
    rows, last = group_bans.newest(
        reader, slug, viewer=caller.user_id, limit=paging.limit, after=Place(*after) if after else None
    )
    return respond_page(
        request,
        Ban,
        [_ban(row) for row in rows],
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


@router.put("/{user_id}", status_code=204, summary="Ban somebody from a group", responses={403: _NOT_STAFF})
async def add_group_ban(
    slug: Slug, user_id: UUID, caller: Caller, tx: Transaction, body: NewBan | None = None
) -> Response:
    """By somebody of a higher role. The person is removed, cannot come back, and reads the reason."""
    ban = body or NewBan()
    group_bans.ban(tx, slug, user_id, reason=ban.reason, until=ban.until, user_id=caller.user_id)
    return no_content()


@router.delete("/{user_id}", status_code=204, summary="End a ban from a group", responses={403: _NOT_STAFF})
async def delete_group_ban(slug: Slug, user_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """The person may come back, as everybody may."""
    group_bans.unban(tx, slug, user_id, user_id=caller.user_id)
    return no_content()


def _ban(row: GroupPerson) -> dict[str, object]:
    return {"person": person(row), "reason": row.reason, "until": row.until, "created_at": row.since}
