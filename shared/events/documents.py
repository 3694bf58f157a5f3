"""What every event is, and how it travels."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class DomainEvent(BaseModel):
    """Something that happened, told in the past tense. New fields need a default: old events are still queued."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: ClassVar[str]

    @classmethod
    def detail_type(cls) -> str:
        """The EventBridge detail type: the class's name."""
        return cls.__name__


class EventEnvelope(BaseModel):
    """What stands under `detail` on the bus."""

    id: UUID
    type: str
    occurred_at: datetime
    correlation_id: str
    data: dict[str, Any]


class BusMessage(BaseModel):
    """What EventBridge hands to a target (EventBridge user guide, "Event structure"), as far as we read it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str
    detail_type: str = Field(alias="detail-type")
    detail: EventEnvelope
