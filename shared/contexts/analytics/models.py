"""Tables of analytics: sessions of activity, exports, and when its views were computed. Migrations 0035 and 0043 make
the views.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class ViewRefresh(Base):
    """When a materialized view was computed last; none before its first refresh."""

    __tablename__ = "view_refreshes"

    view: Mapped[str] = mapped_column(String(63), primary_key=True)
    refreshed_at: Mapped[Instant]
    """Whatever was committed before is in it."""
    time_zone: Mapped[str] = mapped_column(String(64), server_default=text("'UTC'"))
    """The zone (IANA) that its days are those of."""


class UserSession(Base):
    """What a person did without a break of half an hour, from the first request to the last known one. It is not a
    login: that is identity's `login_sessions`.

    `user_id` has no foreign key: when a person is erased, their sessions stay, under an id that leads nowhere, so that
    what was counted stays as it was.
    """

    __tablename__ = "user_sessions"
    __table_args__ = (
        CheckConstraint("started_at <= last_active_at", name="times"),
        CheckConstraint("ended_at = last_active_at", name="ended_at"),
        Index("ix_user_sessions_user_id_last_active_at", "user_id", "last_active_at"),
        Index("ix_user_sessions_last_active_at", "last_active_at"),
        Index("ix_user_sessions_open", "last_active_at", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID]
    registered_at: Mapped[Instant]
    """When the person registered: their cohort, also after they are erased."""
    started_at: Mapped[Instant]
    last_active_at: Mapped[Instant]
    """Written once a minute at most."""
    ended_at: Mapped[Instant | None]
    """`last_active_at`, once there was a break."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class MetricExport(Base):
    """A file of figures that an administrator has asked for."""

    __tablename__ = "metric_exports"
    __table_args__ = (
        CheckConstraint("dataset IN ('daily', 'cohorts', 'sessions')", name="dataset"),
        CheckConstraint("format IN ('csv', 'json')", name="format"),
        CheckConstraint("status IN ('pending', 'completed', 'failed')", name="status"),
        CheckConstraint("(status = 'completed') = (file_key IS NOT NULL)", name="file"),
        Index("ix_metric_exports_requested_by", "requested_by"),
    )

    id: Mapped[Id]
    requested_by: Mapped[UUID] = mapped_column(reference(User.id))
    dataset: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    file_key: Mapped[str | None] = mapped_column(String(200))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    finished_at: Mapped[Instant | None]
