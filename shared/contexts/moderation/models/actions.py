"""What moderators do, what of it is in force against people, and what these say to it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.reports import ReportCase
from shared.tables.base import Base, Id, Instant, Now, reference


class ModerationAction(Base):
    """One act of a moderator against a target or against its owner, with the reason that the owner reads."""

    __tablename__ = "moderation_actions"
    __table_args__ = (
        Index("ix_moderation_actions_subject", "subject_id", "id"),
        Index("ix_moderation_actions_target", "target_kind", "target_id", "id"),
        Index("ix_moderation_actions_case", "case_id", "id"),
        Index("ix_moderation_actions_moderator_id", "moderator_id"),
        Index("ix_moderation_actions_undoes_id", "undoes_id"),
        Index("ix_moderation_actions_created_at", "created_at"),
        CheckConstraint("kind IN ('hide', 'unhide', 'remove', 'warn', 'suspend', 'ban', 'lift')", name="kind"),
        CheckConstraint("ends_at IS NULL OR kind = 'suspend'", name="ends_at"),
    )

    id: Mapped[Id]
    case_id: Mapped[UUID | None] = mapped_column(reference(ReportCase.id, on_delete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(20))
    target_kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[UUID]
    subject_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    """Whom it concerns, who may appeal."""
    moderator_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(500))
    ends_at: Mapped[Instant | None]
    """When a suspension ends by itself."""
    undone_at: Mapped[Instant | None]
    """When another action took its effect back."""
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("moderation_actions.id", ondelete="SET NULL"))
    """The action whose effect this one takes back."""
    created_at: Mapped[Now]


class Sanction(Base):
    """A warning, suspension or ban of a person. The heaviest in force makes their standing."""

    __tablename__ = "sanctions"
    __table_args__ = (
        Index("uq_sanctions_action_id", "action_id", unique=True),
        Index("ix_sanctions_user", "user_id", "id"),
        CheckConstraint("kind IN ('warn', 'suspend', 'ban')", name="kind"),
    )

    id: Mapped[Id]
    action_id: Mapped[UUID] = mapped_column(reference(ModerationAction.id, on_delete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    ends_at: Mapped[Instant | None]
    """When it ends by itself; null for ever."""
    lifted_at: Mapped[Instant | None]
    created_at: Mapped[Now]


class Appeal(Base):
    """What somebody says to an action that concerns them; once for each."""

    __tablename__ = "appeals"
    __table_args__ = (
        Index("uq_appeals_action_id", "action_id", unique=True),
        Index("ix_appeals_queue", "status", "id"),
        Index("ix_appeals_user", "user_id", "id"),
        CheckConstraint("status IN ('open', 'accepted', 'rejected')", name="status"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided_at"),
    )

    id: Mapped[Id]
    action_id: Mapped[UUID] = mapped_column(reference(ModerationAction.id, on_delete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), server_default=text("'open'"))
    decided_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    decided_at: Mapped[Instant | None]
    decision_note: Mapped[str | None] = mapped_column(String(1000))
    """For whoever appealed."""
    created_at: Mapped[Now]
