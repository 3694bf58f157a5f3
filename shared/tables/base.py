"""The declarative base: naming rules, and columns that many tables share.

The models are the one description of the schema: migrations are checked against them, and test factories fill them.
Functions do not import them (SQLAlchemy would cost more INIT time than the rest of a function together).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, MetaData, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, mapped_column


class Base(DeclarativeBase):
    """Every table has one owning context, the module that its model stands in."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


Id = Annotated[UUID, mapped_column(primary_key=True, server_default=text("uuidv7()"))]
Now = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=text("now()"))]
"""Set when the row is written; `updated_at` columns are kept by a trigger."""
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Amount = Annotated[int, mapped_column(BigInteger)]
"""Minor units."""
Currency = Annotated[str, mapped_column(String(3))]
Json = Annotated[dict[str, Any], mapped_column(JSONB)]


def reference(target: InstrumentedAttribute[Any], *, on_delete: str | None = None) -> ForeignKey:
    """A foreign key named by class (`reference(User.id)`), so that what a model needs is imported and visible."""
    return ForeignKey(target, ondelete=on_delete)
