"""People upload pictures, and see what became of them."""

from __future__ import annotations

from email.message import Message
from typing import Annotated, Any, Final
from uuid import UUID

import pydantic
from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from functions.media.errors import UploadNotValidError
from functions.media.imaging import signatures
from functions.media.repository.files import MediaRow
from functions.media.schemas import (
    MAX_SMALL_BYTES,
    MAX_SMALL_FILES,
    MediaFile,
    NewUpload,
    Purpose,
    RequestedUpload,
    StoredUploads,
    UploadForm,
)
from functions.media.service import library, uploading
from shared.errors import FieldError, UnsupportedMediaTypeError
from shared.web import Caller, Fields, Page, Reader, Transaction, answer, answer_document, answer_page, no_content
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/media", tags=["media"])

SMALL_FILES_PATH: Final = f"{router.prefix}/upload"
SMALL_FILES_BODY: Final = MAX_SMALL_BYTES + 64 * 1024
"""Bytes of a request: the files, and what a form has besides."""

_LIMITS: Final[dict[int | str, dict[str, Any]]] = {
    403: {"description": "Pictures of products are uploaded by the shop's staff"},
    429: {"description": "Too many uploads are open, too much was uploaded today, or too many requests"},
}
_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["purpose", "files"],
                    "properties": {
                        "purpose": {"type": "string", "enum": list(Purpose)},
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MAX_SMALL_FILES,
                            "description": "JPEG, PNG, WebP, GIF or AVIF, 4 MiB together",
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "/uploads",
    status_code=201,
    response_model=RequestedUpload,
    summary="Upload a picture",
    responses=_LIMITS,
)
async def request_upload(request: Request, body: NewUpload, caller: Caller, tx: Transaction) -> Response:
    """Answers a form, good for 15 minutes, by which the file goes straight to storage: of just this type and size. What
    arrives is looked at and made into variants, which takes some seconds: `Location` tells when it is `ready`.
    """
    row, form, ends = uploading.request_upload(tx, body, caller)
    asked = RequestedUpload(
        media=MediaFile.model_validate(media_file(row)),
        upload=UploadForm(url=form.url, fields=form.fields, expires_at=ends),
    )
    return answer(request, asked, status=201, headers={"Location": f"{router.prefix}/{row.id}"})


@router.post(
    "/upload",
    status_code=201,
    response_model=StoredUploads,
    summary="Upload small pictures at once",
    openapi_extra=_FORM,
    responses=_LIMITS,
)
async def upload_small_files(request: Request, caller: Caller) -> Response:
    """Up to ten files of 4 MiB together, each as a part `files`; all of them are taken, or none. What becomes of each
    is told by `GET /media/{id}`.
    """
    asked, contents = await _files(request)
    rows = uploading.store(asked, contents, caller)
    stored = StoredUploads(items=[MediaFile.model_validate(media_file(row)) for row in rows])
    return answer(request, stored, status=201)


@router.get("", response_model=Page[MediaFile], summary="List one's uploads")
async def list_media(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    purpose: Annotated[Purpose | None, Query(description="Only those for this")] = None,
) -> Response:
    """Newest first."""
    query = f"media of {caller.user_id} {purpose}"
    rows, last = library.own(reader, caller, purpose=purpose, limit=paging.limit, after=paging.after(query))
    return answer_page(
        request,
        MediaFile,
        [media_file(row) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.get("/{media_id}", response_model=MediaFile, summary="Read an upload")
async def read_media(request: Request, media_id: UUID, caller: Caller, fields: Fields, reader: Reader) -> Response:
    """One's own; staff sees all. `pending` has not arrived or not been looked at; `rejected` says why in `reason`."""
    return answer_document(request, MediaFile, media_file(library.read(reader, media_id, caller)), fields=fields)


@router.delete(
    "/{media_id}",
    status_code=204,
    summary="Delete an upload",
    responses={409: {"description": "A product or a review shows it (`media_in_use`)"}},
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


async def _files(request: Request) -> tuple[list[NewUpload], list[bytes]]:
    """The form's files and what is said of them. Raises UnsupportedMediaTypeError and UploadNotValidError."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    if header.get_content_type() != "multipart/form-data":
        raise UnsupportedMediaTypeError("multipart/form-data")
    async with request.form(max_files=MAX_SMALL_FILES, max_fields=10) as form:
        parts = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
        contents = [await part.read() for part in parts]
        asked = [
            _described(form, number, part, content)
            for number, (part, content) in enumerate(zip(parts, contents, strict=True))
        ]
    if not asked:
        raise _not_valid([{"field": "body.files", "message": "at least one file is needed in the part 'files'"}])
    if sum(len(content) for content in contents) > MAX_SMALL_BYTES:
        raise _not_valid([{"field": "body.files", "message": f"more than {MAX_SMALL_BYTES} bytes together"}])
    return asked, contents


def _described(form: FormData, number: int, part: UploadFile, content: bytes) -> NewUpload:
    """What a caller would have said of this file. What is no picture is not even stored."""
    said = {
        "filename": part.filename,
        "content_type": part.content_type,
        "size": len(content),
        "purpose": form.get("purpose"),
    }
    try:
        described = NewUpload.model_validate(said)
    except pydantic.ValidationError as error:
        wrong = [(str(found["loc"][0]), str(found["msg"])) for found in error.errors()]
        raise _not_valid(
            [
                {
                    "field": "body.purpose" if name == "purpose" else f"body.files.{number}.{name}",
                    "message": message.removeprefix("Value error, "),
                }
                for name, message in wrong
            ]
        ) from error
    if signatures.image_type(content) is None:
        raise _not_valid([{"field": f"body.files.{number}", "message": "not a JPEG, PNG, WebP, GIF or AVIF picture"}])
    return described


def _not_valid(errors: list[FieldError]) -> UploadNotValidError:
    return UploadNotValidError(f"{errors[0]['field']}: {errors[0]['message']}", errors=errors)
