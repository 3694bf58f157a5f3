"""Files of digital products, as the shop uploads them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.web import RequestModel, ResponseModel
from shared.web.fields import FileName
from shared.web.upload_forms import UploadForm

MAX_FILE_BYTES: Final = 5 * 1024**3
"""Of one POST to S3 (S3 user guide, "Uploading objects")."""


UploadName = Annotated[FileName, Field(examples=["pottery.pdf"])]
ContentType = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*$", max_length=100),
    Field(examples=["application/pdf"]),
]
Size = Annotated[int, Field(ge=1, le=MAX_FILE_BYTES, description="Bytes", examples=[1_048_576])]


class NewDigitalFile(RequestModel):
    """A file that is about to be uploaded. Without `variant_id` it belongs to every digital variant."""

    file_name: UploadName
    content_type: ContentType
    size_bytes: Size
    variant_id: UUID | None = None


class DigitalFile(ResponseModel):
    """A file of a product; buyers see it once it is uploaded."""

    id: UUID
    variant_id: UUID | None
    file_name: str
    content_type: str
    size_bytes: int
    created_at: datetime
    uploaded_at: datetime | None


class DigitalFileList(ResponseModel):
    """All files of a product; there are few."""

    items: list[DigitalFile]


class DigitalFileUpload(ResponseModel):
    media: DigitalFile
    upload: UploadForm
