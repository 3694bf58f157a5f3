"""Pictures that product files name by addresses elsewhere: fetched, and handed to media.

Until media has processed them, and where that fails, the product shows the address of the file. A picture is claimed
before it is fetched, so that several workers share them; what fails for the moment is tried again by the next delivery.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import UUID

from functions.catalog.errors import PicturesPendingError
from functions.catalog.repository import imported_pictures, imports
from functions.catalog.repository.imported_pictures import ClaimedPicture
from functions.catalog.repository.imports import ImportRow
from functions.catalog.service.imports import picture_outcomes
from functions.catalog.settings import PictureFetchSettings
from shared import outbox, settings
from shared.clients import database, public_web
from shared.clients.public_web import Fetched, FetchError
from shared.contexts.catalog.events import PicturesRequested
from shared.contexts.media import incoming
from shared.contexts.media.incoming import IncomingPicture
from shared.contexts.media.uploads import MAX_FILE_BYTES
from shared.log import logger
from shared.texts import harmless_line

FETCH_SECONDS: Final = 20.0
"""For one picture, redirects included."""
CLAIM_SECONDS: Final = 60.0
"""Longer than fetching and storing takes; also how long a picture that failed for the moment is left alone."""
MAX_ATTEMPTS: Final = 3
_NO_FOLDERS: Final = str.maketrans("", "", "/\\")
_NO_ANSWER: Final = "it could not be fetched in several attempts"


def fetch(import_id: UUID, *, time_is_left: Callable[[], bool], is_last_receive: bool) -> int:
    """Fetch the import's pictures that wait; returns how many are stored.

    Where the time is over, another event is for the rest. Raises PicturesPendingError where some are to be tried again
    later; on the last receive these are given up.
    """
    row = imports.by_id(database.connection(), import_id)
    if row is None:
        return 0
    stored = 0
    while time_is_left():
        picture = imported_pictures.claim(database.connection(), import_id, seconds=CLAIM_SECONDS)
        if picture is None:
            break
        stored += _fetch(row, picture)
    else:
        with outbox.unit_of_work() as connection:
            outbox.record(connection, PicturesRequested(import_id=import_id))
        return stored
    if imported_pictures.is_pending(database.connection(), import_id):
        if not is_last_receive:
            raise PicturesPendingError
        picture_outcomes.fail_pending(import_id, _NO_ANSWER)
    return stored


def _fetch(row: ImportRow, picture: ClaimedPicture) -> bool:
    """Fetch one picture and hand it to media; False where that failed."""
    allow_loopback = settings.load(PictureFetchSettings).allows_loopback
    try:
        fetched = public_web.fetch(
            picture.url, max_bytes=MAX_FILE_BYTES, seconds=FETCH_SECONDS, allow_loopback=allow_loopback
        )
        if not fetched.content:
            raise FetchError("the answer is empty")
    except FetchError as error:
        logger().info("a picture was not fetched", extra={"picture_id": str(picture.id), "reason": str(error)})
        if not error.is_passing or picture.attempts >= MAX_ATTEMPTS:
            picture_outcomes.fail(row.id, picture.id, str(error))
        return False
    _store(row, picture, fetched)
    return True


def _file_name(url: str) -> str:
    """The last part of the address, as the API takes names of files: what it would refuse is left out."""
    return harmless_line(unquote(urlsplit(url).path.rpartition("/")[2])).translate(_NO_FOLDERS) or "picture"


def _store(row: ImportRow, picture: ClaimedPicture, fetched: Fetched) -> None:
    upload = IncomingPicture(
        file_name=_file_name(picture.url),
        content_type=fetched.content_type,
        content=fetched.content,
    )
    with database.transaction() as connection:
        media_id = incoming.record(connection, upload, owner_id=row.requested_by)
        imported_pictures.set_media(connection, picture.id, media_id)
    incoming.store(media_id, upload)
    imported_pictures.mark_stored(database.connection(), picture.id)
