"""Tables of discovery: what goes with what."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, REAL
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base, Now


class ProductNeighbours(Base):
    """The products that go with a product, the nearest first; computed by `discovery.refresh_recommendations`.

    A row is read and written whole, hence arrays: as rows, a hundred thousand products would have millions. No foreign
    key: the refresh would lock products for minutes, and readers join the products anyway.
    """

    __tablename__ = "product_neighbours"
    __table_args__ = (
        CheckConstraint(
            "cardinality(neighbour_ids) = cardinality(scores) AND bought BETWEEN 0 AND cardinality(scores)",
            name="lengths",
        ),
    )

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    neighbour_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    scores: Mapped[list[float]] = mapped_column(ARRAY(REAL))
    """0 to 1, by neighbour."""
    bought: Mapped[int] = mapped_column(SmallInteger)
    """So many of the first were bought by the same people; the others are alike."""
    computed_at: Mapped[Now]
