"""Files of digital products."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class DigitalFileRow(NamedTuple):
    id: UUID
    variant_id: UUID | None
    object_key: str
    file_name: str
    content_type: str
    size_bytes: int
    created_at: datetime
    uploaded_at: datetime | None


_COLUMNS: Final = "id, variant_id, object_key, file_name, content_type, size_bytes, created_at, uploaded_at"
_INSERT: Final = f"""
INSERT INTO product_media (id, product_id, variant_id, object_key, file_name, content_type, size_bytes, created_by)
SELECT id, %(product_id)s, %(variant_id)s, %(prefix)s || id, %(file_name)s, %(content_type)s, %(size_bytes)s,
       %(created_by)s
FROM (SELECT uuidv7() AS id) new RETURNING {_COLUMNS}
"""
_OF_PRODUCT: Final = f"""
SELECT {_COLUMNS} FROM product_media WHERE product_id = %s AND deleted_at IS NULL ORDER BY id
"""
_ONE: Final = f"""
SELECT {_COLUMNS} FROM product_media WHERE id = %s AND product_id = %s AND deleted_at IS NULL
"""
_DELETE: Final = f"""
UPDATE product_media SET deleted_at = now() WHERE id = %s AND product_id = %s AND deleted_at IS NULL
RETURNING {_COLUMNS}
"""


def lock_product(connection: Connection, product_id: UUID) -> bool:
    """One change of a product's files at a time; False where there is no such product."""
    row = connection.execute(
        "SELECT id FROM products WHERE id = %s AND deleted_at IS NULL FOR NO KEY UPDATE", (product_id,)
    ).fetchone()
    return row is not None


def digital_variants(connection: Connection, product_id: UUID) -> set[UUID]:
    """Variants of the product that are not shipped."""
    rows = connection.execute(
        "SELECT id FROM variants WHERE product_id = %s AND deleted_at IS NULL AND NOT requires_shipping", (product_id,)
    )
    return {row["id"] for row in rows}


def exists(connection: Connection, product_id: UUID) -> bool:
    row = connection.execute("SELECT id FROM products WHERE id = %s AND deleted_at IS NULL", (product_id,)).fetchone()
    return row is not None


def of_product(connection: Connection, product_id: UUID) -> Sequence[DigitalFileRow]:
    """Oldest first, uploaded or not."""
    with connection.cursor(row_factory=args_row(DigitalFileRow)) as cursor:
        return cursor.execute(_OF_PRODUCT, (product_id,)).fetchall()


def by_id(connection: Connection, product_id: UUID, media_id: UUID) -> DigitalFileRow | None:
    with connection.cursor(row_factory=args_row(DigitalFileRow)) as cursor:
        return cursor.execute(_ONE, (media_id, product_id)).fetchone()


def insert(
    connection: Connection,
    product_id: UUID,
    *,
    prefix: str,
    variant_id: UUID | None,
    file_name: str,
    content_type: str,
    size_bytes: int,
    created_by: UUID,
) -> DigitalFileRow:
    """A file that is not there yet; its object belongs at `object_key`, which is the prefix and the file's id."""
    parameters = {
        "product_id": product_id,
        "prefix": prefix,
        "variant_id": variant_id,
        "file_name": file_name,
        "content_type": content_type,
        "size_bytes": size_bytes,
        "created_by": created_by,
    }
    with connection.cursor(row_factory=args_row(DigitalFileRow)) as cursor:
        row = cursor.execute(_INSERT, parameters).fetchone()
    assert row is not None
    return row


def mark_uploaded(connection: Connection, media_id: UUID) -> None:
    """Its object is there."""
    connection.execute(
        "UPDATE product_media SET uploaded_at = now() WHERE id = %s AND uploaded_at IS NULL", (media_id,)
    )


def delete(connection: Connection, product_id: UUID, media_id: UUID) -> DigitalFileRow | None:
    """Delete the file, whose row stays for its counted downloads; None where there is no such file."""
    with connection.cursor(row_factory=args_row(DigitalFileRow)) as cursor:
        return cursor.execute(_DELETE, (media_id, product_id)).fetchone()
