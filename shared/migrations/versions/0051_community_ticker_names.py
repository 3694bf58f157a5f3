"""staff gives tickers their names"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ROLE = "sharestack_community"


def upgrade() -> None:
    if _role_exists():
        op.execute(f"GRANT UPDATE ON tickers TO {ROLE}")


def downgrade() -> None:
    if _role_exists():
        op.execute(f"REVOKE UPDATE ON tickers FROM {ROLE}")


def _role_exists() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    found: int = op.get_bind().execute(statement, {"role": ROLE}).scalar_one()
    return found > 0
