"""What an upload is: its purpose, its status, and where its file is stored until it is processed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaPurpose(StrEnum):
    """What a picture is for. Those of products are uploaded by who may write products."""

    PRODUCT = "product"
    REVIEW = "review"
    POST = "post"


class MediaStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    READY = "ready"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A picture that is about to be uploaded, as its owner describes it."""

    file_name: str
    content_type: str
    size_bytes: int
    purpose: MediaPurpose
