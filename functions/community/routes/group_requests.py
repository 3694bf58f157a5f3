"""Requests to join a group, and invitations to it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.group_members import GroupPerson, Place
from functions.community.routes.people_documents import person
from functions.community.schemas.group_members import GroupRequest, GroupRequestList, RequestDecision
from functions.community.service import group_requests
from shared.web import Caller, Fields, PageRequest, Reader, Transaction, no_content, respond_page
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups/{slug}", tags=["groups"])

_NOT_STAFF: Final = {"description": "The caller does not moderate the group (`group_role_required`)"}


@router.get("/requests", response_model=GroupRequestList, summary="List requests to join", responses={403: _NOT_STAFF})
async def list_group_requests(
    *, request: Request, slug: Slug, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Those that wait for an answer, the last one first."""
    return _page(
        request=request, slug=slug, viewer=caller.user_id, reader=reader, paging=paging, fields=fields, invited=False
    )


@router.post(
    "/requests/{user_id}/decision", status_code=204, summary="Answer a request to join", responses={403: _NOT_STAFF}
)
async def decide_group_request(
    slug: Slug, user_id: UUID, body: RequestDecision, caller: Caller, tx: Transaction
) -> Response:
    """By moderators of the group. 404 where the person has not asked, or somebody has answered already."""
    group_requests.decide(tx, slug, user_id, accepted=body.decision == "accept", user_id=caller.user_id)
    return no_content()


@router.get("/invitations", response_model=GroupRequestList, summary="List invitations", responses={403: _NOT_STAFF})
async def list_group_invitations(
    *, request: Request, slug: Slug, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Those that wait for an answer, the last one first."""
    return _page(
        request=request, slug=slug, viewer=caller.user_id, reader=reader, paging=paging, fields=fields, invited=True
    )


@router.put(
    "/invitations/{user_id}",
    status_code=204,
    summary="Invite somebody",
    responses={403: _NOT_STAFF, 409: {"description": "`already_member`, `person_banned` or `group_closed`"}},
)
async def add_group_invitation(slug: Slug, user_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """By moderators of the group. Who has asked to join is a member by that; the others answer by
    `PUT` or `DELETE membership`.
    """
    group_requests.invite(tx, slug, user_id, user_id=caller.user_id)
    return no_content()


@router.delete("/invitations/{user_id}", status_code=204, summary="Withdraw an invitation", responses={403: _NOT_STAFF})
async def delete_group_invitation(slug: Slug, user_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """By moderators of the group."""
    group_requests.withdraw(tx, slug, user_id, user_id=caller.user_id)
    return no_content()


def _page(
    *,
    request: Request,
    slug: str,
    viewer: UUID,
    reader: Reader,
    paging: PageRequest,
    fields: frozenset[str] | None,
    invited: bool,
) -> Response:
    query = f"requests of {slug} for {viewer} {invited}"
    after = paging.after(query)
    rows, last = group_requests.newest(
        reader,
        slug,
        invited=invited,
        viewer=viewer,
        limit=paging.limit,
        after=Place(*after) if after else None,
    )
    return respond_page(
        request,
        GroupRequest,
        [_request(row) for row in rows],
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


def _request(row: GroupPerson) -> dict[str, object]:
    return {"person": person(row), "message": row.message, "created_at": row.since}
