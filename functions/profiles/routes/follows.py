"""Following, followers, and requests to follow."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.profiles.repository.follows import ListedPerson as ListedRow
from functions.profiles.routes.people import IdOrUsername, person, relation
from functions.profiles.schemas.people import ListedPerson, Person
from functions.profiles.service import follows
from shared.contexts.profiles.people import summary
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    Page,
    Reader,
    Transaction,
    no_content,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1", tags=["follows"])

_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    403: {"description": "The caller is suspended (`suspended`)"},
    409: {
        "description": "No username chosen yet (`onboarding_required`), too many follows (`follow_limit`), the caller"
        " blocks the person (`blocking`) or is the person (`oneself`)"
    },
}


@router.put("/users/{user}/follow", response_model=Person, summary="Follow somebody", responses=_REFUSED)
async def add_follow(request: Request, user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """Or ask to, where the account is private: `relation` says which. Can be repeated."""
    row = follows.follow(tx, user, viewer=caller.user_id)
    return respond_unvalidated(request, Person, person(row, caller.user_id))


@router.post("/users/{user}/follow", response_model=Person, summary="Follow somebody (as PUT)", responses=_REFUSED)
async def create_follow(request: Request, user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """What PUT does; can be repeated, too."""
    return await add_follow(request, user, caller, tx)


@router.delete("/users/{user}/follow", status_code=204, summary="Follow somebody no longer")
async def delete_follow(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """Or withdraw the request. Can be repeated, and is possible whoever blocks whom."""
    follows.unfollow(tx, user, viewer=caller.user_id)
    return no_content()


@router.get("/users/{user}/followers", response_model=Page[ListedPerson], summary="List a person's followers")
async def list_followers(
    *, request: Request, user: IdOrUsername, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Newest first. Those of a private account are for its followers."""
    viewer = caller.user_id if caller else None
    query = f"followers of {user} for {viewer}"
    rows, last = follows.listed(reader, "followers", user, viewer=viewer, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        ListedPerson,
        [listed(row, viewer) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.get("/users/{user}/following", response_model=Page[ListedPerson], summary="List whom a person follows")
async def list_following(
    *, request: Request, user: IdOrUsername, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Newest first. Of a private account it is for its followers."""
    viewer = caller.user_id if caller else None
    query = f"following of {user} for {viewer}"
    rows, last = follows.listed(reader, "following", user, viewer=viewer, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        ListedPerson,
        [listed(row, viewer) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.delete("/users/me/followers/{user}", status_code=204, summary="Remove a follower")
async def delete_follower(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """They are not told. Can be repeated."""
    follows.remove_follower(tx, user, viewer=caller.user_id)
    return no_content()


@router.get("/follow-requests", response_model=Page[ListedPerson], summary="List requests to follow")
async def list_follow_requests(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    direction: Annotated[
        Literal["received", "sent"], Query(description="To the caller, or by the caller")
    ] = "received",
) -> Response:
    """Those that wait for an answer, newest first. A sent one is withdrawn by `DELETE /users/{user}/follow`."""
    query = f"follow requests {direction} {caller.user_id}"
    rows, last = follows.requests(reader, direction, caller.user_id, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        ListedPerson,
        [listed(row, caller.user_id) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.post("/follow-requests/{user}/accept", status_code=204, summary="Accept a request to follow")
async def accept_follow_request(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """The person follows the caller from now on."""
    follows.accept(tx, user, viewer=caller.user_id)
    return no_content()


@router.delete("/follow-requests/{user}", status_code=204, summary="Decline a request to follow")
async def delete_follow_request(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """The person is not told. Can be repeated."""
    follows.decline(tx, user, viewer=caller.user_id)
    return no_content()


def listed(row: ListedRow, viewer: UUID | None) -> dict[str, Any]:
    """`ListedPerson` as JSON has it."""
    return {**summary(row), "since": row.since, "relation": relation(row, viewer)}
