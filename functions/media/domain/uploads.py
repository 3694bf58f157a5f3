"""What an upload is: its purpose, its status, and where its file is stored until it is processed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from shared.contexts.media.uploads import MAX_FILE_BYTES


class MediaPurpose(StrEnum):
    """What a picture is for. Those of products are uploaded by who may write products."""

    PRODUCT = "product"
    REVIEW = "review"
    POST = "post"
    PROFILE = "profile"
    """Of a person, beside their name: small, and still."""
    SITE = "site"
    """Of the shop, beside its name: as those of people, uploaded by who may write its settings."""


class Accepted(NamedTuple):
    """What a purpose takes: types, which are read from the content as well, and bytes of a file."""

    types: frozenset[str]
    max_bytes: int


_EVERY_TYPE: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})
_STILL_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
ACCEPTED: Final[Mapping[MediaPurpose, Accepted]] = {
    MediaPurpose.PRODUCT: Accepted(_EVERY_TYPE, MAX_FILE_BYTES),
    MediaPurpose.REVIEW: Accepted(_EVERY_TYPE, MAX_FILE_BYTES),
    MediaPurpose.POST: Accepted(_EVERY_TYPE, MAX_FILE_BYTES),
    MediaPurpose.PROFILE: Accepted(_STILL_TYPES, 5 * 1024**2),
    MediaPurpose.SITE: Accepted(_STILL_TYPES, 5 * 1024**2),
}


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
