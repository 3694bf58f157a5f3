"""Mutes, blocks and word filters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, field_validator

from functions.profiles.schemas.fields import Until, refuse_null
from shared.contexts.profiles.schemas import PersonSummary
from shared.web import ChangeModel, RequestModel, ResponseModel
from shared.web.fields import SingleLine

FilterKind = Literal["mute", "block"]
FilterAction = Annotated[
    Literal["hide", "fold"], Field(description="`fold` shows that there is something", examples=["hide"])
]
Phrase = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        description="Compared without case and width. What is written in letters is found as whole words; Han"
        " characters and emoji are found everywhere",
        examples=["giveaway"],
    ),
    SingleLine,
]


class Mute(RequestModel):
    """For ever, or for a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"until": "2027-01-01T00:00:00Z"}]})

    until: Until = None


class ContentFilter(ResponseModel):
    """Somebody whom the caller mutes or blocks."""

    kind: FilterKind
    person: PersonSummary
    until: Annotated[datetime | None, Field(description="When a mute ends by itself")]
    created_at: datetime


class NewWordFilter(RequestModel):
    phrase: Phrase
    action: FilterAction = "hide"
    until: Until = None


class WordFilterChange(ChangeModel):
    """Only what is named changes; `until` null means for ever."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"action": "fold"}]})

    phrase: Phrase | None = None
    action: FilterAction | None = None
    until: Until = None

    @field_validator("phrase", "action", mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        return refuse_null(value)


class WordFilter(ResponseModel):
    """Words that the caller does not want to read; never applied to what they write themselves."""

    id: UUID
    phrase: str
    action: Literal["hide", "fold"]
    until: datetime | None
    created_at: datetime
    updated_at: datetime
