"""Files of digital products: as the shop uploads them, and as buyers download them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from shared.web import AnswerModel, RequestModel

MAX_FILE_BYTES: Final = 5 * 1024**3
"""Of one POST to S3 (S3 user guide, "Uploading objects")."""


def _file_name(value: str) -> str:
    if any(character < " " or character in "/\\\x7f" for character in value) or value in (".", ".."):
        raise ValueError("a name without a folder and without control characters")
    return value


FileName = Annotated[str, Field(min_length=1, max_length=255, examples=["pottery.pdf"]), AfterValidator(_file_name)]
ContentType = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*$", max_length=100),
    Field(examples=["application/pdf"]),
]
Size = Annotated[int, Field(ge=1, le=MAX_FILE_BYTES, description="Bytes", examples=[1_048_576])]


class NewMedia(RequestModel):
    """A file that is about to be uploaded. Without `variant_id` it belongs to every digital variant."""

    file_name: FileName
    content_type: ContentType
    size_bytes: Size
    variant_id: UUID | None = None


class Media(AnswerModel):
    """A file of a product; buyers see it once it is uploaded."""

    id: UUID
    variant_id: UUID | None
    file_name: str
    content_type: str
    size_bytes: int
    created_at: datetime
    uploaded_at: datetime | None


class MediaList(AnswerModel):
    """All files of a product; there are few."""

    items: list[Media]


class Upload(AnswerModel):
    """POST to `url` as multipart/form-data: the fields first, then the file as `file`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://sharestack-downloads.s3.eu-central-1.amazonaws.com/",
                    "fields": {"key": "downloads/0199c0de", "Content-Type": "application/pdf", "policy": "..."},
                    "expires_at": "2026-11-20T09:00:00Z",
                }
            ]
        }
    )

    url: str
    fields: dict[str, str]
    expires_at: datetime


class RequestedUpload(AnswerModel):
    media: Media
    upload: Upload


class OfferedDownload(AnswerModel):
    """A file that belongs to a line of the order."""

    order_item_id: UUID
    media_id: UUID
    product_name: Annotated[str, Field(examples=["Pottery for Beginners"])]
    variant_title: str
    file_name: str
    content_type: str
    size_bytes: int
    downloads_left: int


class OrderDownloads(AnswerModel):
    """All files of an order."""

    order_id: UUID
    items: list[OfferedDownload]


class DownloadLink(AnswerModel):
    """A GET of `url` saves the file; it needs no credentials, so it is not to be passed on."""

    url: Annotated[str, Field(examples=["https://sharestack-downloads.s3.eu-central-1.amazonaws.com/downloads/..."])]
    file_name: str
    expires_at: datetime
    downloads_left: Annotated[int, Field(description="After this one")]
