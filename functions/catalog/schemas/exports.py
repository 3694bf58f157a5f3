"""Exports of product files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.web import ResponseModel


class ProductExportFile(ResponseModel):
    """A file that can be imported by itself. The link is good for a quarter of an hour; another one comes with the next
    look at the export.
    """

    url: Annotated[str, Field(examples=["https://bucket.s3.amazonaws.com/exports/products-001.csv?X-Amz-Signature=0"])]
    bytes: int
    products: int


class ProductExport(ResponseModel):
    """Product files that were asked for. They are there once the status is `completed`."""

    id: UUID
    status: Literal["pending", "running", "completed", "failed"]
    currency: str
    products: int
    files: list[ProductExportFile]
    created_at: datetime
    finished_at: datetime | None
