"""Addresses of public pictures: `<the shop's address>/media/<media id>/<content hash>-<size>.<type>`.

The content of an address never changes, so caches may store it for any time.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from shared import settings

PREFIX: Final = "media/"
"""Of the objects' keys; CloudFront passes `/media/*` on to the bucket, as it is."""

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def folder(media_id: UUID) -> str:
    """What the keys of all objects of one picture begin with."""
    return f"{PREFIX}{media_id}/"


def public_url(key: str) -> str:
    """The address of the object with this key."""
    return f"{_base()}/{key}"


def media_id(url: str) -> UUID | None:
    """The picture that an address of ours shows; None for a foreign address."""
    start = f"{_base()}/{PREFIX}"
    named = _ID.match(url, len(start)) if url.startswith(start) else None
    return UUID(named[0]) if named and url[named.end() : named.end() + 1] == "/" else None


def _base() -> str:
    return settings.common().public_url.rstrip("/")
