"""What an order's timeline looks like from outside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.ordering.domain.timeline import TimelineEntryRow
from shared.web import ResponseModel


class TimelineEntryKind(StrEnum):
    STATUS = "status"
    SHIPMENT = "shipment"
    RETURN = "return"
    REFUND = "refund"


class TimelineEntry(ResponseModel):
    """Something that happened: to the order's status, or to the shipment, return or refund that `reference` names."""

    kind: TimelineEntryKind
    status: Annotated[str, Field(description="What it became", examples=["paid"])]
    before: Annotated[
        str | None, Field(description="The order's earlier status; null for entries that are not about its status")
    ]
    actor: Annotated[str, Field(description="`customer`, `payment`, `provider`, `ordering`, `system` or `admin`")]
    reference: UUID | None
    amount: Annotated[int | None, Field(description="Of a refund, in minor units")]
    created_at: datetime

    @classmethod
    def of(cls, row: TimelineEntryRow) -> TimelineEntry:
        return cls(**_shown(row), actor=row.actor.partition(":")[0])


class AdminTimelineEntry(TimelineEntry):
    """With who did it (`admin:<user id>`), and why."""

    reason: str | None

    @classmethod
    def of(cls, row: TimelineEntryRow) -> AdminTimelineEntry:
        return cls(**_shown(row), actor=row.actor, reason=row.reason)


def _shown(row: TimelineEntryRow) -> dict[str, object]:
    names = (name for name in TimelineEntry.model_fields if name != "actor")
    return {name: getattr(row, name) for name in names}
