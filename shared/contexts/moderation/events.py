"""What moderation tells the others."""

from __future__ import annotations

from datetime import datetime

from shared.events import DomainEvent


class ModerationChecked(DomainEvent):
    """The schedule ran; nobody acts on it but the context itself."""

    source = "sharestack.moderation"

    checked_at: datetime
