"""The shop uploads the files of digital products."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.catalog.media_schemas import Media, MediaList, NewMedia, RequestedUpload, Upload
from functions.catalog.service import media
from shared.permissions import Permission
from shared.web import Caller, Reader, Transaction, answer, no_content, requires

router = APIRouter(prefix="/api/v1/admin/products/{product_id}/media", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]


@router.get("", response_model=MediaList, summary="List a product's files", dependencies=_reads)
async def list_media(request: Request, product_id: UUID, reader: Reader) -> Response:
    """All of them, uploaded or not; there are at most 20."""
    rows = media.of_product(reader, product_id)
    return answer(request, MediaList(items=[Media.model_validate(row) for row in rows]))


@router.post(
    "",
    status_code=201,
    response_model=RequestedUpload,
    summary="Upload a file for buyers",
    dependencies=_writes,
    responses={409: {"description": "The product has 20 files already"}},
)
async def request_upload(
    request: Request, product_id: UUID, body: NewMedia, caller: Caller, tx: Transaction
) -> Response:
    """Answers a form, good for an hour, by which the file goes straight to storage: of just this type and size. Say
    afterwards that it is complete. Products need a variant with `requires_shipping: false`.
    """
    row, form, ends = media.request_upload(tx, product_id, body, created_by=caller.user_id)
    asked = RequestedUpload(
        media=Media.model_validate(row), upload=Upload(url=form.url, fields=form.fields, expires_at=ends)
    )
    location = f"/api/v1/admin/products/{product_id}/media"
    return answer(request, asked, status=201, headers={"Location": location})


@router.post(
    "/{media_id}/complete",
    response_model=Media,
    summary="Offer an uploaded file",
    dependencies=_writes,
    responses={409: {"description": "The file has not been uploaded"}},
)
async def complete_upload(request: Request, product_id: UUID, media_id: UUID, tx: Transaction) -> Response:
    """The file is there; from now on buyers may download it."""
    return answer(request, Media.model_validate(media.complete(tx, product_id, media_id)))


@router.delete("/{media_id}", status_code=204, summary="Delete a file", dependencies=_writes)
async def delete_media(product_id: UUID, media_id: UUID, tx: Transaction) -> Response:
    """Nobody downloads it any more, not even who bought it."""
    media.delete(tx, product_id, media_id)
    return no_content()
