"""Consent of customers to offers."""

from __future__ import annotations

from uuid import UUID

from shared.clients.database import Connection


def accepts_offers(connection: Connection, user_id: UUID) -> bool:
    """Whether the customer still consents to marketing mail."""
    row = connection.execute(
        "SELECT 1 FROM identity_contacts WHERE id = %s AND accepts_marketing", (user_id,)
    ).fetchone()
    return row is not None
