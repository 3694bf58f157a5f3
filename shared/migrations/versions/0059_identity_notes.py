"""identity: what staff write down about users, and users found by the beginning of a name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE user_notes (
    id uuid DEFAULT uuidv7() NOT NULL,
    user_id uuid NOT NULL,
    author_id uuid,
    body varchar(2000) NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_user_notes PRIMARY KEY (id),
    CONSTRAINT fk_user_notes_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_notes_author_id_users FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL
)
"""
ROLE = "sharestack_identity"


def upgrade() -> None:
    op.execute(TABLE)
    op.execute("CREATE INDEX ix_user_notes_user ON user_notes (user_id, id)")
    op.execute("CREATE INDEX ix_user_notes_author ON user_notes (author_id)")
    op.execute(
        "CREATE INDEX ix_users_names ON users USING gin (lower(email) gin_trgm_ops, lower(full_name) gin_trgm_ops)"
    )
    if _role_exists():
        op.execute(f"GRANT SELECT, INSERT, DELETE ON user_notes TO {ROLE}")


def downgrade() -> None:
    op.execute("DROP INDEX ix_users_names")
    op.execute("DROP TABLE user_notes")


def _role_exists() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    found: int = op.get_bind().execute(statement, {"role": ROLE}).scalar_one()
    return found > 0
