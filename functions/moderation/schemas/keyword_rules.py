"""Keyword rules as administrators write them and try them out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import ChangeModel, RequestModel, ResponseModel, Version


class RuleAction(StrEnum):
    FLAG = "flag"
    """Written, and shown to moderators."""
    HOLD = "hold"
    """Written, and hidden until a moderator decides."""
    REFUSE = "refuse"
    """Not written."""


Phrase = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        description="Matches in spite of width, case, accents, look-alikes, signs between letters, and"
        " traditional characters; a Latin word as a whole",
        examples=["加微信"],
    ),
]
Language = Annotated[
    str | None, Field(max_length=35, description="Passes over texts that say they are in another", examples=["zh"])
]
Note = Annotated[str, Field(max_length=500, description="Why there is this rule")]


class NewKeywordRule(RequestModel):
    phrase: Phrase
    action: RuleAction
    language: Language = None
    is_active: bool = True
    note: Note = ""


class KeywordRuleChange(ChangeModel):
    version: Version
    phrase: Phrase = ""
    action: RuleAction = RuleAction.FLAG
    language: Language = None
    is_active: bool = True
    note: Note = ""


class KeywordRule(ResponseModel):
    id: UUID
    phrase: str
    action: RuleAction
    language: str | None
    is_active: bool
    note: str
    created_by: UUID | None
    match_count: Annotated[int, Field(description="Places in cases where it matched")]
    version: int
    created_at: datetime
    updated_at: datetime


class DraftRule(RequestModel):
    """A rule that is not written yet."""

    phrase: Phrase
    action: RuleAction = RuleAction.FLAG
    language: Language = None


class KeywordTrial(RequestModel):
    """A text to judge by the rules there are, and by a draft."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, examples=["加.微.信 for signals"])]
    language: Language = None
    rule: DraftRule | None = None


class TrialMatch(ResponseModel):
    rule_id: Annotated[UUID | None, Field(description="Null for the draft")]
    phrase: str
    action: RuleAction
    start: Annotated[int, Field(description="Code points of `text` as it is stored")]
    end: int
    excerpt: str


class KeywordTrialResult(ResponseModel):
    """What would become of the text."""

    text: Annotated[str, Field(description="As it would be stored (normal form C)")]
    outcome: Annotated[str, Field(description="`accept`, or the most severe action", examples=["hold"])]
    matches: list[TrialMatch]
