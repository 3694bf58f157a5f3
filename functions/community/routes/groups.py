"""Groups: founded, listed, read, changed, closed."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from orjson import loads
from starlette.responses import Response

from functions.community.repository.groups import Place
from functions.community.routes.group_documents import group
from functions.community.schemas.groups import Group, GroupChange, GroupList, Membership, NewGroup
from functions.community.service import groups
from shared.errors import NotAuthenticatedError
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    MaybeIdempotency,
    Reader,
    Transaction,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.fields import Slug
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/groups", tags=["groups"])

_NOT_OWNER: Final = {"description": "The caller does not own the group (`group_role_required`)"}


@router.post(
    "",
    status_code=201,
    response_model=Group,
    summary="Found a group",
    responses={
        403: {"description": "The caller may not write at the moment (`suspended`)"},
        409: {
            "description": "The slug is taken (`slug_taken`), the caller owns too many groups (`too_many_groups`), or"
            " has no username yet (`onboarding_required`)"
        },
    },
)
async def create_group(
    request: Request, body: NewGroup, caller: Caller, idempotency: MaybeIdempotency, tx: Transaction
) -> Response:
    """The caller is its owner and first member. Sent again with its Idempotency-Key, it is the same group."""

    def create() -> Group:
        return Group(**group(groups.create(tx, body.model_dump(), owner_id=caller.user_id), caller.user_id))

    if idempotency is not None:
        stored = idempotency.run(tx, create)
        return stored.response(headers={"Location": f"{router.prefix}/{quote(loads(stored.body)['slug'])}"})
    made = create()
    return respond(request, made, status=201, headers={"Location": f"{router.prefix}/{quote(made.slug)}"})


@router.get("", response_model=GroupList, summary="List groups")
async def list_groups(
    *,
    request: Request,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    q: Annotated[str | None, Query(min_length=1, max_length=80, description="A part of the name, or a slug")] = None,
    membership: Annotated[
        Membership | None, Query(description="Only the caller's own: `staff` are those they moderate or own")
    ] = None,
) -> Response:
    """Open ones, the newest first. A group by invitation is listed to its members and to whom it invites. With
    `membership` closed ones are listed, too.
    """
    viewer = caller.user_id if caller else None
    if membership is not None and viewer is None:
        raise NotAuthenticatedError
    query = f"groups for {viewer} {membership} {q}"
    after = paging.after(query)
    cards, last = groups.newest(
        reader,
        viewer=viewer,
        membership=membership,
        name=q,
        limit=paging.limit,
        after=Place(*after) if after else None,
    )
    return respond_page(
        request,
        Group,
        [group(card, viewer) for card in cards],
        next_cursor=next_cursor(query, list(last)) if last is not None else None,
        fields=fields,
    )


@router.get("/{slug}", response_model=Group, summary="Read about a group")
async def get_group(request: Request, slug: Slug, caller: MaybeCaller, reader: Reader, fields: Fields) -> Response:
    """404 for what does not exist, and for a group by invitation where the caller has none."""
    viewer = caller.user_id if caller else None
    card = groups.show(reader, slug, viewer=viewer)
    return respond_unvalidated(request, Group, group(card, viewer), fields=fields)


@router.patch(
    "/{slug}",
    response_model=Group,
    summary="Change a group",
    responses={403: _NOT_OWNER, 409: {"description": "Changed in the meantime, or `group_stays_private`"}},
)
async def update_group(request: Request, slug: Slug, body: GroupChange, caller: Caller, tx: Transaction) -> Response:
    """By an owner. A group that is not public cannot become public: what is written there is for members."""
    changes = body.model_dump(include=body.model_fields_set - {"version"})
    card = groups.change(tx, slug, changes, version=body.version, user_id=caller.user_id)
    return respond_unvalidated(request, Group, group(card, caller.user_id))


@router.put("/{slug}/closure", response_model=Group, summary="Close a group", responses={403: _NOT_OWNER})
async def add_group_closure(request: Request, slug: Slug, caller: Caller, tx: Transaction) -> Response:
    """By an owner. Nobody joins it or writes there any more; what was written stays."""
    card = groups.close(tx, slug, closed=True, user_id=caller.user_id)
    return respond_unvalidated(request, Group, group(card, caller.user_id))


@router.delete("/{slug}/closure", response_model=Group, summary="Open a group again", responses={403: _NOT_OWNER})
async def delete_group_closure(request: Request, slug: Slug, caller: Caller, tx: Transaction) -> Response:
    """By an owner."""
    card = groups.close(tx, slug, closed=False, user_id=caller.user_id)
    return respond_unvalidated(request, Group, group(card, caller.user_id))
