"""Imports of product files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from functions.catalog.domain.shopify_csv import MAX_FILE_BYTES
from shared.web import CurrencyCode, RequestModel, ResponseModel
from shared.web.upload_forms import UploadForm


class ProductImportError(ResponseModel):
    """Rows are counted as a spreadsheet does: the header is row 1."""

    row: Annotated[int, Field(examples=[7])]
    column: Annotated[str | None, Field(examples=["Variant Price"])]
    message: str


class ProductImport(ResponseModel):
    """An uploaded file and what became of its rows.

    Each row has one end: `created`, `updated` and `unchanged` rows are in the shop as they are written, `partial` ones
    but for cells that were left out, `refused` ones not at all. Once the status is `completed`, these five are `rows`.
    """

    id: UUID
    status: Annotated[
        Literal["pending", "running", "completed", "failed"],
        Field(description="`failed`: the file cannot be read at all. Row errors do not fail an import"),
    ]
    currency: str
    rows: Annotated[int, Field(description="Rows below the header")]
    rows_created: int
    rows_updated: int
    rows_unchanged: int
    rows_partial: int
    rows_refused: int
    products_created: int
    products_updated: int
    products_unchanged: int
    error_count: Annotated[int, Field(description="What was left out, of all rows")]
    errors: Annotated[list[ProductImportError], Field(description="The first of them; the report has all")]
    notes: Annotated[list[str], Field(examples=[["The column 'Google Shopping / MPN' is not used"]])]
    pictures: Annotated[int, Field(description="Pictures that are fetched from the addresses in the file")]
    pictures_ready: Annotated[int, Field(description="Of these, those that products show from here by now")]
    pictures_failed: Annotated[
        int, Field(description="Those that products show from elsewhere, as they cannot be fetched")
    ]
    report_url: Annotated[
        str | None,
        Field(
            description="A CSV with the end of every row, good for a quarter of an hour; another link comes with the"
            " next look at the import. The file is deleted after 90 days",
            examples=["https://bucket.s3.amazonaws.com/import-reports/report.csv?X-Amz-Signature=0"],
        ),
    ]
    created_at: datetime
    finished_at: datetime | None


class NewProductImport(RequestModel):
    """A product file that is about to be uploaded."""

    size: Annotated[int, Field(ge=1, le=MAX_FILE_BYTES, description="Bytes", examples=[8_388_608])]
    currency: Annotated[CurrencyCode, Field(description="Of the prices in the file, which names none")] = "USD"


class ProductImportUpload(ResponseModel):
    """The import, and the form that brings its file."""

    product_import: ProductImport
    upload: UploadForm
