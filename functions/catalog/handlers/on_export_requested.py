"""Queue of requested exports from the bus: writes product files."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.catalog.errors import ExportInProgressError
    from functions.catalog.service import exports
    from functions.catalog.settings import ProductFileSettings
    from shared import metrics, settings
    from shared.clients import database
    from shared.contexts.catalog.events import ProductExportRequested
    from shared.log import logger

    startup.connect()


def export(event: ProductExportRequested, record: EventRecord) -> None:
    """Writes the files that are left. The export has failed when its message goes to the dead-letter queue."""
    connection = database.connection()
    bucket = settings.load(ProductFileSettings).imports_bucket
    try:
        row = exports.run_export(connection, event.export_id, bucket=bucket, time_is_left=record.has_time)
    except Exception:
        if record.is_last_receive:
            exports.fail(connection, event.export_id)
        raise
    if row is None:
        logger().info("export was finished before")
        return
    metrics.count("ExportedProducts", row.products)
    logger().info("export finished", extra={"products": row.products, "files": len(row.files)})


handler = worker(
    {ProductExportRequested: export},
    failure=Failure("export failed", expected={ExportInProgressError: "export is not finished"}),
    reserve=60,
)
