"""What lists by rank were like a while ago."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Double, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base


class RankChange(Base):
    """The rank that a post or a comment had before it changed; kept by triggers, for some hours."""

    __tablename__ = "rank_changes"
    __table_args__ = (
        Index("ix_rank_changes_place", "value", "target_id", postgresql_where=text("list_id IS NULL")),
        Index("ix_rank_changes_list", "list_id", "value", "target_id", postgresql_where=text("list_id IS NOT NULL")),
        Index("ix_rank_changes_changed_at", "changed_at"),
    )

    target_id: Mapped[UUID] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), primary_key=True, server_default=text("clock_timestamp()")
    )
    list_id: Mapped[UUID | None]
    """The group of a post, null outside of groups; the post of a comment."""
    value: Mapped[float] = mapped_column(Double)
    """A post's `hot_score`, the number of reactions to a comment."""
