"""Uploads of pictures: request, list, read and delete."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.media.domain.uploads import MediaPurpose
from functions.media.repository.files import MediaRow
from functions.media.routes import small_files
from functions.media.schemas.uploads import MediaFile, MediaUpload, NewMediaUpload, StoredUploads
from functions.media.service import library, uploads
from shared.web import (
    Caller,
    Fields,
    Page,
    Reader,
    Transaction,
    no_content,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, next_cursor
from shared.web.upload_forms import UploadForm

router = APIRouter(prefix="/api/v1/media", tags=["media"])

SMALL_FILES_PATH: Final = f"{router.prefix}/upload"

_LIMITS: Final[dict[int | str, dict[str, Any]]] = {
    403: {
        "description": "Pictures of products and of the shop are uploaded by its staff, and others by users whose"
        " e-mail address is verified (`email_not_verified`)"
    },
    429: {"description": "Too many uploads are open, too much was uploaded today, or too many requests"},
}


@router.post(
    "/uploads",
    status_code=201,
    response_model=MediaUpload,
    summary="Upload a picture",
    responses=_LIMITS,
)
async def create_media_upload(request: Request, body: NewMediaUpload, caller: Caller, tx: Transaction) -> Response:
    """Answers a form, good for 15 minutes, by which the file goes straight to storage: of just this type and size. What
    arrives is checked and made into variants, which takes some seconds: `Location` shows when it is `ready`.
    """
    row, form, expires_at = uploads.request_upload(tx, body.upload(), caller)
    upload = MediaUpload(
        media=MediaFile.model_validate(media_file(row)),
        upload=UploadForm(url=form.url, fields=form.fields, expires_at=expires_at),
    )
    return respond(request, upload, status=201, headers={"Location": f"{router.prefix}/{row.id}"})


@router.post(
    "/upload",
    status_code=201,
    response_model=StoredUploads,
    summary="Upload small pictures at once",
    openapi_extra=small_files.OPENAPI,
    responses=_LIMITS,
)
async def upload_media(request: Request, caller: Caller) -> Response:
    """Up to ten files of 4 MiB together, each as a part `files`; all of them are taken, or none. `GET /media/{id}`
    shows the status of each.
    """
    new, contents = await small_files.read(request)
    rows = uploads.store(new, contents, caller)
    stored = StoredUploads(items=[MediaFile.model_validate(media_file(row)) for row in rows])
    return respond(request, stored, status=201)


@router.get("", response_model=Page[MediaFile], summary="List one's uploads")
async def list_media(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    purpose: Annotated[MediaPurpose | None, Query(description="Only those for this")] = None,
) -> Response:
    """Newest first."""
    query = f"media of {caller.user_id} {purpose}"
    rows, last = library.own(reader, caller, purpose=purpose, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        MediaFile,
        [media_file(row) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.get("/{media_id}", response_model=MediaFile, summary="Read an upload")
async def get_media(request: Request, media_id: UUID, caller: Caller, fields: Fields, reader: Reader) -> Response:
    """One's own; staff sees all. `pending` has not arrived or not been looked at; `rejected` says why in `reason`."""
    return respond_unvalidated(request, MediaFile, media_file(library.read(reader, media_id, caller)), fields=fields)


@router.delete(
    "/{media_id}",
    status_code=204,
    summary="Delete an upload",
    responses={409: {"description": "A product, a review, a profile or the shop shows it (`media_in_use`)"}},
)
async def delete_media(media_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """One's own; administrators delete anybody's. Caches may show it for as long as they have it."""
    library.delete(tx, media_id, caller)
    return no_content()


def media_file(row: MediaRow) -> dict[str, Any]:
    """`MediaFile` as JSON has it."""
    return {
        "id": row.id,
        "purpose": row.purpose,
        "filename": row.file_name,
        "content_type": row.content_type,
        "size": row.size_bytes,
        "status": row.status,
        "reason": row.reason,
        "width": row.width,
        "height": row.height,
        "blurhash": row.blurhash,
        "url": row.url,
        "variants": row.variants,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
    }
