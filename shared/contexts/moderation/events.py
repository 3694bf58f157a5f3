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


class ReportDecided(DomainEvent):
    """The same for one of those who reported it: `user_id`, `email` and `language` are the reporter's, who is told
    neither whose it is nor what was done.
    """

    source = "sharestack.moderation"

    report_id: UUID
    user_id: UUID
    email: str
    language: str
    status: str
    target_kind: str


class ModerationActionTaken(DomainEvent):
    """A moderator has hidden, shown or removed something, or has warned, suspended, banned or restored somebody.

    `user_id`: whom it concerns; null for the shop's own. `email` and `language` are null where nobody is told.
    """

    source = "sharestack.moderation"

    action_id: UUID
    kind: str
    target_kind: str
    target_id: UUID
    user_id: UUID | None
    email: str | None = None
    language: str | None = None
    reason: str = ""
    """For whom it concerns."""
    ends_at: datetime | None = None
    appeal_ends_at: datetime | None = None
    """Null for what nobody appeals against."""


class AppealDecided(DomainEvent):
    """What somebody said to an action is decided; an accepted one has undone the action."""

    source = "sharestack.moderation"

    appeal_id: UUID
    action_id: UUID
    user_id: UUID
    is_accepted: bool
    action_kind: str = ""
    target_kind: str = ""
    email: str | None = None
    language: str | None = None
    note: str = ""
