"""Posts as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection

COLUMNS: Final = (
    "author_id",
    "body",
    "folded_text",
    "language",
    "sentiment",
    "content_warning",
    "visibility",
    "reply_policy",
    "group_id",
    "quoted_post_id",
)
_NAMES: Final = ", ".join(COLUMNS)
_VALUES: Final = ", ".join(f"%({name})s" for name in COLUMNS)
# The state of the account is part of the write: a token outlives it.
_INSERT: Final = f"""
INSERT INTO posts ({_NAMES}, is_quote, published_at)
SELECT {_VALUES}, %(quoted_post_id)s::uuid IS NOT NULL, now()
WHERE EXISTS (SELECT FROM profiles_people a WHERE a.user_id = %(author_id)s::uuid AND a.standing = 'good')
RETURNING id
"""


def insert(connection: Connection, values: Mapping[str, Any]) -> UUID | None:
    """A published post; `values` are its `COLUMNS`. None where the author may not write."""
    row = connection.execute(_INSERT, values).fetchone()
    return None if row is None else row["id"]
