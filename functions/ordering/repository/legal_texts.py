"""SQL of legal texts."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from psycopg.rows import class_row

from functions.ordering.domain.site_settings import StoredLegalText
from shared.clients.database import Connection

_COLUMNS: Final = ", ".join(field.name for field in fields(StoredLegalText))

_FIND: Final = f"SELECT {_COLUMNS} FROM legal_texts WHERE name = %s AND language = %s"
_INSERT: Final = f"""
INSERT INTO legal_texts (name, language, markdown) VALUES (%s, %s, %s)
ON CONFLICT (name, language) DO NOTHING RETURNING {_COLUMNS}
"""
_UPDATE: Final = f"""
UPDATE legal_texts SET markdown = %s, version = version + 1 WHERE name = %s AND language = %s RETURNING {_COLUMNS}
"""


def find(connection: Connection, name: str, language: str, *, locked: bool = False) -> StoredLegalText | None:
    """None where nobody has written it yet."""
    with connection.cursor(row_factory=class_row(StoredLegalText)) as cursor:
        return cursor.execute(_FIND + (" FOR NO KEY UPDATE" if locked else ""), (name, language)).fetchone()


def insert(connection: Connection, name: str, language: str, markdown: str) -> StoredLegalText | None:
    """The text; None where somebody has written it meanwhile."""
    with connection.cursor(row_factory=class_row(StoredLegalText)) as cursor:
        return cursor.execute(_INSERT, (name, language, markdown)).fetchone()


def update(connection: Connection, name: str, language: str, markdown: str) -> StoredLegalText:
    """Write the text, and count its version up. It is there, and locked."""
    with connection.cursor(row_factory=class_row(StoredLegalText)) as cursor:
        updated = cursor.execute(_UPDATE, (markdown, name, language)).fetchone()
    assert updated is not None
    return updated
