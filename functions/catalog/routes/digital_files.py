"""The shop uploads the files of digital products."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.catalog.schemas.digital_files import DigitalFile, DigitalFileList, DigitalFileUpload, NewDigitalFile
from functions.catalog.service import digital_files
from functions.catalog.service.digital_files import UploadRequest
from shared.permissions import Permission
from shared.web import Caller, Reader, Transaction, no_content, requires, respond
from shared.web.upload_forms import UploadForm

router = APIRouter(prefix="/api/v1/admin/products/{product_id}/media", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]


@router.get("", response_model=DigitalFileList, summary="List a product's files", dependencies=_reads)
async def list_digital_files(request: Request, product_id: UUID, reader: Reader) -> Response:
    """All of them, uploaded or not; there are at most 20."""
    rows = digital_files.of_product(reader, product_id)
    return respond(request, DigitalFileList(items=[DigitalFile.model_validate(row) for row in rows]))


@router.post(
    "",
    status_code=201,
    response_model=DigitalFileUpload,
    summary="Upload a file for buyers",
    dependencies=_writes,
    responses={409: {"description": "The product has 20 files already"}},
)
async def create_digital_file(
    request: Request, product_id: UUID, body: NewDigitalFile, caller: Caller, tx: Transaction
) -> Response:
    """Answers a form, good for an hour, by which the file goes straight to storage: of just this type and size. Say
    afterwards that it is complete. Products need a variant with `requires_shipping: false`.
    """
    row, form, ends = digital_files.request_upload(
        tx, product_id, UploadRequest(**body.model_dump()), created_by=caller.user_id
    )
    answer = DigitalFileUpload(
        media=DigitalFile.model_validate(row),
        upload=UploadForm(url=form.url, fields=form.fields, expires_at=ends),
    )
    location = f"/api/v1/admin/products/{product_id}/media"
    return respond(request, answer, status=201, headers={"Location": location})


@router.post(
    "/{media_id}/complete",
    response_model=DigitalFile,
    summary="Offer an uploaded file",
    dependencies=_writes,
    responses={409: {"description": "The file has not been uploaded"}},
)
async def complete_digital_file(request: Request, product_id: UUID, media_id: UUID, tx: Transaction) -> Response:
    """The file is there; from now on buyers may download it."""
    return respond(request, DigitalFile.model_validate(digital_files.complete(tx, product_id, media_id)))


@router.delete("/{media_id}", status_code=204, summary="Delete a file", dependencies=_writes)
async def delete_digital_file(product_id: UUID, media_id: UUID, tx: Transaction) -> Response:
    """Nobody downloads it any more, not even who bought it."""
    digital_files.delete(tx, product_id, media_id)
    return no_content()
