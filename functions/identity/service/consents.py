"""Consents of users, as they read them. `shared.contexts.identity.consents` writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.identity import consent_records
from shared.contexts.identity.consent_records import ConsentRow

SHOWN_CHANGES: Final = 100


@dataclass(frozen=True, slots=True)
class ConsentState:
    """The consents in force, and the last changes."""

    current: Mapping[str, ConsentRow]
    history: Sequence[ConsentRow]


def of(connection: Connection, user_id: UUID) -> ConsentState:
    """The consents of the user."""
    history = consent_records.history(connection, user_id, limit=SHOWN_CHANGES)
    return ConsentState(consent_records.current(connection, user_id), history)
