"""Reading a file of posts that somebody uploaded: item by item, each wholly or not at all.

A batch of items is a transaction, an item in it a savepoint. What has pictures waits until media has processed them
(`waiting_imports`), as everything that is uploaded. A worker that dies is followed by another, which goes on behind the
last batch; what the died one had committed is known by its place, and brought once by its source. The file, which has
messages that are nobody's business, is deleted as soon as it is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from functions.community.domain.archive_files import (
    MAX_ARCHIVE_BYTES,
    Archive,
    ArchiveNotReadableError,
    open_archive,
)
from functions.community.domain.archive_items import (
    ArchivedItem,
    ArchivedPicture,
    ArchivedPost,
    Outcome,
    read_item,
    source_of,
)
from functions.community.errors import ImportInProgressError, PictureMissingError
from functions.community.repository import post_imports
from functions.community.repository.post_imports import ATTEMPTS, ClaimedImport, ItemRow
from functions.community.service import imported_posts
from functions.community.service.imported_posts import ImportedContent
from shared import correlation, outbox
from shared.clients import database, storage
from shared.clients.database import Connection
from shared.contexts.community.addresses import address
from shared.contexts.media import incoming
from shared.contexts.media.incoming import IncomingPicture
from shared.errors import ProblemError
from shared.identifiers import as_id
from shared.texts import harmless_line

CLAIM_SECONDS: Final = 55.0
"""Less than the minute after which Lambda delivers a failed event again; renewed with every batch."""
BATCH_ITEMS: Final = 25


_Recorded = tuple[UUID, ArchivedPicture]
"""A picture that is stored once its record is committed: its arrival wakes the worker of media."""


def run(import_id: UUID, *, bucket: str, key: str, has_time: Callable[[], bool]) -> bool:
    """Read what is left of the file; False where there is nothing (more) to do.

    Goes on under the correlation id of the request. Raises ImportInProgressError where another worker is at it or the
    time is over: then the event is to be delivered again.
    """
    claim = post_imports.claim(database.connection(), import_id, seconds=CLAIM_SECONDS)
    if claim is None:
        if post_imports.is_open(database.connection(), import_id):
            raise ImportInProgressError
        storage.delete(bucket, key)
        return False
    correlation.accept(claim.correlation_id)
    try:
        if claim.attempts > ATTEMPTS:
            raise ArchiveNotReadableError("broken")
        with tempfile.TemporaryFile() as file:
            storage.download(bucket, key, file, max_bytes=MAX_ARCHIVE_BYTES)
            archive = open_archive(file)
            _run(claim, archive, archive.items(), has_time)
    except ArchiveNotReadableError as error:
        post_imports.fail(database.connection(), import_id, error.reason)
    storage.delete(bucket, key)
    return True


def _run(claim: ClaimedImport, archive: Archive, items: Sequence[Any], has_time: Callable[[], bool]) -> None:
    post_imports.begin(database.connection(), claim.id, items=len(items))
    own_ids = frozenset(filter(None, map(source_of, items)))
    for first in range(claim.done, len(items), BATCH_ITEMS):
        if not has_time():
            post_imports.release(database.connection(), claim.id)
            raise ImportInProgressError("The time is over; the import goes on at the next delivery")
        now = datetime.now(UTC)
        batch = enumerate(items[first : first + BATCH_ITEMS], start=first)
        read = [read_item(written, place, own_ids, now) for place, written in batch]
        _import(claim, archive, read)
        done = first + len(read)
        if not post_imports.advance(database.connection(), claim.id, before=first, done=done, seconds=CLAIM_SECONDS):
            return
    post_imports.complete(database.connection(), claim.id)


def _import(claim: ClaimedImport, archive: Archive, read: Sequence[ArchivedItem]) -> None:
    recorded: list[_Recorded] = []
    with outbox.unit_of_work() as connection:
        known = post_imports.known(connection, claim.id, [item.place for item in read])
        for item in read:
            if item.place not in known:
                recorded += _take(connection, claim, archive, item)
            elif known[item.place] and item.post is not None:  # its pictures may not have been stored
                recorded += zip(known[item.place], item.post.pictures, strict=True)
    for media_id, picture in recorded:
        if (content := _incoming(archive, picture)) is not None:
            incoming.store(media_id, content)


def _take(connection: Connection, claim: ClaimedImport, archive: Archive, item: ArchivedItem) -> list[_Recorded]:
    """The item's end, or the pictures that it waits for."""
    if item.post is None:
        _end(connection, claim, item, item.outcome, item.reason)
        return []
    if _is_here(connection, claim, item.source_id):
        _end(connection, claim, item, Outcome.UNCHANGED)
        return []
    try:
        with connection.transaction():
            if item.post.pictures:
                return _wait(connection, claim, archive, item, item.post)
            post_id = imported_posts.write(connection, ImportedContent.of(item.post, ()), author_id=claim.user_id)
            post_imports.bind_source(connection, claim.user_id, item.source_id, post_id)
            _end(connection, claim, item, Outcome.CREATED, post_id=post_id)
    except ProblemError as problem:
        post_imports.release_source(connection, claim.user_id, item.source_id)
        _end(connection, claim, item, Outcome.REFUSED, imported_posts.reason(problem))
    return []


def _is_here(connection: Connection, claim: ClaimedImport, source_id: str) -> bool:
    """Whether it was brought before, or is the person's own post of this place, out of a copy of their data."""
    own = as_id(source_id.removeprefix(address("posts", "")))
    if own is not None and post_imports.is_own_post(connection, own, claim.user_id):
        return True
    return not post_imports.claim_source(connection, claim.user_id, source_id)


def _wait(
    connection: Connection, claim: ClaimedImport, archive: Archive, item: ArchivedItem, post: ArchivedPost
) -> list[_Recorded]:
    """Raises PictureMissingError, and ValidationError for what no post may be."""
    recorded: list[_Recorded] = []
    for picture in post.pictures:
        content = _incoming(archive, picture)
        if content is None:
            raise PictureMissingError
        recorded.append((incoming.record(connection, content, owner_id=claim.user_id), picture))
    media_ids = [media_id for media_id, _ in recorded]
    imported = ImportedContent.of(post, media_ids)
    imported.content()
    row = ItemRow(item.place, item.source_id, Outcome.WAITING, None, None)
    post_imports.add(connection, claim.id, row, content=imported.as_json(), media_ids=media_ids)
    return recorded


def _incoming(archive: Archive, picture: ArchivedPicture) -> IncomingPicture | None:
    """None where it is not in the archive: nothing is fetched from elsewhere."""
    content = archive.picture(picture.path)
    if content is None:
        return None
    name = harmless_line(picture.path.rsplit("/", 1)[-1]) or "picture"
    return IncomingPicture(file_name=name, content_type=picture.content_type, content=content, purpose="post")


def _end(
    connection: Connection,
    claim: ClaimedImport,
    item: ArchivedItem,
    outcome: Outcome,
    reason: str | None = None,
    *,
    post_id: UUID | None = None,
) -> None:
    post_imports.add(connection, claim.id, ItemRow(item.place, item.source_id, outcome, reason, post_id))
