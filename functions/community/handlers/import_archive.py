"""Bucket: a file of posts that somebody brings from elsewhere has arrived under `archives/`."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from functions.community.service import archive_import
    from shared.bucket import ArrivedObject, bucket_worker
    from shared.log import logger

    startup.connect()


def import_file(file: ArrivedObject) -> dict[str, Any] | None:
    """Reads the file; None where that was done before. Raises where the import is to be delivered again."""
    if not archive_import.run(file.id, bucket=file.bucket, key=file.key, has_time=file.has_time):
        return None
    logger().info("archive read", extra={"import_id": str(file.id)})
    return {"import_id": str(file.id)}


def leave(_bucket: str, _key: str) -> None:
    """An object that is no archive stays where it is."""
    logger().warning("an object that no import of posts wrote")


handler = bucket_worker(
    r"archives/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    import_file,
    answer="imports",
    failure="import of posts failed",
    foreign=leave,
    reserve=20,
)
