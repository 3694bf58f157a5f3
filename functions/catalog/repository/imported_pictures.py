"""Pictures that product files name by an address elsewhere: to be fetched, fetched, failed. One for each address of a
product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class WantedPicture(NamedTuple):
    """A picture that a row of a file names."""

    product_id: UUID
    url: str
    row: int


class ClaimedPicture(NamedTuple):
    """A picture that only one worker may fetch until its claim ends."""

    id: UUID
    url: str
    attempts: int


class StoredPicture(NamedTuple):
    """A picture of an import, whatever its state."""

    id: UUID
    import_id: UUID
    product_id: UUID
    url: str


class FailedPicture(NamedTuple):
    row: int
    handle: str
    url: str
    reason: str


@dataclass(slots=True)
class ProductPictures:
    """Of one product: addresses of pictures that were fetched, by those that they had, and addresses that are being
    fetched.
    """

    ready: dict[str, str] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)


_OF_PRODUCTS: Final = """
SELECT p.product_id, p.url, p.status, m.url AS ready_url
FROM imported_pictures p LEFT JOIN media_pictures m ON m.id = p.media_id
WHERE p.product_id = ANY(%s) AND p.status IN ('pending', 'stored', 'ready')
"""
# What failed, or what nothing shows any more, is fetched anew.
_REQUEST: Final = """
INSERT INTO imported_pictures (import_id, product_id, url, file_row)
SELECT %(import_id)s, p.product_id, p.url, min(p.file_row)
FROM unnest(%(product_ids)s::uuid[], %(urls)s::text[], %(rows)s::int[]) AS p(product_id, url, file_row)
GROUP BY p.product_id, p.url ORDER BY min(p.file_row)
ON CONFLICT (product_id, url) DO UPDATE
SET import_id = excluded.import_id, file_row = excluded.file_row, status = 'pending', reason = NULL, attempts = 0,
    media_id = NULL, not_before = now(), finished_at = NULL
WHERE imported_pictures.status IN ('ready', 'failed')
"""
_CLAIM: Final = """
UPDATE imported_pictures SET not_before = now() + make_interval(secs => %(seconds)s), attempts = attempts + 1
WHERE id = (
    SELECT id FROM imported_pictures WHERE import_id = %(import_id)s AND status = 'pending' AND not_before <= now()
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING id, url, attempts
"""
_BY_MEDIA: Final = """
SELECT id, import_id, product_id, url FROM imported_pictures
WHERE media_id = %s AND status IN ('pending', 'stored')
"""
_FINISH: Final = """
UPDATE imported_pictures SET status = %(status)s, reason = %(reason)s, finished_at = now()
WHERE id = %(id)s AND status IN ('pending', 'stored')
"""
_FAILED: Final = """
SELECT i.file_row, coalesce(p.import_handle, p.slug) AS handle, i.url, coalesce(i.reason, '') AS reason
FROM imported_pictures i JOIN products p ON p.id = i.product_id
WHERE i.import_id = %s AND i.status = 'failed' ORDER BY i.file_row, i.id
"""


def of_products(connection: Connection, product_ids: Sequence[UUID]) -> dict[UUID, ProductPictures]:
    """The pictures of products that were fetched or are being fetched; nothing for a product without any."""
    pictures: dict[UUID, ProductPictures] = {}
    for row in connection.execute(_OF_PRODUCTS, (list(product_ids),)):
        of_product = pictures.setdefault(row["product_id"], ProductPictures())
        if row["status"] != "ready":
            of_product.pending.add(row["url"])
        elif row["ready_url"] is not None:
            of_product.ready[row["url"]] = row["ready_url"]
    return pictures


def request(connection: Connection, import_id: UUID, wanted: Sequence[WantedPicture]) -> int:
    """Record that they are to be fetched; returns how many are, without those that are being fetched already."""
    parameters = {
        "import_id": import_id,
        "product_ids": [picture.product_id for picture in wanted],
        "urls": [picture.url for picture in wanted],
        "rows": [picture.row for picture in wanted],
    }
    return connection.execute(_REQUEST, parameters).rowcount


def claim(connection: Connection, import_id: UUID, *, seconds: float) -> ClaimedPicture | None:
    """Claim the next picture of the import, for so many seconds; None where there is none to fetch now."""
    with connection.cursor(row_factory=args_row(ClaimedPicture)) as cursor:
        return cursor.execute(_CLAIM, {"import_id": import_id, "seconds": seconds}).fetchone()


def is_pending(connection: Connection, import_id: UUID) -> bool:
    """Whether a picture of the import is still to be fetched, now or later."""
    statement = "SELECT EXISTS (SELECT FROM imported_pictures WHERE import_id = %s AND status = 'pending') AS pending"
    row = connection.execute(statement, (import_id,)).fetchone()
    return row is not None and bool(row["pending"])


def set_media(connection: Connection, picture_id: UUID, media_id: UUID) -> None:
    """The upload that the picture is about to become."""
    connection.execute("UPDATE imported_pictures SET media_id = %s WHERE id = %s", (media_id, picture_id))


def mark_stored(connection: Connection, picture_id: UUID) -> None:
    """Its file is stored, and is processed by media."""
    connection.execute(
        "UPDATE imported_pictures SET status = 'stored' WHERE id = %s AND status = 'pending'", (picture_id,)
    )


def by_media(connection: Connection, media_id: UUID) -> StoredPicture | None:
    """The picture that became this upload and has not ended. It is locked behind its product, as imports do."""
    with connection.cursor(row_factory=args_row(StoredPicture)) as cursor:
        return cursor.execute(_BY_MEDIA, (media_id,)).fetchone()


def finish(connection: Connection, picture_id: UUID, *, reason: str | None = None) -> bool:
    """It is shown, or has failed for the reason; False where it had ended before."""
    parameters = {"id": picture_id, "status": "ready" if reason is None else "failed", "reason": reason}
    return connection.execute(_FINISH, parameters).rowcount == 1


def fail_pending(connection: Connection, import_id: UUID, reason: str) -> int:
    """Give up what is still to be fetched; returns how many that were."""
    return connection.execute(
        "UPDATE imported_pictures SET status = 'failed', reason = %s, finished_at = now()"
        " WHERE import_id = %s AND status = 'pending'",
        (reason, import_id),
    ).rowcount


def failed(connection: Connection, import_id: UUID) -> list[FailedPicture]:
    """Pictures of the import that could not be fetched, by row."""
    with connection.cursor(row_factory=args_row(FailedPicture)) as cursor:
        return cursor.execute(_FAILED, (import_id,)).fetchall()
