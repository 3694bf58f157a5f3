"""How pictures of an import end: shown from media in the place of their addresses, or left at those and reported."""

from __future__ import annotations

from uuid import UUID

from functions.catalog.repository import imported_pictures, imports, product_images
from functions.catalog.repository.imports import ImportRow
from functions.catalog.service.imports import report
from functions.catalog.settings import ProductFileSettings
from shared import outbox, settings
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductChanged


def show(media_id: UUID) -> None:
    """Show a picture that media has processed in the place of its address; of other pictures nothing is known here."""
    with outbox.unit_of_work() as connection:
        picture = imported_pictures.by_media(connection, media_id)
        if picture is None:
            return
        exists = product_images.lock(connection, picture.product_id)
        if not imported_pictures.finish(connection, picture.id):
            return
        if exists and product_images.replace(connection, picture.product_id, picture.url, media_id):
            outbox.record(connection, ProductChanged(product_id=picture.product_id))
        row = imports.settle_pictures(connection, picture.import_id, ready=1)
    _write_report(row)


def reject(media_id: UUID, reason: str) -> None:
    """What was fetched is no picture that can be shown."""
    with outbox.unit_of_work() as connection:
        picture = imported_pictures.by_media(connection, media_id)
        if picture is None:
            return
        row = _fail(connection, picture.import_id, picture.id, f"it is no picture that can be shown ({reason})")
    _write_report(row)


def fail(import_id: UUID, picture_id: UUID, reason: str) -> None:
    """It cannot be fetched."""
    with database.transaction() as connection:
        row = _fail(connection, import_id, picture_id, reason)
    _write_report(row)


def fail_pending(import_id: UUID, reason: str) -> None:
    """What is still to be fetched is given up."""
    with database.transaction() as connection:
        failed = imported_pictures.fail_pending(connection, import_id, reason)
        row = imports.settle_pictures(connection, import_id, failed=failed)
    _write_report(row)


def _fail(connection: Connection, import_id: UUID, picture_id: UUID, reason: str) -> ImportRow | None:
    """The import, where that was news."""
    if not imported_pictures.finish(connection, picture_id, reason=reason):
        return None
    return imports.settle_pictures(connection, import_id, failed=1)


def _write_report(row: ImportRow | None) -> None:
    """The report knows of pictures once the last one has ended; before that it has the rows only."""
    if row is None or row.report_key is None or row.pictures_failed == 0:
        return
    if row.pictures_ready + row.pictures_failed >= row.pictures:
        report.write_pictures(row.id, settings.load(ProductFileSettings).imports_bucket)
