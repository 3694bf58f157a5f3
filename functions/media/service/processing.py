"""A file that has arrived becomes a picture that can be shown, or is refused.

Whoever crashes is followed by another, for the event is delivered again: a claim with an end keeps two workers from one
file, and only the holder of the claim says how it ended. The variants are named after their content, so that making
them again changes nothing.
"""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

from functions.media.errors import ProcessingInProgressError
from functions.media.imaging import rendering
from functions.media.imaging.rendering import RejectedImageError, Rendered, RenderedVariant
from functions.media.keeping import MAX_FILE_BYTES, REJECTED_SECONDS, UNUSED_SECONDS
from functions.media.repository import claims
from functions.media.repository.claims import Claim, Picture
from shared import media_urls, outbox
from shared.clients import database, storage
from shared.correlation import correlated
from shared.events import MediaReady, MediaRejected
from shared.log import logger

CLAIM_SECONDS: Final = 60.0
"""As long as the function may run; Lambda delivers a failed event again a minute after it failed."""
CACHE_CONTROL: Final = "public, max-age=31536000, immutable"
_EXTENSIONS: Final = {"image/webp": "webp", "image/avif": "avif"}


def run(media_id: UUID, *, bucket: str, key: str) -> str | None:
    """What became of the file, `ready` or `rejected`; None where it was finished before or nobody wants it.

    Raises ProcessingInProgressError where another worker is at it.
    """
    held = claims.claim(database.connection(), media_id, seconds=CLAIM_SECONDS)
    if held is None:
        _leave(media_id, bucket, key)
        return None
    with correlated(held.correlation_id):
        try:
            rendered = rendering.render(_original(held, bucket, key))
        except RejectedImageError as error:
            outcome = "rejected" if _reject(held, error.reason) else None
        else:
            outcome = "ready" if _publish(held, rendered, bucket) else None
    if outcome is not None:
        storage.delete(bucket, key)
    return outcome


def _leave(media_id: UUID, bucket: str, key: str) -> None:
    """A file that is not to be looked at goes, unless somebody looks at it right now."""
    status = claims.status(database.connection(), media_id)
    if status in ("pending", "processing"):
        raise ProcessingInProgressError
    logger().info("a file that is finished or not wanted", extra={"media_id": str(media_id), "status": status})
    storage.delete(bucket, key)


def _original(held: Claim, bucket: str, key: str) -> bytes:
    """The form fixed the size; here it is held to it. Raises RejectedImageError."""
    try:
        content = storage.get(bucket, key, max_bytes=MAX_FILE_BYTES)
    except ValueError as error:
        raise RejectedImageError("too_large") from error
    if len(content) != held.size_bytes:
        raise RejectedImageError("size_differs")
    return content


def _publish(held: Claim, rendered: Rendered, bucket: str) -> bool:
    """Store the variants, then say that they are there; False where the claim is no more."""
    variants = []
    for variant in rendered.variants:
        key = object_key(held.id, variant)
        storage.put(bucket, key, variant.body, content_type=variant.content_type, cache_control=CACHE_CONTROL)
        variants.append(
            {
                "name": variant.name,
                "url": media_urls.public_url(key),
                "content_type": variant.content_type,
                "width": variant.width,
                "height": variant.height,
                "bytes": len(variant.body),
            }
        )
    url = next(str(variant["url"]) for variant in reversed(variants) if variant["content_type"] == "image/webp")
    picture = Picture(rendered.width, rendered.height, rendered.blurhash, url, variants)
    with outbox.unit_of_work() as connection:
        if not claims.ready(connection, held, picture, keep_seconds=UNUSED_SECONDS):
            return False
        event = MediaReady(
            media_id=held.id, purpose=held.purpose, url=url, width=rendered.width, height=rendered.height
        )
        outbox.record(connection, event)
    return True


def _reject(held: Claim, reason: str) -> bool:
    with outbox.unit_of_work() as connection:
        if not claims.rejected(connection, held, reason, keep_seconds=REJECTED_SECONDS):
            return False
        outbox.record(connection, MediaRejected(media_id=held.id, purpose=held.purpose, reason=reason))
    return True


def object_key(media_id: UUID, variant: RenderedVariant) -> str:
    """Named after its content: what a cache has under this name is never anything else."""
    digest = hashlib.sha256(variant.body).hexdigest()[:16]
    return f"{media_urls.folder(media_id)}{digest}-{variant.name}.{_EXTENSIONS[variant.content_type]}"
