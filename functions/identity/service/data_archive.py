"""The archive itself: one JSON file for each sort of data, and a file that says what is in them and what is not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Final
from uuid import UUID

import orjson

from functions.identity.repository import personal_data
from shared import privacy
from shared.clients.database import Connection
from shared.privacy import OrderedCollection, PersonalData, Section

_ABOUT: Final = "about.json"


def write(connection: Connection, user_id: UUID, file: IO[bytes]) -> None:
    """Write the archive of everything about the user; a row at a time is in memory.

    Each file is an array of objects, or a collection of another standard. Times are UTC, amounts are in minor units of
    their currency.
    """
    person = personal_data.person(connection, user_id)
    proven = person.proven if person else None
    counts: dict[str, int] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, section in sections().items():
            with archive.open(f"{name}.json", "w") as entry:
                rows = personal_data.rows(connection, section, user_id, proven)
                counts[name] = _write_rows(entry, rows, section.collection, user_id)
        archive.writestr(_ABOUT, _about(user_id, counts))


def sections() -> dict[str, Section]:
    """The files of the archive by name, the account first."""
    return {name: section for contract in _contracts() for name, section in contract.sections.items()}


def _contracts() -> list[PersonalData]:
    return list(reversed(privacy.contracts().values()))


def _write_rows(entry: IO[bytes], rows: Iterator[str], collection: OrderedCollection | None, user_id: UUID) -> int:
    count = 0
    entry.write(b'{"orderedItems": [' if collection else b"[")
    for row in rows:
        entry.write(b",\n" if count else b"\n")
        entry.write(orjson.dumps(collection.entry(orjson.loads(row))) if collection else row.encode())
        count += 1
    entry.write(b"\n]")
    if collection:
        entry.write(b", " + orjson.dumps(collection.around(user_id, count)).removeprefix(b"{"))
    entry.write(b"\n")
    return count


def _about(user_id: UUID, counts: dict[str, int]) -> bytes:
    document = {
        "user_id": user_id,
        "made_at": datetime.now(UTC),
        "files": {
            f"{name}.json": {"what": section.what, "entries": counts[name]} for name, section in sections().items()
        },
        "not_here": {what: why for contract in _contracts() for what, why in contract.not_copied.items()},
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
