"""Queue of imports from the bus: fetches the pictures that their files name by addresses elsewhere."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.catalog.errors import PicturesPendingError
    from functions.catalog.service.imports import picture_fetching
    from shared import metrics
    from shared.contexts.catalog.events import PicturesRequested
    from shared.log import logger

    startup.connect()


def fetch(event: PicturesRequested, record: EventRecord) -> None:
    """Fetches what waits. Pictures have failed when their message goes to the dead-letter queue."""
    stored = picture_fetching.fetch(
        event.import_id, time_is_left=record.has_time, is_last_receive=record.is_last_receive
    )
    metrics.count("PicturesFetched", stored)
    logger().info("pictures fetched", extra={"pictures": stored})


handler = worker(
    {PicturesRequested: fetch},
    failure=Failure("pictures failed", expected={PicturesPendingError: "pictures are tried again later"}),
    reserve=40,
)
