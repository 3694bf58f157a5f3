"""discovery: what goes with what"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "product_neighbours",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("neighbour_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("scores", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("bought", sa.SmallInteger(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "cardinality(neighbour_ids) = cardinality(scores) AND bought BETWEEN 0 AND cardinality(scores)",
            name=op.f("ck_product_neighbours_lengths"),
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_neighbours")),
    )


def downgrade() -> None:
    op.drop_table("product_neighbours")
