"""Claims of the worker on pictures, and how their processing ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import args_row

from shared.clients.database import Connection


class Claim(NamedTuple):
    """A picture that only one worker may process until then."""

    id: UUID
    purpose: str
    size_bytes: int
    correlation_id: str
    until: datetime


class Picture(NamedTuple):
    """A picture that is ready; `variants` are `shared.contexts.media.schemas.PictureVariant` as JSON."""

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
# Only the holder of the claim may end it.
_CLAIMED: Final = "id = %(id)s AND status = 'processing' AND claimed_until = %(until)s AND deleted_at IS NULL"
_MARK_READY: Final = f"""
UPDATE media_files
SET status = 'ready', width = %(width)s, height = %(height)s, blurhash = %(blurhash)s, url = %(url)s,
    variants = %(variants)s::jsonb, claimed_until = NULL, finished_at = now(),
    remove_after = now() + make_interval(secs => %(keep_seconds)s)
WHERE {_CLAIMED}
"""
_MARK_REJECTED: Final = f"""
UPDATE media_files
SET status = 'rejected', reason = %(reason)s, claimed_until = NULL, finished_at = now(),
    remove_after = now() + make_interval(secs => %(keep_seconds)s)
WHERE {_CLAIMED}
"""


def acquire(connection: Connection, media_id: UUID, *, seconds: float) -> Claim | None:
    """Claim a picture that no worker processes, for so many seconds; None where there is none to process."""
    with connection.cursor(row_factory=args_row(Claim)) as cursor:
        return cursor.execute(_CLAIM, {"id": media_id, "seconds": seconds}).fetchone()


def status(connection: Connection, media_id: UUID) -> str | None:
    """The status of a picture; None where there is none or it is deleted."""
    row = connection.execute(
        "SELECT status FROM media_files WHERE id = %s AND deleted_at IS NULL", (media_id,)
    ).fetchone()
    return None if row is None else row["status"]


def mark_ready(connection: Connection, claim: Claim, picture: Picture, *, keep_seconds: int) -> bool:
    """Record that it can be shown; unused, it is stored for so many seconds. False where the claim has expired."""
    parameters = {
        **picture._asdict(),
        "variants": orjson.dumps(picture.variants).decode(),
        "id": claim.id,
        "until": claim.until,
        "keep_seconds": keep_seconds,
    }
    return connection.execute(_MARK_READY, parameters).rowcount == 1


def mark_rejected(connection: Connection, claim: Claim, reason: str, *, keep_seconds: int) -> bool:
    """Record that it cannot be shown; parameters and result as of `mark_ready`."""
    parameters = {"id": claim.id, "until": claim.until, "reason": reason, "keep_seconds": keep_seconds}
    return connection.execute(_MARK_REJECTED, parameters).rowcount == 1
