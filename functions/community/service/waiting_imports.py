"""Imported posts that waited for their pictures: written once media has processed them, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from functions.community.domain.archive_items import Outcome
from functions.community.repository import post_imports
from functions.community.repository.post_imports import ItemRow, WaitingItem
from functions.community.service import imported_posts
from functions.community.service.imported_posts import ImportedContent
from shared import outbox
from shared.clients.database import Connection
from shared.errors import ProblemError

BATCH: Final = 25


def finish(has_time: Callable[[], bool]) -> int:
    """Write the posts whose pictures are there, and refuse those of which one could not be taken; returns how many."""
    total = 0
    while has_time():
        with outbox.unit_of_work() as connection:
            waiting = post_imports.lock_settled(connection, limit=BATCH)
            for item in waiting:
                _finish(connection, item)
            if waiting:
                post_imports.finish(connection, {item.import_id for item in waiting})
        total += len(waiting)
        if len(waiting) < BATCH:
            break
    return total


def _finish(connection: Connection, item: WaitingItem) -> None:
    row = ItemRow(item.place, item.source_id, Outcome.CREATED, None, None)
    try:
        with connection.transaction():
            imported = ImportedContent.from_json(item.content)
            post_id = imported_posts.write(connection, imported, author_id=item.user_id)
            post_imports.bind_source(connection, item.user_id, item.source_id, post_id)
            post_imports.settle(connection, item.import_id, row._replace(post_id=post_id))
    except ProblemError as problem:
        refused = row._replace(outcome=Outcome.REFUSED, reason=imported_posts.reason(problem))
        post_imports.release_source(connection, item.user_id, item.source_id)
        post_imports.settle(connection, item.import_id, refused)
