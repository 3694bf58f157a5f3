"""The address book: addresses that customers saved for later purchases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Now, reference


class CustomerAddress(Base):
    """An entry. Checkouts and orders have copies: changing or deleting it leaves them as they are."""

    __tablename__ = "customer_addresses"
    __table_args__ = (
        Index("ix_customer_addresses_user", "user_id", "id"),
        Index(
            "uq_customer_addresses_default_shipping",
            "user_id",
            unique=True,
            postgresql_where=text("is_default_shipping"),
        ),
        Index(
            "uq_customer_addresses_default_billing",
            "user_id",
            unique=True,
            postgresql_where=text("is_default_billing"),
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    label: Mapped[str | None] = mapped_column(String(60))
    """What its owner calls it."""
    address: Mapped[dict[str, Any]] = mapped_column(JSONB)
    is_default_shipping: Mapped[bool] = mapped_column(server_default=text("false"))
    is_default_billing: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
