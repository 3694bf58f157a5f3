"""Tables of catalog that help to find products: the search index and its vocabulary; exports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Currency, Id, Instant, Now, reference


class SearchDocument(Base):
    """What a product on sale is found by: the terms that `shared.search.terms` makes of it.

    A table of its own, because every change of a product's row would rewrite its full-text index.
    """

    __tablename__ = "product_search_documents"
    __table_args__ = (
        # Without a list of pending entries, which every search would have to read as well.
        Index(
            "ix_product_search_documents_terms",
            "terms",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
        Index(
            "ix_product_search_documents_name_terms",
            "name_terms",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
    )

    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"), primary_key=True)
    name_terms: Mapped[str] = mapped_column(TSVECTOR)
    terms: Mapped[str] = mapped_column(TSVECTOR)
    """Name (A), vendor, type, tags and SKUs (B), description (D)."""


class SearchWord(Base):
    """A word of some product's name, vendor, type or tags: what a misspelt word may have been."""

    __tablename__ = "search_words"
    __table_args__ = (
        Index("ix_search_words_similar", "word", postgresql_using="gist", postgresql_ops={"word": "gist_trgm_ops"}),
    )

    word: Mapped[str] = mapped_column(Text, primary_key=True)


class ProductExport(Base):
    """Product files that were asked for, and where they are."""

    __tablename__ = "product_exports"

    id: Mapped[Id]
    requested_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    currency: Mapped[Currency]
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    products: Mapped[int] = mapped_column(server_default=text("0"))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """Key, bytes and number of products of each."""
    last_product_id: Mapped[UUID | None]
    """Where an interrupted export goes on."""
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]
