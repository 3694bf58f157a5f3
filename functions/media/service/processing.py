"""Processing of a file that has arrived: it becomes a picture that can be shown, or is rejected.

After a crash the event is delivered again: a claim that expires keeps two workers from one file, and only the holder of
the claim records the outcome. The variants are named after their content, so that making them again changes nothing.
"""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

from functions.media.domain.imaging import rendering, signatures
from functions.media.domain.imaging.rendering import RejectedImageError, Rendered, RenderedVariant
from functions.media.domain.limits import REJECTED_SECONDS, UNUSED_SECONDS
from functions.media.domain.uploads import ACCEPTED, MediaPurpose
from functions.media.errors import ProcessingInProgressError
from functions.media.repository import claims
from functions.media.repository.claims import Claim, Picture
from shared import correlation, outbox
from shared.clients import database, storage
from shared.contexts.media import media_urls
from shared.contexts.media.events import MediaReady, MediaRejected
from shared.contexts.media.uploads import MAX_FILE_BYTES
from shared.log import logger

CLAIM_SECONDS: Final = 60.0
"""As long as the function may run; Lambda delivers a failed event again a minute after it failed."""
CACHE_CONTROL: Final = "public, max-age=31536000, immutable"
_EXTENSIONS: Final = {"image/webp": "webp", "image/avif": "avif"}


def run(media_id: UUID, *, bucket: str, key: str) -> str | None:
    """The outcome, `ready` or `rejected`; None where the file was processed before or its upload is deleted.

    Continues under the correlation id of the request. Raises ProcessingInProgressError while another worker is at work.
    """
    claim = claims.acquire(database.connection(), media_id, seconds=CLAIM_SECONDS)
    if claim is None:
        _discard(media_id, bucket, key)
        return None
    correlation.accept(claim.correlation_id)
    try:
        rendered = rendering.render(_original(claim, bucket, key))
    except RejectedImageError as error:
        outcome = "rejected" if _reject(claim, error.reason) else None
    else:
        outcome = "ready" if _publish(claim, rendered, bucket) else None
    if outcome is not None:
        storage.delete(bucket, key)
    return outcome


def _discard(media_id: UUID, bucket: str, key: str) -> None:
    """Delete a file that is not to be processed. Raises ProcessingInProgressError while another worker processes it."""
    status = claims.status(database.connection(), media_id)
    if status in ("pending", "processing"):
        raise ProcessingInProgressError
    logger().info("a file that is processed or not wanted", extra={"media_id": str(media_id), "status": status})
    storage.delete(bucket, key)


def _original(claim: Claim, bucket: str, key: str) -> bytes:
    """The form fixed the size; here that is checked. Raises RejectedImageError."""
    try:
        content = storage.get(bucket, key, max_bytes=MAX_FILE_BYTES)
    except ValueError as error:
        raise RejectedImageError("too_large") from error
    if len(content) != claim.size_bytes:
        raise RejectedImageError("size_differs")
    found = signatures.image_type(content)
    if found is not None and found not in ACCEPTED[MediaPurpose(claim.purpose)].types:
        raise RejectedImageError("type_not_accepted")
    return content


def _publish(claim: Claim, rendered: Rendered, bucket: str) -> bool:
    """Store the variants, then record them; False where the claim has expired."""
    variants = []
    for variant in rendered.variants:
        key = object_key(claim.id, variant)
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
        if not claims.mark_ready(connection, claim, picture, keep_seconds=UNUSED_SECONDS):
            return False
        event = MediaReady(
            media_id=claim.id, purpose=claim.purpose, url=url, width=rendered.width, height=rendered.height
        )
        outbox.record(connection, event)
    return True


def _reject(claim: Claim, reason: str) -> bool:
    with outbox.unit_of_work() as connection:
        if not claims.mark_rejected(connection, claim, reason, keep_seconds=REJECTED_SECONDS):
            return False
        outbox.record(connection, MediaRejected(media_id=claim.id, purpose=claim.purpose, reason=reason))
    return True


def object_key(media_id: UUID, variant: RenderedVariant) -> str:
    """Named after its content: what a cache has under this name is never anything else."""
    digest = hashlib.sha256(variant.body).hexdigest()[:16]
    return f"{media_urls.folder(media_id)}{digest}-{variant.name}.{_EXTENSIONS[variant.content_type]}"
