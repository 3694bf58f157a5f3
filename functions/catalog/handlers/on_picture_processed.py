"""Queue of processed pictures from the bus: products show those that an import had fetched."""

from __future__ import annotations

from collections.abc import Callable

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.catalog.service.imports import picture_outcomes
    from shared.contexts.media.events import MediaReady, MediaRejected

    startup.connect()


def take_over(event: MediaReady | MediaRejected, _record: EventRecord) -> None:
    """The picture takes the place of its old address; that of a rejected one stays, and the report says so."""
    if isinstance(event, MediaReady):
        picture_outcomes.show(event.media_id)
    else:
        picture_outcomes.reject(event.media_id, event.reason)


_ACTIONS: dict[type[MediaReady | MediaRejected], Callable[[MediaReady | MediaRejected, EventRecord], None]] = {
    MediaReady: take_over,
    MediaRejected: take_over,
}

handler = worker(_ACTIONS, failure=Failure("a picture was not taken over"))
