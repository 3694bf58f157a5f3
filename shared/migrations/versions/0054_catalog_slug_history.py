"""catalog: slugs of before lead to what bore them; reviews by author, latest first"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0052"
branch_labels = None
depends_on = None

ROLE = "sharestack_catalog"
TABLE = """
CREATE TABLE {kind}_slug_history (
    slug varchar({length}) NOT NULL,
    {kind}_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_{kind}_slug_history PRIMARY KEY (slug),
    CONSTRAINT fk_{kind}_slug_history_{kind}_id_{table}
        FOREIGN KEY ({kind}_id) REFERENCES {table} (id) ON DELETE CASCADE
)
"""
INDEX = "CREATE INDEX ix_{kind}_slug_history_{kind}_id ON {kind}_slug_history ({kind}_id)"
KINDS = (("product", "products", 255), ("category", "categories", 200))
# A deleted product's row has its slug still, which others may have had after it.
DELETED = """
INSERT INTO product_slug_history (slug, product_id)
SELECT DISTINCT ON (p.slug) p.slug, p.id FROM products p
WHERE p.deleted_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM products n WHERE n.slug = p.slug AND n.deleted_at IS NULL
)
ORDER BY p.slug, p.deleted_at DESC
"""


def upgrade() -> None:
    for kind, table, length in KINDS:
        op.execute(TABLE.format(kind=kind, table=table, length=length))
        op.execute(INDEX.format(kind=kind))
        if _role_exists():
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {kind}_slug_history TO {ROLE}")
    op.execute(DELETED)
    op.execute("DROP INDEX ix_reviews_user")
    op.execute("CREATE INDEX ix_reviews_user ON reviews (user_id, id)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_reviews_user")
    op.execute("CREATE INDEX ix_reviews_user ON reviews (user_id)")
    for kind, _, _ in KINDS:
        op.execute(f"DROP TABLE {kind}_slug_history")


def _role_exists() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    found: int = op.get_bind().execute(statement, {"role": ROLE}).scalar_one()
    return found > 0
