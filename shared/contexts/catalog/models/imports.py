"""Tables of imports: files, their reports, the pictures that they name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.tables.base import Base, Currency, Id, Instant, Now, reference


class ProductImport(Base):
    """One uploaded CSV and what became of its rows. Progress is written by the transaction that made it.

    `rows_created` to `rows_refused` count the ends of rows: once it is completed, together they are `rows`.
    """

    __tablename__ = "product_imports"

    id: Mapped[Id]
    requested_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    object_key: Mapped[str] = mapped_column(String(300))
    currency: Mapped[Currency]
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    rows: Mapped[int] = mapped_column(server_default=text("0"))
    rows_created: Mapped[int] = mapped_column(server_default=text("0"))
    rows_updated: Mapped[int] = mapped_column(server_default=text("0"))
    rows_unchanged: Mapped[int] = mapped_column(server_default=text("0"))
    rows_partial: Mapped[int] = mapped_column(server_default=text("0"))
    rows_refused: Mapped[int] = mapped_column(server_default=text("0"))
    products_created: Mapped[int] = mapped_column(server_default=text("0"))
    products_updated: Mapped[int] = mapped_column(server_default=text("0"))
    products_unchanged: Mapped[int] = mapped_column(server_default=text("0"))
    products_done: Mapped[int] = mapped_column(server_default=text("0"))
    """How many products of the file are behind us: where an interrupted import goes on."""
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    error_count: Mapped[int] = mapped_column(server_default=text("0"))
    """All of them; `errors` holds the first."""
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    pictures: Mapped[int] = mapped_column(server_default=text("0"))
    """How many pictures are fetched from elsewhere; of these so many are shown, and so many cannot be."""
    pictures_ready: Mapped[int] = mapped_column(server_default=text("0"))
    pictures_failed: Mapped[int] = mapped_column(server_default=text("0"))
    report_key: Mapped[str | None] = mapped_column(String(300))
    """Where its report is, once it is completed."""
    correlation_id: Mapped[str] = mapped_column(String(128), server_default=text("''"))
    claimed_until: Mapped[Instant | None]
    """While this lies ahead, a worker is at it."""
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]


class ProductImportReport(Base):
    """Lines of an import's report, as JSON; the rows are deleted once the report is a file."""

    __tablename__ = "product_import_reports"

    import_id: Mapped[UUID] = mapped_column(reference(ProductImport.id, on_delete="CASCADE"), primary_key=True)
    products_before: Mapped[int] = mapped_column(primary_key=True)
    """Of the batch that the lines are of; -1 for what was refused on reading the file."""
    lines: Mapped[str] = mapped_column(Text)


class ImportedPicture(Base):
    """A picture that a product file names by an address elsewhere, and what became of it.

    `pending` is to be fetched, `stored` is being processed by media, `ready` is shown, `failed` says why.
    """

    __tablename__ = "imported_pictures"
    __table_args__ = (
        UniqueConstraint("product_id", "url"),
        Index("ix_imported_pictures_import", "import_id", "status", "id"),
        Index("ix_imported_pictures_media", "media_id", postgresql_where=text("media_id IS NOT NULL")),
        CheckConstraint("status IN ('pending', 'stored', 'ready', 'failed')", name="status"),
        CheckConstraint("(status = 'failed') = (reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[Id]
    import_id: Mapped[UUID] = mapped_column(reference(ProductImport.id, on_delete="CASCADE"))
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    url: Mapped[str] = mapped_column(String(2000))
    file_row: Mapped[int]
    """The row that names it."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    reason: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    not_before: Mapped[Now]
    """Before that it is not fetched (again): a worker is at it, or it failed a moment ago."""
    media_id: Mapped[UUID | None] = mapped_column(reference(MediaFile.id, on_delete="SET NULL"))
    """The upload that it became."""
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]
