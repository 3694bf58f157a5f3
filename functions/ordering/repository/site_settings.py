"""SQL of what the operator says about the shop."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row
from psycopg.types.json import Jsonb

from functions.ordering.domain.site_settings import SITE_ID, SiteTerms, StoredSite
from shared.clients.database import Connection


class ReadyLogo(NamedTuple):
    """An uploaded picture that can be shown, locked so that it stays."""

    url: str
    media: dict[str, Any]


_COLUMNS: Final = ", ".join(field.name for field in fields(StoredSite))

_FIND: Final = f"SELECT {_COLUMNS} FROM site_settings WHERE id = %s"
_INSERT: Final = f"""
INSERT INTO site_settings (id, name, email, phone, address, time_zone, logo_id, logo)
VALUES (%(id)s, %(name)s, %(email)s, %(phone)s, %(address)s, %(time_zone)s, %(logo_id)s, %(logo)s)
ON CONFLICT (id) DO NOTHING RETURNING {_COLUMNS}
"""
_UPDATE: Final = f"""
UPDATE site_settings SET name = %(name)s, email = %(email)s, phone = %(phone)s, address = %(address)s,
    time_zone = %(time_zone)s, logo_id = %(logo_id)s, logo = %(logo)s, version = version + 1
WHERE id = %(id)s RETURNING {_COLUMNS}
"""
_LOGO: Final = "SELECT url, media FROM media_pictures WHERE id = %s AND purpose = 'site' FOR SHARE"


def find(connection: Connection, *, locked: bool = False) -> StoredSite | None:
    """None where nobody has written anything yet."""
    with connection.cursor(row_factory=class_row(StoredSite)) as cursor:
        return cursor.execute(_FIND + (" FOR NO KEY UPDATE" if locked else ""), (SITE_ID,)).fetchone()


def insert(connection: Connection, terms: SiteTerms, logo: dict[str, Any] | None) -> StoredSite | None:
    """The first settings; None where somebody has written them meanwhile."""
    with connection.cursor(row_factory=class_row(StoredSite)) as cursor:
        return cursor.execute(_INSERT, _values(terms, logo)).fetchone()


def update(connection: Connection, terms: SiteTerms, logo: dict[str, Any] | None) -> StoredSite:
    """Write the settings, and count their version up. They are there, and locked."""
    with connection.cursor(row_factory=class_row(StoredSite)) as cursor:
        updated = cursor.execute(_UPDATE, _values(terms, logo)).fetchone()
    assert updated is not None
    return updated


def ready_logo(connection: Connection, media_id: UUID) -> ReadyLogo | None:
    """The picture for the shop under this id, if it can be shown."""
    with connection.cursor(row_factory=args_row(ReadyLogo)) as cursor:
        return cursor.execute(_LOGO, (media_id,)).fetchone()


def _values(terms: SiteTerms, logo: dict[str, Any] | None) -> dict[str, Any]:
    return {**asdict(terms), "id": SITE_ID, "logo": None if logo is None else Jsonb(logo)}
