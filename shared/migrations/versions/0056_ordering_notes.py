"""ordering: what staff write down about orders"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE order_notes (
    id uuid DEFAULT uuidv7() NOT NULL,
    order_id uuid NOT NULL,
    author_id uuid,
    body varchar(2000) NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_order_notes PRIMARY KEY (id),
    CONSTRAINT fk_order_notes_order_id_orders FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_notes_author_id_users FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL
)
"""

# By role: privileges on `order_notes`.
GRANTS = {
    "sharestack_identity": "SELECT, DELETE",
    "sharestack_ordering": "SELECT, INSERT, DELETE",
}


def upgrade() -> None:
    op.execute(TABLE)
    op.execute("CREATE INDEX ix_order_notes_order ON order_notes (order_id, id)")
    op.execute("CREATE INDEX ix_order_notes_author ON order_notes (author_id)")
    if _roles_exist():
        for role, privileges in GRANTS.items():
            op.execute(f"GRANT {privileges} ON order_notes TO {role}")


def downgrade() -> None:
    op.execute("DROP TABLE order_notes")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
