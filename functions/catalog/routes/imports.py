"""Admins upload product files and see what became of them."""

from __future__ import annotations

from email.message import Message
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from functions.catalog.admin_schemas import ProductImport, RowError
from functions.catalog.errors import UploadNotValidError
from functions.catalog.repository.imports import ImportRow
from functions.catalog.service import requesting
from shared.errors import UnsupportedMediaTypeError
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, Fields, Reader, answer, requires

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_FILE: Final = {"type": "string", "format": "binary", "description": "A Shopify product CSV, UTF-8, up to 5 MiB"}
_UPLOAD: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _FILE}},
            },
            "text/csv": {"schema": {"type": "string"}, "example": "Handle,Title,Variant Price\nclay-pot,Clay Pot,9.99"},
        },
    }
}


@router.post(
    "/import",
    response_model=ProductImport,
    status_code=202,
    summary="Import a Shopify product CSV",
    dependencies=[requires(Permission.CATALOG_WRITE)],
    openapi_extra=_UPLOAD,
)
async def import_products(
    request: Request,
    caller: Caller,
    reader: Reader,
    currency: Annotated[
        str, Query(pattern=r"^[A-Z]{3}$", description="Of the prices in the file, which names none", examples=["USD"])
    ] = "USD",
) -> Response:
    """The import runs afterwards; `Location` tells where to look. Products are recognised by their handle: importing
    the same file again changes nothing. A wrong row is reported by row and column, and stops no other row.
    """
    row = requesting.request_import(reader, await _uploaded(request), currency=currency, requested_by=caller.user_id)
    location = f"{router.prefix}/imports/{row.id}"
    return answer(request, _import(row), status=202, headers={"Location": location})


@router.get(
    "/imports/{import_id}",
    response_model=ProductImport,
    summary="Read an import",
    dependencies=[requires(Permission.CATALOG_READ_ALL)],
)
async def read_import(request: Request, import_id: str, fields: Fields, reader: Reader) -> Response:
    """How far it is, and which rows were wrong."""
    return answer(request, _import(requesting.read_import(reader, as_id(import_id))), fields=fields)


async def _uploaded(request: Request) -> bytes:
    """The file: the body itself, or the part `file` of a form.

    Raises UnsupportedMediaTypeError and UploadNotValidError.
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
            raise UploadNotValidError(message, errors=[{"field": "body.file", "message": message}])
        return await part.read()


def _import(row: ImportRow) -> ProductImport:
    fields = {name: getattr(row, name) for name in ProductImport.model_fields if name != "errors"}
    errors = sorted((RowError(**error) for error in row.errors), key=lambda error: error.row)
    return ProductImport(**fields, errors=errors)
