"""What staff write down about users, for each other."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Now, reference


class UserNote(Base):
    """Never shown to the user; part of the copy of their data all the same, and erased with it."""

    __tablename__ = "user_notes"
    __table_args__ = (Index("ix_user_notes_user", "user_id", "id"), Index("ix_user_notes_author", "author_id"))

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    body: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[Now]
