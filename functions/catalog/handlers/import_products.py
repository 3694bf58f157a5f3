"""Bucket: an uploaded product file has arrived under `imports/`."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from functions.catalog.service.imports.run import run_import
    from shared import metrics
    from shared.bucket import ArrivedObject, bucket_worker
    from shared.log import logger

    startup.connect()


def import_file(file: ArrivedObject) -> dict[str, Any] | None:
    """Imports the file; None where that was done before. Raises where the import is to be delivered again."""
    row = run_import(file.id, bucket=file.bucket, key=file.key, time_is_left=file.has_time)
    if row is None:
        return None
    summary = {
        "import_id": str(row.id),
        "status": row.status,
        "rows": row.rows,
        "products_created": row.products_created,
        "products_updated": row.products_updated,
        "products_unchanged": row.products_unchanged,
        "errors": row.error_count,
    }
    metrics.count("ImportedRows", row.rows)
    metrics.count("ImportRowErrors", row.error_count)
    logger().info("import finished", extra=summary)
    return summary


def leave(_bucket: str, _key: str) -> None:
    """An object that is no import stays where it is."""
    logger().warning("an object that no import wrote")


handler = bucket_worker(
    r"imports/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.csv",
    import_file,
    answer="imports",
    failure="import failed",
    foreign=leave,
    reserve=20,
)
