"""What moderators do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from functions.moderation.domain.action_kinds import ActionKind
from functions.moderation.schemas.reports import TargetReference
from shared.web import RequestModel, ResponseModel


class NewModerationAction(RequestModel):
    """Against the target of a case, or against whose it is."""

    kind: ActionKind
    reason: Annotated[
        str, Field(min_length=1, max_length=500, description="For whom it concerns to read", examples=["Advertising"])
    ]
    ends_at: Annotated[AwareDatetime | None, Field(description="Of a suspension; at most a year from now")] = None
    closes_case: Annotated[bool, Field(description="Whether the case is resolved by it")] = True


class ModerationAction(ResponseModel):
    """Who did what, and why."""

    id: UUID
    kind: ActionKind
    target: TargetReference
    case_id: UUID | None
    moderator_id: UUID | None
    reason: str
    ends_at: datetime | None
    undone_at: datetime | None
    created_at: datetime


class ListedAction(ModerationAction):
    user_id: Annotated[UUID | None, Field(description="Whom it concerns")]
    undoes_id: Annotated[UUID | None, Field(description="The action that this one undoes")]
