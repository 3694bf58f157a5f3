"""identity accounts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SERVICE_KEYS = ("email-verification", "password-reset")


def upgrade() -> None:
    op.add_column("users", sa.Column("language", sa.String(length=35), server_default=sa.text("'en'"), nullable=False))
    op.add_column("users", sa.Column("marketing_consent_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_users_created_at", "users", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_users_inactive", "users", ["created_at", "id"], unique=False, postgresql_where=sa.text("NOT is_active")
    )
    op.create_index("ix_users_roles", "users", ["roles"], unique=False, postgresql_using="gin")
    op.create_table(
        "account_requests",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('email_verification', 'email_change', 'password_reset')", name=op.f("ck_account_requests_kind")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_account_requests_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_requests")),
    )
    op.create_index("ix_account_requests_user_id", "account_requests", ["user_id"], unique=False)
    op.create_index("ix_account_requests_expires_at", "account_requests", ["expires_at"], unique=False)
    for name in SERVICE_KEYS:
        # As in 0001: 244 bits from the server's strong random source.
        op.execute(
            "INSERT INTO service_keys (name, secret) VALUES"
            f" ('{name}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
        )


def downgrade() -> None:
    for name in SERVICE_KEYS:
        op.execute(f"DELETE FROM service_keys WHERE name = '{name}'")
    op.drop_index("ix_account_requests_expires_at", table_name="account_requests")
    op.drop_index("ix_account_requests_user_id", table_name="account_requests")
    op.drop_table("account_requests")
    op.drop_index("ix_users_roles", table_name="users", postgresql_using="gin")
    op.drop_index("ix_users_inactive", table_name="users", postgresql_where=sa.text("NOT is_active"))
    op.drop_index("ix_users_created_at", table_name="users")
    op.drop_column("users", "marketing_consent_at")
    op.drop_column("users", "language")
