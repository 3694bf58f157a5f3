"""Members of groups: they join and leave, are listed, get another role, and are removed."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.community.domain.group_roles import GroupRole
from functions.community.repository.group_members import GroupPerson, Place
from functions.community.routes.group_documents import group
from functions.community.routes.people_documents import person
from functions.community.schemas.group_members import Member, MemberList, RoleChange
from functions.community.schemas.groups import Group, JoinRequest
from functions.community.service import group_members
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    Reader,
    Transaction,
    no_content,
    respond_page,
    respond_unvalidated,
)
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups/{slug}", tags=["groups"])

_CLOSED: Final = {
    "description": "The group is closed (`group_closed`), or the caller has no username yet (`onboarding_required`)"
}
_KEPT_OUT: Final = {"description": "The caller is banned from the group (`banned_from_group`) or `suspended`"}
_NOT_READER: Final = {"description": "The group is for members (`members_only`), or the caller is `banned_from_group`"}
_NOT_STAFF: Final = {"description": "The caller may not decide about this person (`group_role_required`)"}
_LAST_OWNER: Final = {"description": "The group would have no owner (`last_owner`)"}


@router.put("/membership", response_model=Group, summary="Join a group", responses={403: _KEPT_OUT, 409: _CLOSED})
async def add_group_membership(
    request: Request, slug: Slug, caller: Caller, tx: Transaction, body: JoinRequest | None = None
) -> Response:
    """A public one at once, and any that the caller is invited to; the others by a request, which moderators of the
    group answer. `viewer.membership` says which it is.
    """
    card = group_members.join(tx, slug, message=body.message if body else "", user_id=caller.user_id)
    return respond_unvalidated(request, Group, group(card, caller.user_id))


@router.delete("/membership", status_code=204, summary="Leave a group", responses={409: _LAST_OWNER})
async def delete_group_membership(slug: Slug, caller: Caller, tx: Transaction) -> Response:
    """Also withdraws a request, and declines an invitation."""
    group_members.leave(tx, slug, user_id=caller.user_id)
    return no_content()


@router.put("/follow", status_code=204, summary="Follow a group", responses={403: _NOT_READER})
async def add_group_follow(slug: Slug, caller: Caller, tx: Transaction) -> Response:
    """Its posts are in the caller's feed, as they are for who joins it. For who may read the group."""
    group_members.follow(tx, slug, user_id=caller.user_id)
    return no_content()


@router.delete("/follow", status_code=204, summary="Follow a group no more")
async def delete_group_follow(slug: Slug, caller: Caller, tx: Transaction) -> Response:
    """A member stays one. Again, and for a group that is not there, changes nothing."""
    group_members.unfollow(tx, slug, user_id=caller.user_id)
    return no_content()


@router.get("/members", response_model=MemberList, summary="List a group's members", responses={403: _NOT_READER})
async def list_group_members(
    *,
    request: Request,
    slug: Slug,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    role: Annotated[Literal["owner", "moderator"] | None, Query(description="Only these")] = None,
) -> Response:
    """Who joined last comes first. Of groups that are not public, for members."""
    viewer = caller.user_id if caller else None
    query = f"members of {slug} for {viewer} {role}"
    after = paging.after(query)
    rows, last = group_members.newest(
        reader, slug, viewer=viewer, role=role, limit=paging.limit, after=Place(*after) if after else None
    )
    return respond_page(
        request,
        Member,
        [_member(row) for row in rows],
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


@router.put(
    "/members/{user_id}/role",
    status_code=204,
    summary="Give a member another role",
    responses={403: _NOT_STAFF, 409: _LAST_OWNER},
)
async def replace_group_role(slug: Slug, user_id: UUID, body: RoleChange, caller: Caller, tx: Transaction) -> Response:
    """By an owner; there can be several."""
    group_members.set_role(tx, slug, user_id, GroupRole(body.role), user_id=caller.user_id)
    return no_content()


@router.delete("/members/{user_id}", status_code=204, summary="Remove a member", responses={403: _NOT_STAFF})
async def delete_group_member(slug: Slug, user_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """By somebody of a higher role. A ban also keeps them from coming back."""
    group_members.remove(tx, slug, user_id, user_id=caller.user_id)
    return no_content()


def _member(row: GroupPerson) -> dict[str, object]:
    return {"person": person(row), "role": row.role, "joined_at": row.since}
