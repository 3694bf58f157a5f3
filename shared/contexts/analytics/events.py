"""What analytics hears of from every API: who is there (`shared.activity` sends it). And what it tells its worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.events import DomainEvent
from shared.signals import SOURCE


class SeenPerson(BaseModel):
    user_id: UUID
    seen_at: datetime


class PeopleSeen(DomainEvent):
    """People sent requests, each in another minute than before. It is a signal: no transaction causes it, and it is not
    in the outbox.
    """

    source = SOURCE

    people: list[SeenPerson]


class MetricsExportRequested(DomainEvent):
    """An administrator has asked for a file of figures."""

    source = "sharestack.analytics"

    export_id: UUID
