"""ordering: address books; whom to invoice, where it is not who it is delivered to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE customer_addresses (
    id uuid DEFAULT uuidv7() NOT NULL,
    user_id uuid NOT NULL,
    label varchar(60),
    address jsonb NOT NULL,
    is_default_shipping boolean DEFAULT false NOT NULL,
    is_default_billing boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_customer_addresses PRIMARY KEY (id),
    CONSTRAINT fk_customer_addresses_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
)
"""

# By role: privileges on `customer_addresses`.
GRANTS = {
    "sharestack_identity": "SELECT, DELETE",
    "sharestack_ordering": "SELECT, INSERT, UPDATE, DELETE",
}


def upgrade() -> None:
    op.execute(TABLE)
    op.execute("CREATE INDEX ix_customer_addresses_user ON customer_addresses (user_id, id)")
    for kind in ("shipping", "billing"):
        op.execute(
            f"CREATE UNIQUE INDEX uq_customer_addresses_default_{kind} ON customer_addresses (user_id)"
            f" WHERE is_default_{kind}"
        )
    op.execute("ALTER TABLE checkouts ADD COLUMN billing_address jsonb")
    op.execute("ALTER TABLE orders ADD COLUMN billing_address jsonb")
    if _roles_exist():
        for role, privileges in GRANTS.items():
            op.execute(f"GRANT {privileges} ON customer_addresses TO {role}")


def downgrade() -> None:
    op.execute("ALTER TABLE orders DROP COLUMN billing_address")
    op.execute("ALTER TABLE checkouts DROP COLUMN billing_address")
    op.execute("DROP TABLE customer_addresses")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
