"""Login sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.web import ResponseModel


class UserSession(ResponseModel):
    """A session that can be refreshed."""

    id: UUID
    user_agent: str
    """What the browser or application called itself when it was last heard of."""
    created_at: datetime
    last_used_at: datetime
    """When it last requested tokens, which is every 15 minutes while it is used."""


class Session(UserSession):
    current: bool
    """Whether it is the one that asks."""
