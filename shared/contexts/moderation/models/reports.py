"""Reports of what people publish, and the cases that moderators decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class ReportCase(Base):
    """All that was reported of one target, and what screening noticed in it, until a moderator decides."""

    __tablename__ = "report_cases"
    __table_args__ = (
        Index(
            "uq_report_cases_open", "target_kind", "target_id", unique=True, postgresql_where=text("status = 'open'")
        ),
        Index("ix_report_cases_target", "target_kind", "target_id", "id"),
        Index("ix_report_cases_queue", "status", "id"),
        Index("ix_report_cases_count", "status", "report_count", "id"),
        Index("ix_report_cases_owner", "owner_id", "id"),
        Index("ix_report_cases_decided_at", "decided_at", postgresql_where=text("status <> 'open'")),
        CheckConstraint("status IN ('open', 'resolved', 'dismissed')", name="status"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided_at"),
    )

    id: Mapped[Id]
    target_kind: Mapped[str] = mapped_column(String(20))
    """One of `shared.report_targets`."""
    target_id: Mapped[UUID]
    """Not a foreign key: a case outlives its target."""
    owner_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    """Whose the target is; null for the shop's own products."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'open'"))
    report_count: Mapped[int] = mapped_column(server_default=text("0"))
    is_screened: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Whether a keyword rule matched."""
    is_held: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Whether a keyword rule hides the target until somebody decides."""
    snapshots: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """Evidence: the target in each version that was reported, the oldest first; kept for as long as the case."""
    claimed_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    claimed_until: Mapped[Instant | None]
    decided_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    decided_at: Mapped[Instant | None]
    decision_note: Mapped[str | None] = mapped_column(String(1000))
    """For other moderators."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class CasePicture(Base):
    """A picture of what was reported. Its objects stay as evidence for as long as the case, whoever removes it."""

    __tablename__ = "case_pictures"
    __table_args__ = (Index("ix_case_pictures_media_id", "media_id"),)

    case_id: Mapped[UUID] = mapped_column(reference(ReportCase.id, on_delete="CASCADE"), primary_key=True)
    media_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Not a foreign key: media's row goes after the evidence."""


class Report(Base):
    """What one person says of one target; one that is open for each of both."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "uq_reports_open",
            "reporter_id",
            "target_kind",
            "target_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_reports_case", "case_id", "id"),
        Index("ix_reports_reporter", "reporter_id", "id"),
    )

    id: Mapped[Id]
    case_id: Mapped[UUID] = mapped_column(reference(ReportCase.id, on_delete="CASCADE"))
    reporter_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    target_kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[UUID]
    target_version: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(40))
    """One of `functions.moderation.domain.reasons`."""
    body: Mapped[str] = mapped_column(Text, server_default=text("''"))
    closed_at: Mapped[Instant | None]
    """When the case was decided."""
    created_at: Mapped[Now]
