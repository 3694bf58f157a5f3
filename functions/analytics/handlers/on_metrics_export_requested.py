"""Queue of requested exports from the bus: writes files of figures."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.analytics.service import metric_exports
    from functions.analytics.settings import MetricExportSettings
    from shared import settings
    from shared.clients import database
    from shared.contexts.analytics.events import MetricsExportRequested
    from shared.log import logger

    startup.connect()


def export(event: MetricsExportRequested, record: EventRecord) -> None:
    """Writes the file. The export has failed when its message goes to the dead-letter queue."""
    bucket = settings.load(MetricExportSettings).imports_bucket
    try:
        with database.transaction() as connection:
            size = metric_exports.run_export(connection, event.export_id, bucket=bucket)
    except Exception:
        if record.is_last_receive:
            metric_exports.fail(database.connection(), event.export_id)
        raise
    logger().info("export finished" if size is not None else "export was finished before", extra={"bytes": size})


handler = worker({MetricsExportRequested: export}, failure=Failure("export failed"))
