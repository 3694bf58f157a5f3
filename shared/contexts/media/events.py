"""Events of media about uploaded pictures."""

from __future__ import annotations

from uuid import UUID

from shared.events import DomainEvent


class MediaReady(DomainEvent):
    """An uploaded picture can be shown."""

    source = "sharestack.media"

    media_id: UUID
    purpose: str
    url: str
    width: int
    height: int


class MediaRejected(DomainEvent):
    """What was uploaded is no picture that can be shown; `reason` is a code."""

    source = "sharestack.media"

    media_id: UUID
    purpose: str
    reason: str
