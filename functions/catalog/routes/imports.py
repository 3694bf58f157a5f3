"""Admins upload product files and see what became of them."""

from __future__ import annotations

from email.message import Message
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from functions.catalog.domain.limits import LARGER_FILES, MAX_IMPORT_FORM_BYTES
from functions.catalog.errors import FormTooLargeError, UploadNotValidError
from functions.catalog.repository.imports import ImportRow
from functions.catalog.schemas.imports import (
    NewProductImport,
    ProductImport,
    ProductImportError,
    ProductImportUpload,
)
from functions.catalog.service.imports import report
from functions.catalog.service.imports.request import read_import, request_import, request_upload
from functions.catalog.settings import ProductFileSettings
from shared import settings
from shared.clients import object_links
from shared.errors import FieldError, UnsupportedMediaTypeError
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, CurrencyCode, Fields, Reader, Transaction, requires, respond
from shared.web.upload_forms import UploadForm

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_writes = [requires(Permission.CATALOG_WRITE)]
_FILE: Final = {"type": "string", "format": "binary", "description": "A Shopify product CSV, UTF-8, up to 4 MiB"}
_UPLOAD: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _FILE}},
            },
            "text/csv": {
                "schema": {"type": "string", "description": "Up to 5 MiB"},
                "example": "Handle,Title,Variant Price\nclay-pot,Clay Pot,9.99",
            },
        },
    }
}


@router.post(
    "/import",
    response_model=ProductImport,
    status_code=202,
    summary="Import a Shopify product CSV",
    dependencies=_writes,
    openapi_extra=_UPLOAD,
    responses={413: {"description": "Ask for an upload with `POST /api/v1/admin/products/imports`: up to 15 MiB"}},
)
async def import_products(
    request: Request,
    caller: Caller,
    reader: Reader,
    currency: Annotated[CurrencyCode, Query(description="Of the prices in the file, which names none")] = "USD",
) -> Response:
    """With Shopify's older header or its newer one. The import runs afterwards; `Location` tells where to
    look. Products are recognised by their handle: importing the same file again changes nothing, and columns that the
    file lacks leave them as they are. A wrong cell is left out and reported, and stops nothing else.
    """
    row = request_import(reader, await _uploaded(request), currency=currency, requested_by=caller.user_id)
    return respond(request, _import(row), status=202, headers={"Location": _location(row)})


@router.post(
    "/imports",
    response_model=ProductImportUpload,
    status_code=201,
    summary="Upload a large product CSV",
    dependencies=_writes,
)
async def create_product_import(request: Request, body: NewProductImport, caller: Caller, tx: Transaction) -> Response:
    """Answers a form, good for 15 minutes, by which a file of up to 15 MiB goes straight to storage: of just this size.
    The import runs once it has arrived; `Location` tells where to look.
    """
    row, form, expires_at = request_upload(tx, size=body.size, currency=body.currency, requested_by=caller.user_id)
    upload = ProductImportUpload(
        product_import=_import(row), upload=UploadForm(url=form.url, fields=form.fields, expires_at=expires_at)
    )
    return respond(request, upload, status=201, headers={"Location": _location(row)})


@router.get(
    "/imports/{import_id}",
    response_model=ProductImport,
    summary="Read an import",
    dependencies=[requires(Permission.CATALOG_READ_ALL)],
)
async def get_product_import(request: Request, import_id: str, fields: Fields, reader: Reader) -> Response:
    """How far it is, what was left out, and (once it is completed) a link to the report of all rows."""
    return respond(request, _import(read_import(reader, as_id(import_id))), fields=fields)


async def _uploaded(request: Request) -> bytes:
    """The file: the body itself, or the part `file` of a form.

    Raises UnsupportedMediaTypeError, UploadNotValidError and FormTooLargeError.
    """
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    if header.get_content_type() == "text/csv" and "content-type" in request.headers:
        if header.get_content_charset("utf-8") not in ("utf-8", "utf8", "us-ascii"):
            raise UploadNotValidError("The file must be encoded in UTF-8")
        return await request.body()
    if header.get_content_type() != "multipart/form-data":
        raise UnsupportedMediaTypeError("multipart/form-data", "text/csv")
    async with request.form(max_files=1, max_fields=10) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            message = "a file is needed in the part 'file'"
            raise UploadNotValidError(message, errors=[FieldError(("file",), message)])
        content = await part.read()
    if len(content) > MAX_IMPORT_FORM_BYTES:
        raise FormTooLargeError(f"A form takes files of up to {MAX_IMPORT_FORM_BYTES} bytes; {LARGER_FILES}")
    return content


def _location(row: ImportRow) -> str:
    return f"{router.prefix}/imports/{row.id}"


def _import(row: ImportRow) -> ProductImport:
    own = ("errors", "notes", "report_url")
    fields = {name: getattr(row, name) for name in ProductImport.model_fields if name not in own}
    errors = sorted((ProductImportError(**error) for error in row.errors), key=lambda error: error.row)
    notes = row.notes
    if len(errors) < row.error_count:
        notes = [f"Of {row.error_count} errors, {len(errors)} are listed here; the report has all", *notes]
    return ProductImport(**fields, errors=errors, notes=notes, report_url=_report_url(row))


def _report_url(row: ImportRow) -> str | None:
    if row.report_key is None:
        return None
    bucket = settings.load(ProductFileSettings).imports_bucket
    name = f"import-{row.created_at:%Y-%m-%d}-report.csv"
    return object_links.download_link(bucket, row.report_key, seconds=report.LINK_SECONDS, file_name=name)
