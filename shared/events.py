"""What every event is, and how it travels. Validation errors never quote an event: it may be about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class DomainEvent(BaseModel):
    """Something that happened, told in the past tense. New fields need a default: old events are still queued."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    source: ClassVar[str]

    @classmethod
    def detail_type(cls) -> str:
        """The EventBridge detail type: the class's name."""
        return cls.__name__


class EventEnvelope(BaseModel):
    """What stands under `detail` on the bus."""

    model_config = ConfigDict(hide_input_in_errors=True)

    id: UUID
    type: str
    occurred_at: datetime
    correlation_id: str
    data: dict[str, Any]


class BusMessage(BaseModel):
    """What EventBridge hands to a target (EventBridge user guide, "Event structure"), as far as we read it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    source: str
    detail_type: str = Field(alias="detail-type")
    detail: EventEnvelope
