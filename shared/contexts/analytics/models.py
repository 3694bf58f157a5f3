"""The table of analytics: when its views were computed. Migration 0035 makes the views."""

from __future__ import annotations

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base, Instant


class ViewRefresh(Base):
    """When a materialized view was computed last; none before its first refresh."""

    __tablename__ = "view_refreshes"

    view: Mapped[str] = mapped_column(String(63), primary_key=True)
    refreshed_at: Mapped[Instant]
    """Whatever was committed before is in it."""
    time_zone: Mapped[str] = mapped_column(String(64), server_default=text("'UTC'"))
    """The zone (IANA) that its days are those of."""
