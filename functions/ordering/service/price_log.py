"""What administrators changed about prices: coupons, shipping, taxes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.repository import pricing_changes
from functions.ordering.repository.pricing_changes import ChangeRow
from functions.ordering.service.newest_first import START, cut
from shared.clients.database import Connection


def page(
    connection: Connection, *, entity_id: UUID | None, before: UUID | None, limit: int
) -> tuple[Sequence[ChangeRow], UUID | None]:
    """Newest first, of everything or of one, and the id to go on below (None at the end)."""
    rows = pricing_changes.page(connection, entity_id=entity_id, before=before or START, limit=limit + 1)
    return cut(rows, limit)
