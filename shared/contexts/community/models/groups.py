"""Groups of people who write to each other."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class Group(Base):
    """Who may read it depends on `access`: a public one everybody, the others their members."""

    __tablename__ = "groups"
    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_groups_newest", "created_at", "id", postgresql_where=text("closed_at IS NULL")),
        Index("ix_groups_name", "name_key", postgresql_using="gin", postgresql_ops={"name_key": "gin_trgm_ops"}),
        CheckConstraint("access IN ('public', 'request', 'invitation')", name="access"),
        CheckConstraint("member_count >= 0", name="member_count"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str | None] = mapped_column(Text, Computed("lower(normalize(name, NFKC))", persisted=True))
    """What search reads."""
    description: Mapped[str] = mapped_column(String(1000), server_default=text("''"))
    rules: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    access: Mapped[str] = mapped_column(String(20))
    member_count: Mapped[int] = mapped_column(server_default=text("0"))
    closed_at: Mapped[Instant | None]
    """Nobody writes there any more."""
    hidden_at: Mapped[Instant | None]
    """Moderators of the platform have hidden it: it is closed, and there for its members alone."""
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class GroupMember(Base):
    __tablename__ = "group_members"
    __table_args__ = (
        Index("ix_group_members_user", "user_id", "group_id"),
        Index("ix_group_members_newest", "group_id", "joined_at", "user_id"),
        Index("ix_group_members_staff", "group_id", "joined_at", "user_id", postgresql_where=text("role <> 'member'")),
        CheckConstraint("role IN ('owner', 'moderator', 'member')", name="role"),
    )

    group_id: Mapped[UUID] = mapped_column(reference(Group.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), server_default=text("'member'"))
    joined_at: Mapped[Now]


class GroupRequest(Base):
    """Somebody who wants to join, or is invited to; ends with the answer."""

    __tablename__ = "group_requests"
    __table_args__ = (
        Index("ix_group_requests_user", "user_id", "created_at", "group_id"),
        Index("ix_group_requests_newest", "group_id", "created_at", "user_id"),
        Index("ix_group_requests_invited_by", "invited_by", postgresql_where=text("invited_by IS NOT NULL")),
    )

    group_id: Mapped[UUID] = mapped_column(reference(Group.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    invited_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    """Null where the person asked."""
    message: Mapped[str] = mapped_column(String(500), server_default=text("''"))
    created_at: Mapped[Now]


class GroupBan(Base):
    """Who may not come back, by a moderator of the group."""

    __tablename__ = "group_bans"
    __table_args__ = (
        Index("ix_group_bans_user_id", "user_id"),
        Index("ix_group_bans_newest", "group_id", "created_at", "user_id"),
    )

    group_id: Mapped[UUID] = mapped_column(reference(Group.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500), server_default=text("''"))
    until: Mapped[Instant | None]
    created_at: Mapped[Now]


class GroupFlair(Base):
    """A label of the group's own, one for each post."""

    __tablename__ = "group_flairs"
    __table_args__ = (
        UniqueConstraint("group_id", "name"),
        CheckConstraint("length(name) > 0", name="name"),
    )

    id: Mapped[Id]
    group_id: Mapped[UUID] = mapped_column(reference(Group.id, on_delete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    created_at: Mapped[Now]
