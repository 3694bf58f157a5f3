"""What staff write down about orders, for each other."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Order
from shared.tables.base import Base, Id, Now, reference


class OrderNote(Base):
    """Never shown to customers; part of the copy of their data all the same, and erased with it."""

    __tablename__ = "order_notes"
    __table_args__ = (Index("ix_order_notes_order", "order_id", "id"), Index("ix_order_notes_author", "author_id"))

    id: Mapped[Id]
    order_id: Mapped[UUID] = mapped_column(reference(Order.id, on_delete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    body: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[Now]
