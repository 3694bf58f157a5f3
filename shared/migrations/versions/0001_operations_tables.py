"""operations tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERVICE_KEYS = ("cursor", "cart", "csrf", "order")

# Of the role that migrates, which is the only one on a server of somebody's own. On Aurora the database belongs to
# another role, and the cluster has these settings (`infra/database_settings.py`). A SET per connection would pin
# sessions of RDS Proxy.
LIMITS = {"statement_timeout": "30s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "60s"}

CHECK_ENCODING = """
DO $$ BEGIN
    IF getdatabaseencoding() <> 'UTF8' OR lower('ÀÉ') <> 'àé' THEN
        RAISE EXCEPTION 'the database must be UTF-8 with a UTF-8 or C.UTF-8 locale';
    END IF;
END $$
"""

SET_UPDATED_AT = """
CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(CHECK_ENCODING)
    op.execute(SET_UPDATED_AT)
    database = op.get_bind().engine.url.database
    for name, value in LIMITS.items():
        op.execute(f"ALTER ROLE CURRENT_USER IN DATABASE \"{database}\" SET {name} = '{value}'")
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("correlation_id", sa.String(length=128), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_events")),
    )
    op.create_index(
        "ix_outbox_events_unpublished",
        "outbox_events",
        ["id"],
        unique=False,
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "service_keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_keys")),
    )
    for name in SERVICE_KEYS:
        # Two version 4 UUIDs: 244 bits from the server's strong random source, without an extension.
        op.execute(
            "INSERT INTO service_keys (name, secret) VALUES"
            f" ('{name}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
        )


def downgrade() -> None:
    database = op.get_bind().engine.url.database
    for name in LIMITS:
        op.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{database}" RESET {name}')
    op.drop_table("service_keys")
    op.drop_index(
        "ix_outbox_events_unpublished", table_name="outbox_events", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox_events")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.execute("DROP FUNCTION set_updated_at()")
