"""what a network has reserved without paying; how long a checkout has held its stock; declined charges"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

# By role: privileges on `network_reservations`.
GRANTS = {
    "sharestack_catalog": "SELECT, UPDATE",
    "sharestack_ordering": "SELECT, INSERT, UPDATE, DELETE",
    "sharestack_payments": "SELECT, INSERT, UPDATE",
}

SERVICE_KEY = "reservation-network"


def upgrade() -> None:
    # Of checkouts from before, the hour in which a cart's reservations are counted begins now.
    op.execute("ALTER TABLE checkouts ADD COLUMN reserved_at timestamptz NOT NULL DEFAULT now()")
    op.execute("ALTER TABLE checkouts ADD COLUMN extended_at timestamptz")
    op.execute("ALTER TABLE stock_reservations ADD COLUMN network bytea")
    op.execute(
        "CREATE INDEX ix_stock_reservations_network ON stock_reservations (network, variant_id)"
        " WHERE network IS NOT NULL"
    )
    op.execute(
        """
        CREATE TABLE network_reservations (
            network bytea NOT NULL,
            variant_id uuid NOT NULL,
            held integer NOT NULL,
            taken integer NOT NULL,
            since timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT pk_network_reservations PRIMARY KEY (network, variant_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_network_reservations_since ON network_reservations (since)")
    op.execute("ALTER TABLE fraud_decisions ADD COLUMN is_declined boolean NOT NULL DEFAULT false")
    # As in 0001: 244 bits from the server's strong random source.
    op.execute(
        "INSERT INTO service_keys (name, secret) VALUES"
        f" ('{SERVICE_KEY}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
    )
    if _roles_exist():
        for role, privileges in GRANTS.items():
            op.execute(f"GRANT {privileges} ON network_reservations TO {role}")
        # Catalog never reserved; its right came with code that it no longer holds.
        op.execute("REVOKE INSERT ON stock_reservations FROM sharestack_catalog")


def downgrade() -> None:
    if _roles_exist():
        op.execute("GRANT INSERT ON stock_reservations TO sharestack_catalog")
    op.execute(f"DELETE FROM service_keys WHERE name = '{SERVICE_KEY}'")
    op.execute("ALTER TABLE fraud_decisions DROP COLUMN is_declined")
    op.execute("DROP TABLE network_reservations")
    op.execute("ALTER TABLE stock_reservations DROP COLUMN network")
    op.execute("ALTER TABLE checkouts DROP COLUMN extended_at, DROP COLUMN reserved_at")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
