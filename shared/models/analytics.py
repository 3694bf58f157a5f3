"""The table of analytics: when its views were computed. The views themselves stand in their migration (0013)."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant


class ViewRefresh(Base):
    """When a materialized view was computed last; none before its first refresh."""

    __tablename__ = "view_refreshes"

    view: Mapped[str] = mapped_column(String(63), primary_key=True)
    refreshed_at: Mapped[Instant]
    """Whatever was committed before is in it."""
