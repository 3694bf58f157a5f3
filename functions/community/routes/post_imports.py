"""Posts brought from elsewhere."""

from __future__ import annotations

import dataclasses
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.community.repository.post_imports import ImportRow
from functions.community.schemas.post_imports import (
    ImportOutcome,
    NewPostImport,
    PostImport,
    PostImportItem,
    PostImportItemList,
    PostImportUpload,
)
from functions.community.service import post_imports
from shared.web import Caller, Fields, Reader, Transaction, respond, respond_page
from shared.web.pages import Paging, next_cursor
from shared.web.upload_forms import UploadForm

router = APIRouter(prefix="/api/v1/posts/imports", tags=["posts"])


@router.post(
    "",
    status_code=201,
    response_model=PostImportUpload,
    summary="Bring posts from elsewhere",
    responses={
        403: {"description": "The caller is suspended (`suspended`), or has not verified their address"},
        409: {"description": "`onboarding_required`, or an import is running (`import_running`)"},
        429: {"description": "Five a day (`too_many_imports`)"},
    },
)
async def create_post_import(request: Request, body: NewPostImport, caller: Caller, tx: Transaction) -> Response:
    """Answers a form, good for 15 minutes, by which a file of just this size goes to storage: the archive that Mastodon
    makes (ZIP or TAR), or an `outbox.json` alone. What it addresses to everybody becomes posts of the caller's, with
    their own times and pictures; nobody is told. `Location` says what became of each item. The same file again changes
    nothing.
    """
    row, form, expires_at = post_imports.request(tx, caller.user_id, size=body.size)
    upload = PostImportUpload(
        post_import=PostImport.model_validate(_document(row)),
        upload=UploadForm(url=form.url, fields=form.fields, expires_at=expires_at),
    )
    return respond(request, upload, status=201, headers={"Location": f"{router.prefix}/{row.id}"})


@router.get("/{import_id}", response_model=PostImport, summary="Read an import of posts")
async def get_post_import(
    request: Request, import_id: UUID, caller: Caller, reader: Reader, fields: Fields
) -> Response:
    """How far it is, and how many of its items had which end."""
    row = post_imports.read(reader, import_id, caller.user_id)
    return respond(request, PostImport.model_validate(_document(row)), fields=fields)


@router.get("/{import_id}/items", response_model=PostImportItemList, summary="List the items of an import of posts")
async def list_post_import_items(
    *,
    request: Request,
    import_id: UUID,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    outcome: Annotated[ImportOutcome | None, Query(description="Only items with this end")] = None,
) -> Response:
    """In the order of the file, with the reasons of those that are no posts."""
    query = f"items {outcome} of import {import_id} of {caller.user_id}"
    after = paging.after(query)
    rows, last = post_imports.items(
        reader,
        import_id,
        caller.user_id,
        outcome=outcome,
        limit=paging.limit,
        after=after[0] if after else None,
    )
    return respond_page(
        request,
        PostImportItem,
        [row._asdict() for row in rows],
        next_cursor=next_cursor(query, [last]) if last is not None else None,
        fields=fields,
    )


def _document(row: ImportRow) -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(row).items() if name in PostImport.model_fields}
