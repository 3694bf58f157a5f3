"""What is uploaded, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from functions.media.keeping import MAX_FILE_BYTES
from shared.web import AnswerModel, RequestModel
from shared.web.pictures import PictureVariant

MAX_SMALL_FILES: Final = 10
MAX_SMALL_BYTES: Final = 4 * 1024**2
"""Of all files of one request: Lambda takes 6 MiB, in which a body is a third larger (base64)."""


def _file_name(value: str) -> str:
    if any(character < " " or character in "/\\\x7f" for character in value) or value in (".", ".."):
        raise ValueError("a name without a folder and without control characters")
    return value


class Purpose(StrEnum):
    """What a picture is for. Those of products are uploaded by who may write products."""

    PRODUCT = "product"
    REVIEW = "review"


class MediaStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    READY = "ready"
    REJECTED = "rejected"


FileName = Annotated[str, Field(min_length=1, max_length=255, examples=["pot.jpg"]), AfterValidator(_file_name)]
ImageType = Literal["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]


class NewUpload(RequestModel):
    """A picture that is about to be uploaded."""

    filename: FileName
    content_type: Annotated[ImageType, Field(examples=["image/jpeg"])]
    size: Annotated[int, Field(ge=1, le=MAX_FILE_BYTES, description="Bytes", examples=[184_320])]
    purpose: Purpose


class MediaFile(AnswerModel):
    """An upload of the caller's. Once it is `ready`, products and reviews can show it by its id."""

    id: UUID
    purpose: Purpose
    filename: str
    content_type: Annotated[str, Field(description="As announced")]
    size: Annotated[int, Field(description="Bytes, as announced")]
    status: MediaStatus
    reason: Annotated[str | None, Field(description="Why it was rejected, as a code", examples=["not_an_image"])]
    width: Annotated[int | None, Field(description="Pixels of the picture itself; variants are no larger")]
    height: int | None
    blurhash: Annotated[str | None, Field(description="https://blurha.sh", examples=["LEHV6nWB2yk8pyo0adR*.7kCMdnj"])]
    url: Annotated[str | None, Field(description="The largest variant, as WebP")]
    variants: list[PictureVariant]
    created_at: datetime
    finished_at: datetime | None


class UploadForm(AnswerModel):
    """POST to `url` as multipart/form-data: the fields first, then the file as `file`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://sharestack-media.s3.eu-central-1.amazonaws.com/",
                    "fields": {"key": "uploads/0199c0de", "Content-Type": "image/jpeg", "policy": "..."},
                    "expires_at": "2026-11-20T08:15:00Z",
                }
            ]
        }
    )

    url: str
    fields: dict[str, str]
    expires_at: datetime


class RequestedUpload(AnswerModel):
    """The upload, and the form that brings its file."""

    media: MediaFile
    upload: UploadForm


class StoredUploads(AnswerModel):
    """The uploads, in the order of their files."""

    items: list[MediaFile]
