"""Pictures as the worker takes and finishes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import args_row

from shared.clients.database import Connection


class Claim(NamedTuple):
    """A picture that one worker has to itself until then."""

    id: UUID
    purpose: str
    size_bytes: int
    correlation_id: str
    until: datetime


class Picture(NamedTuple):
    """What is known of a picture that is ready. `variants` are as `shared.web.pictures.PictureVariant` says."""

    width: int
    height: int
    blurhash: str
    url: str
    variants: list[dict[str, Any]]


_CLAIM: Final = """
UPDATE media_files SET status = 'processing', claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND deleted_at IS NULL AND (status = 'pending' OR (status = 'processing' AND claimed_until <= now()))
RETURNING id, purpose, size_bytes, correlation_id, claimed_until
"""
# Only whoever holds the claim says how it ended.
_HELD: Final = "id = %(id)s AND status = 'processing' AND claimed_until = %(until)s AND deleted_at IS NULL"
_READY: Final = f"""
UPDATE media_files
SET status = 'ready', width = %(width)s, height = %(height)s, blurhash = %(blurhash)s, url = %(url)s,
    variants = %(variants)s::jsonb, claimed_until = NULL, finished_at = now(),
    remove_after = now() + make_interval(secs => %(keep_seconds)s)
WHERE {_HELD}
"""  # noqa: S608 - our own constant
_REJECTED: Final = f"""
UPDATE media_files
SET status = 'rejected', reason = %(reason)s, claimed_until = NULL, finished_at = now(),
    remove_after = now() + make_interval(secs => %(keep_seconds)s)
WHERE {_HELD}
"""  # noqa: S608 - our own constant


def claim(connection: Connection, media_id: UUID, *, seconds: float) -> Claim | None:
    """Take a picture that nobody works on, for so many seconds; None where there is nothing to take."""
    with connection.cursor(row_factory=args_row(Claim)) as cursor:
        return cursor.execute(_CLAIM, {"id": media_id, "seconds": seconds}).fetchone()


def status(connection: Connection, media_id: UUID) -> str | None:
    """Of a picture that is not deleted."""
    row = connection.execute(
        "SELECT status FROM media_files WHERE id = %s AND deleted_at IS NULL", (media_id,)
    ).fetchone()
    return None if row is None else row["status"]


def ready(connection: Connection, held: Claim, picture: Picture, *, keep_seconds: int) -> bool:
    """It can be shown, and is kept for so many seconds where nothing does; False where the claim is no more."""
    parameters = {
        **picture._asdict(),
        "variants": orjson.dumps(picture.variants).decode(),
        "id": held.id,
        "until": held.until,
        "keep_seconds": keep_seconds,
    }
    return connection.execute(_READY, parameters).rowcount == 1


def rejected(connection: Connection, held: Claim, reason: str, *, keep_seconds: int) -> bool:
    """It cannot be shown; as `ready`."""
    parameters = {"id": held.id, "until": held.until, "reason": reason, "keep_seconds": keep_seconds}
    return connection.execute(_REJECTED, parameters).rowcount == 1
