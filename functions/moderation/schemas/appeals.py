"""What moderators did that concerns the caller, and appeals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from functions.moderation.domain.action_kinds import ActionKind
from functions.moderation.schemas.actions import ModerationAction
from functions.moderation.schemas.reports import PersonReference, TargetReference
from shared.web import RequestModel, ResponseModel


class AppealStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    """The action is undone."""
    REJECTED = "rejected"


class NewAppeal(RequestModel):
    action_id: Annotated[UUID, Field(examples=["01931b6e-7b7a-7c3e-9d5c-2f1a6b0c4d1e"])]
    text: Annotated[str, Field(min_length=1, max_length=4000, examples=["It was a joke among friends"])]


class Appeal(ResponseModel):
    """An appeal of the caller's."""

    id: UUID
    action_id: UUID
    text: str
    status: AppealStatus
    note: Annotated[str | None, Field(description="What the moderator answered")]
    created_at: datetime
    decided_at: datetime | None


class AppealOfAction(ResponseModel):
    id: UUID
    status: AppealStatus
    text: str
    note: str | None
    created_at: datetime
    decided_at: datetime | None


class ConcernedAction(ResponseModel):
    """What moderators did that concerns the caller."""

    id: UUID
    kind: ActionKind
    target: TargetReference
    content: Annotated[dict[str, Any] | None, Field(description="The target as it was reported")]
    reason: str
    ends_at: datetime | None
    undone_at: datetime | None
    created_at: datetime
    appeal: AppealOfAction | None
    appeal_until: Annotated[datetime | None, Field(description="Null where there is nothing to appeal against")]


class AdminAppeal(Appeal):
    """An appeal as moderators read it."""

    user: PersonReference
    action: ModerationAction
    decided_by: UUID | None


class AppealDecision(RequestModel):
    status: Literal[AppealStatus.ACCEPTED, AppealStatus.REJECTED]
    note: Annotated[
        str, Field(min_length=1, max_length=1000, description="For whoever appealed", examples=["We looked again"])
    ]
