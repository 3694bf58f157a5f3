"""Bucket: a picture has arrived under `uploads/`."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from functions.media.service import processing
    from shared import metrics
    from shared.bucket import ArrivedObject, bucket_worker
    from shared.clients import storage
    from shared.log import logger

    startup.connect()


def process(upload: ArrivedObject) -> dict[str, Any] | None:
    """Makes the variants of the picture; None where there was nothing to do. Raises where it has to be redelivered."""
    outcome = processing.run(upload.id, bucket=upload.bucket, key=upload.key)
    if outcome is None:
        return None
    metrics.count(f"Pictures{outcome.title()}")
    summary = {"media_id": str(upload.id), "status": outcome}
    logger().info("picture processed", extra=summary)
    return summary


def remove(bucket: str, key: str) -> None:
    """An object that no upload brought is deleted."""
    logger().warning("an object that no upload brought")
    storage.delete(bucket, key)


handler = bucket_worker(
    r"uploads/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    process,
    answer="media",
    failure="picture failed",
    foreign=remove,
)
