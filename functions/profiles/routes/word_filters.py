"""Words that the caller does not want to read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.profiles.schemas.content_filters import NewWordFilter, WordFilter, WordFilterChange
from functions.profiles.service import word_filters
from shared.web import Caller, Fields, Page, Reader, Transaction, no_content, respond, respond_page, respond_unvalidated
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/word-filters", tags=["content-filters"])

_EXISTS: dict[int | str, dict[str, Any]] = {
    409: {"description": "There is one for these words (`word_filter_exists`), or there are too many (`filter_limit`)"}
}


@router.get("", response_model=Page[WordFilter], summary="List my word filters")
async def list_word_filters(
    request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Newest first, those that have ended too."""
    query = f"word filters {caller.user_id}"
    rows, last = word_filters.listed(reader, caller.user_id, limit=paging.limit, before=id_before(paging, query))
    return respond_page(
        request, WordFilter, [row._asdict() for row in rows], next_cursor=id_cursor(query, last), fields=fields
    )


@router.post("", status_code=201, response_model=WordFilter, summary="Filter words", responses=_EXISTS)
async def create_word_filter(request: Request, body: NewWordFilter, caller: Caller, tx: Transaction) -> Response:
    """Hides or folds what has them, until a date or for ever. What the caller writes is never filtered."""
    row = word_filters.create(tx, caller.user_id, body.model_dump())
    location = f"{router.prefix}/{row.id}"
    return respond(request, WordFilter.model_validate(row._asdict()), status=201, headers={"Location": location})


@router.patch("/{filter_id}", response_model=WordFilter, summary="Change a word filter", responses=_EXISTS)
async def update_word_filter(
    request: Request, filter_id: UUID, body: WordFilterChange, caller: Caller, tx: Transaction
) -> Response:
    """Only what is named changes."""
    row = word_filters.change(tx, caller.user_id, filter_id, body.model_dump(include=body.model_fields_set))
    return respond_unvalidated(request, WordFilter, row._asdict())


@router.delete("/{filter_id}", status_code=204, summary="Remove a word filter")
async def delete_word_filter(filter_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Can be repeated."""
    word_filters.delete(tx, caller.user_id, filter_id)
    return no_content()
