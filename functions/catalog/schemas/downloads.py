"""Files of digital products, as buyers download them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import ResponseModel


class OrderDownload(ResponseModel):
    """A file that belongs to a line of the order."""

    order_item_id: UUID
    media_id: UUID
    product_name: Annotated[str, Field(examples=["Pottery for Beginners"])]
    variant_title: str
    file_name: str
    content_type: str
    size_bytes: int
    downloads_left: int


class OrderDownloadList(ResponseModel):
    """All files of an order."""

    order_id: UUID
    items: list[OrderDownload]


class DownloadLink(ResponseModel):
    """A GET of `url` saves the file; it needs no credentials, so it is not to be passed on."""

    url: Annotated[str, Field(examples=["https://sharestack-downloads.s3.eu-central-1.amazonaws.com/downloads/..."])]
    file_name: str
    expires_at: datetime
    downloads_left: Annotated[int, Field(description="After this one")]
