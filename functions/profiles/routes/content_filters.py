"""Muting and blocking."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.profiles.repository.content_filters import FilterRow
from functions.profiles.routes.people import IdOrUsername, person
from functions.profiles.schemas.content_filters import ContentFilter, FilterKind, Mute
from functions.profiles.schemas.people import Person
from functions.profiles.service import content_filters
from functions.profiles.service.content_filters import BLOCK, MUTE
from shared.contexts.profiles.people import summary
from shared.web import Caller, Fields, Page, Reader, Transaction, no_content, respond_page, respond_unvalidated
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1", tags=["content-filters"])

_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "Too many (`filter_limit`), or the caller is the person (`oneself`)"}
}


@router.put("/users/{user}/mute", response_model=Person, summary="Mute somebody", responses=_REFUSED)
async def add_mute(
    request: Request, user: IdOrUsername, caller: Caller, tx: Transaction, body: Mute | None = None
) -> Response:
    """Hides them in lists, notifications and search; their own page still shows. Can be repeated, which replaces when
    it ends. They are not told.
    """
    until = body.until if body else None
    row = content_filters.mute(tx, user, until=until, viewer=caller.user_id)
    return respond_unvalidated(request, Person, person(row, caller.user_id))


@router.post("/users/{user}/mute", response_model=Person, summary="Mute somebody (as PUT)", responses=_REFUSED)
async def create_mute(
    request: Request, user: IdOrUsername, caller: Caller, tx: Transaction, body: Mute | None = None
) -> Response:
    """What PUT does; can be repeated, too."""
    return await add_mute(request, user, caller, tx, body)


@router.delete("/users/{user}/mute", status_code=204, summary="Mute somebody no longer")
async def delete_mute(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """Can be repeated."""
    content_filters.remove(tx, user, MUTE, viewer=caller.user_id)
    return no_content()


@router.put("/users/{user}/block", response_model=Person, summary="Block somebody", responses=_REFUSED)
async def add_block(request: Request, user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """Neither sees the other, follows the other, or reaches the other any more. Can be repeated. They are not told."""
    row = content_filters.block(tx, user, viewer=caller.user_id)
    return respond_unvalidated(request, Person, person(row, caller.user_id))


@router.post("/users/{user}/block", response_model=Person, summary="Block somebody (as PUT)", responses=_REFUSED)
async def create_block(request: Request, user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """What PUT does; can be repeated, too."""
    return await add_block(request, user, caller, tx)


@router.delete("/users/{user}/block", status_code=204, summary="Block somebody no longer")
async def delete_block(user: IdOrUsername, caller: Caller, tx: Transaction) -> Response:
    """Follows that the block ended do not come back. Can be repeated."""
    content_filters.remove(tx, user, BLOCK, viewer=caller.user_id)
    return no_content()


@router.get("/content-filters", response_model=Page[ContentFilter], summary="List whom I mute and block")
async def list_content_filters(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    kind: Annotated[FilterKind | None, Query(description="Only these")] = None,
) -> Response:
    """Newest first, without mutes that have ended."""
    query = f"content filters {kind} {caller.user_id}"
    rows, last = content_filters.listed(
        reader, caller.user_id, kind=kind, limit=paging.limit, after=paging.after(query)
    )
    return respond_page(
        request,
        ContentFilter,
        [_filter(row) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


def _filter(row: FilterRow) -> dict[str, Any]:
    return {"kind": row.kind, "person": summary(row), "until": row.until, "created_at": row.created_at}
