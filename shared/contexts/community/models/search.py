"""What posts are found by."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, String, literal_column
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.community.models.posts import Post
from shared.tables.base import Base, Instant, reference


class PostSearchDocument(Base):
    """The terms of a live post (`shared.search.terms`), written with it. A table of its own, because every reaction
    would rewrite a post's full-text index.
    """

    __tablename__ = "post_search_documents"
    __table_args__ = (
        Index("ix_post_search_documents_newest", "published_at", "post_id"),
        # Without a list of pending entries, which every search would have to read as well.
        Index(
            "ix_post_search_documents_terms",
            "terms",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ),
    )

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    published_at: Mapped[Instant]
    terms: Mapped[str] = mapped_column(TSVECTOR)
    """Text and content warning (A), alternative texts and options of the poll (B)."""


class PostWord(Base):
    """A word that a public post has, for queries that misspell it. It says of no post that it has it."""

    __tablename__ = "post_words"
    __table_args__ = (
        Index(
            "ix_post_words_keys",
            literal_column("search_keys(word::text, NULL::text)").label("key"),
            postgresql_using="gin",
        ),
    )

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
