"""What media holds about people: who uploaded which picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.privacy import Erasure, PersonalData, Section

_UPLOADS: Final = """
SELECT purpose, file_name, content_type, size_bytes, status, url, created_at FROM media_files
WHERE owner_id = %(user_id)s AND deleted_at IS NULL ORDER BY id
"""
# The sweep removes the objects; what an administrator uploaded for a product or the shop stays.
_ERASE: Final = """
UPDATE media_files SET owner_id = NULL, file_name = '',
    remove_after = CASE WHEN purpose IN ('product', 'site') THEN remove_after ELSE now() END
WHERE owner_id = %(user_id)s
"""


class _Media(PersonalData):
    lock_order = 50
    erased = ("media_files",)
    sections: ClassVar[Mapping[str, Section]] = {"uploads": Section("Pictures that were uploaded", _UPLOADS)}

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        connection.execute(_ERASE, {"user_id": erasure.person.user_id})


PERSONAL_DATA: Final = _Media()
