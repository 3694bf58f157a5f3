"""What moderation tells: decisions about what people publish, and about people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.events import DomainEvent


class ReportCaseDecided(DomainEvent):
    """A moderator has resolved or dismissed what was reported of a target."""

    source = "sharestack.moderation"

    case_id: UUID
    status: str
    target_kind: str
    target_id: UUID


class ModerationActionTaken(DomainEvent):
    """A moderator has hidden, shown or removed something, or has warned, suspended, banned or restored somebody.

    `user_id`: whom it concerns, who reads the reason by the action's id; null for the shop's own.
    """

    source = "sharestack.moderation"

    action_id: UUID
    kind: str
    target_kind: str
    target_id: UUID
    user_id: UUID | None
    ends_at: datetime | None = None


class AppealDecided(DomainEvent):
    """What somebody said to an action is decided; an accepted one has undone the action."""

    source = "sharestack.moderation"

    appeal_id: UUID
    action_id: UUID
    user_id: UUID
    is_accepted: bool
