"""What the operator says about the shop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.media.models import MediaFile
from shared.tables.base import Base, Id, Now, reference


class SiteSettings(Base):
    """One row at most; without one, the shop is what the operator's file says."""

    __tablename__ = "site_settings"
    __table_args__ = (
        CheckConstraint("id = '00000000-0000-7000-8000-000000000001'", name="one"),
        Index("ix_site_settings_logo_id", "logo_id", postgresql_where=text("logo_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254))
    """Where customers write to."""
    phone: Mapped[str] = mapped_column(String(32), server_default=text("''"))
    address: Mapped[str] = mapped_column(String(500), server_default=text("''"))
    """Lines of a letter to the shop."""
    time_zone: Mapped[str] = mapped_column(String(64))
    logo_id: Mapped[UUID | None] = mapped_column(reference(MediaFile.id, on_delete="SET NULL"))
    logo: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What is shown of the picture: address, sizes, blurhash."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class LegalText(Base):
    """A legal page in one language; without one, it is the file that a new shop begins with."""

    __tablename__ = "legal_texts"
    __table_args__ = (
        UniqueConstraint("name", "language"),
        CheckConstraint("octet_length(markdown) <= 102400", name="markdown"),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(35))
    markdown: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
