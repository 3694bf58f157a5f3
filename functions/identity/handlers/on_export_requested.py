"""Queue of people who want a copy of their data, from the bus: writes it, and has them notified."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.identity.service import data_exports
    from functions.identity.settings import ExportSettings
    from shared import metrics, settings
    from shared.clients import database
    from shared.contexts.identity.events import PersonalDataExportRequested
    from shared.log import logger

    startup.connect()


def export(event: PersonalDataExportRequested, record: EventRecord) -> None:
    """Writes the copy. The export has failed when its message goes to the dead-letter queue."""
    connection = database.connection()
    try:
        written = data_exports.run(connection, event, bucket=settings.load(ExportSettings).imports_bucket)
    except Exception:
        if record.is_last_receive:
            data_exports.give_up(database.connection(), event.export_id)
        raise
    metrics.count("PersonalDataExports", int(written))
    logger().info("copy of personal data written" if written else "this copy is not needed any more")


handler = worker({PersonalDataExportRequested: export}, failure=Failure("copy of personal data failed"))
