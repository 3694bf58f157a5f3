"""Records the SQL that the code under test sends, to hold a route to its statement budget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from psycopg.sql import Composable


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Every statement executed through psycopg in this process inside the block (BEGIN and COMMIT not counted)."""
    seen: list[str] = []
    execute = psycopg.Cursor.execute

    def record(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(query.as_string() if isinstance(query, Composable) else str(query))
        return execute(self, query, *arguments, **options)

    with patch.object(psycopg.Cursor, "execute", record):
        yield seen
