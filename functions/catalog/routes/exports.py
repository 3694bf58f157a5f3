"""Admins take the products out, as files that imports read."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.repository.exports import ExportRow
from functions.catalog.schemas.exports import ProductExport, ProductExportFile
from functions.catalog.service import exports
from functions.catalog.settings import ProductFileSettings
from shared import settings
from shared.clients import object_links
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, Fields, Reader, Transaction, document, requires, respond

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_CSV: Final = "text/csv; charset=utf-8"
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A Shopify product CSV",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": "Handle,Title\r\nclay-pot,Clay Pot\r\n"}},
    },
    409: {"description": "The products are too many for one answer (`export_too_large`)"},
}

Currency = Annotated[
    str, Query(pattern=r"^[A-Z]{3}$", description="The products priced in it: a file names none", examples=["USD"])
]


@router.get(
    "/export",
    summary="Export products as a Shopify CSV",
    dependencies=_reads,
    response_class=Response,
    responses=_FILE,
)
async def export_products(request: Request, reader: Reader, currency: Currency = "USD") -> Response:
    """All of them, on sale or not, up to 2 MiB; for more, ask for an export. Importing the file changes nothing."""
    headers = {"Content-Disposition": f'attachment; filename="products-{currency}.csv"'}
    return document(request, exports.export_now(reader, currency), _CSV, headers=headers)


@router.post(
    "/exports",
    response_model=ProductExport,
    status_code=202,
    summary="Ask for an export",
    dependencies=_reads,
)
async def create_product_export(
    request: Request, caller: Caller, tx: Transaction, currency: Currency = "USD"
) -> Response:
    """For any number of products. The files are written afterwards; `Location` tells where to look for them."""
    row = exports.request_export(tx, currency, requested_by=caller.user_id)
    return respond(request, _export(row), status=202, headers={"Location": f"{router.prefix}/exports/{row.id}"})


@router.get("/exports/{export_id}", response_model=ProductExport, summary="Read an export", dependencies=_reads)
async def get_product_export(request: Request, export_id: str, fields: Fields, reader: Reader) -> Response:
    """How far it is; once it is completed, links to its files."""
    return respond(request, _export(exports.read_export(reader, as_id(export_id))), fields=fields)


def _export(row: ExportRow) -> ProductExport:
    fields = {name: getattr(row, name) for name in ProductExport.model_fields if name != "files"}
    return ProductExport(**fields, files=_files(row) if row.status == "completed" else [])


def _files(row: ExportRow) -> list[ProductExportFile]:
    bucket = settings.load(ProductFileSettings).imports_bucket
    return [
        ProductExportFile(
            url=object_links.download_link(
                bucket,
                file["key"],
                seconds=exports.LINK_SECONDS,
                file_name=file["key"].rpartition("/")[2],
            ),
            bytes=file["bytes"],
            products=file["products"],
        )
        for file in row.files
    ]
