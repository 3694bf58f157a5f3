"""The copy of a person's data, read row by row from every context that holds any (`shared.privacy`)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from shared.clients.database import Connection
from shared.privacy import Person, Section


def person(connection: Connection, user_id: UUID) -> Person | None:
    row = connection.execute(
        "SELECT email, email_verified_at IS NOT NULL AS is_proven FROM users WHERE id = %s", (user_id,)
    ).fetchone()
    return Person(user_id, row["email"], row["is_proven"]) if row else None


def statement(section: Section) -> str:
    """The statement whose rows are the section's entries, as JSON."""
    return f"SELECT to_jsonb(entry)::text AS document FROM ({section.select}) AS entry"


def rows(connection: Connection, section: Section, user_id: UUID, proven: str | None) -> Iterator[str]:
    """The entries of a section, one at a time from the server. `connection` is busy until the last one is taken."""
    with connection.cursor() as cursor:
        for row in cursor.stream(statement(section), {"user_id": user_id, "proven": proven}):
            yield row["document"]
