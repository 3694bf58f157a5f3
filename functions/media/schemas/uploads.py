"""Uploads: the description of a new one, and its state."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from functions.media.domain.uploads import ACCEPTED, MediaPurpose, MediaStatus, NewUpload
from shared.contexts.media.schemas import PictureVariant
from shared.contexts.media.uploads import MAX_FILE_BYTES
from shared.web import RequestModel, ResponseModel
from shared.web.fields import FileName
from shared.web.upload_forms import UploadForm

UploadName = Annotated[FileName, Field(examples=["pot.jpg"])]
ImageType = Literal["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]


class NewMediaUpload(RequestModel):
    """A picture that is about to be uploaded."""

    filename: UploadName
    content_type: Annotated[ImageType, Field(examples=["image/jpeg"])]
    size: Annotated[int, Field(ge=1, le=MAX_FILE_BYTES, description="Bytes", examples=[184_320])]
    purpose: MediaPurpose

    @model_validator(mode="after")
    def _fits_its_purpose(self) -> Self:
        accepted = ACCEPTED[self.purpose]
        if self.content_type not in accepted.types:
            raise ValueError(f"for this purpose, one of {', '.join(sorted(accepted.types))}")
        if self.size > accepted.max_bytes:
            raise ValueError(f"for this purpose, at most {accepted.max_bytes} bytes")
        return self

    def upload(self) -> NewUpload:
        """The upload that is described."""
        return NewUpload(
            file_name=self.filename, content_type=self.content_type, size_bytes=self.size, purpose=self.purpose
        )


class MediaFile(ResponseModel):
    """An upload of the caller's. Once it is `ready`, products and reviews can show it by its id."""

    id: UUID
    purpose: MediaPurpose
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


class MediaUpload(ResponseModel):
    """The upload, and the form that brings its file."""

    media: MediaFile
    upload: UploadForm


class StoredUploads(ResponseModel):
    """The uploads, in the order of their files."""

    items: list[MediaFile]
