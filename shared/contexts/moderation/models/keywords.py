"""Words that the house looks for in what people write, and where they were."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.reports import ReportCase
from shared.tables.base import Base, Id, Instant, Now, reference


class KeywordRule(Base):
    """A word or phrase, and what happens to a text that has it."""

    __tablename__ = "keyword_rules"
    __table_args__ = (
        Index("uq_keyword_rules_phrase", "phrase", unique=True, postgresql_where=text("deleted_at IS NULL")),
        CheckConstraint("action IN ('flag', 'hold', 'refuse')", name="action"),
    )

    id: Mapped[Id]
    phrase: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(35))
    """Whose word it is; null for every language's."""
    action: Mapped[str] = mapped_column(String(20))
    """`flag`: a case; `hold`: hidden until the case is decided; `refuse`: not written at all."""
    is_active: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    note: Mapped[str] = mapped_column(String(500), server_default=text("''"))
    """Why there is this rule, for moderators."""
    created_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    deleted_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class Screening(Base):
    """Where a rule matched, with the rule as it was then: rules change, and cases are read later."""

    __tablename__ = "screenings"
    __table_args__ = (
        Index("ix_screenings_case", "case_id", "id"),
        Index("ix_screenings_rule", "rule_id", "id"),
        CheckConstraint("action IN ('flag', 'hold')", name="action"),
        CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="offsets"),
    )

    id: Mapped[Id]
    case_id: Mapped[UUID] = mapped_column(reference(ReportCase.id, on_delete="CASCADE"))
    rule_id: Mapped[UUID] = mapped_column(reference(KeywordRule.id))
    rule_version: Mapped[int]
    phrase: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(40))
    start_offset: Mapped[int]
    end_offset: Mapped[int]
    """Characters (code points) of the field's text as it was written."""
    target_version: Mapped[int | None]
    created_at: Mapped[Now]
