"""Folders of bookmarks."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import args_row

from shared.clients.database import Connection
from shared.pages import HIGHEST_ID


class Folder(NamedTuple):
    id: UUID
    name: str
    created_at: datetime


_COLUMNS: Final = "id, name, created_at"
_LIST: Final = f"""
SELECT {_COLUMNS} FROM bookmark_folders WHERE user_id = %s AND id < %s ORDER BY id DESC LIMIT %s
"""
_COUNT: Final = "SELECT count(*) AS folders FROM bookmark_folders WHERE user_id = %s"
_INSERT: Final = f"""
INSERT INTO bookmark_folders (user_id, name) VALUES (%s, %s) ON CONFLICT (user_id, name) DO NOTHING RETURNING {_COLUMNS}
"""
_RENAME: Final = f"""
UPDATE bookmark_folders SET name = %(name)s WHERE id = %(id)s AND user_id = %(user_id)s RETURNING {_COLUMNS}
"""
_EXISTS: Final = "SELECT FROM bookmark_folders WHERE id = %s AND user_id = %s"
_DELETE: Final = "DELETE FROM bookmark_folders WHERE id = %s AND user_id = %s"


def page(connection: Connection, user_id: UUID, *, limit: int, below: UUID | None) -> list[Folder]:
    with connection.cursor(row_factory=args_row(Folder)) as cursor:
        return cursor.execute(_LIST, (user_id, below or HIGHEST_ID, limit)).fetchall()


def count(connection: Connection, user_id: UUID) -> int:
    row = connection.execute(_COUNT, (user_id,)).fetchone()
    return 0 if row is None else int(row["folders"])


def insert(connection: Connection, user_id: UUID, name: str) -> Folder | None:
    """None where there is one of this name."""
    with connection.cursor(row_factory=args_row(Folder)) as cursor:
        return cursor.execute(_INSERT, (user_id, name)).fetchone()


class SameNameError(Exception):
    """Another folder of the person's has the name."""


def rename(connection: Connection, user_id: UUID, folder_id: UUID, name: str) -> Folder | None:
    """None where there is no such folder. Raises SameNameError."""
    try:
        with connection.transaction(), connection.cursor(row_factory=args_row(Folder)) as cursor:
            return cursor.execute(_RENAME, {"id": folder_id, "user_id": user_id, "name": name}).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise SameNameError from error


def exists(connection: Connection, user_id: UUID, folder_id: UUID) -> bool:
    return connection.execute(_EXISTS, (folder_id, user_id)).fetchone() is not None


def delete(connection: Connection, user_id: UUID, folder_id: UUID) -> bool:
    """Its bookmarks stay, in no folder."""
    return connection.execute(_DELETE, (folder_id, user_id)).rowcount == 1
