"""identity privacy: consents, copies of one's data, erasure; and indexes by which a person's traces are found"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SERVICE_KEY = "erasure-cancellation"
KINDS = "'email_verification', 'email_change', 'password_reset'"


def upgrade() -> None:
    # As in 0001: 244 bits from the server's strong random source.
    op.execute(
        "INSERT INTO service_keys (name, secret) VALUES"
        f" ('{SERVICE_KEY}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
    )
    _kinds_of_requests(f"{KINDS}, 'erasure_cancellation'")
    _make_consents()
    _make_exports()
    _make_erasures()
    _index_traces()


def _kinds_of_requests(kinds: str) -> None:
    op.drop_constraint(op.f("ck_account_requests_kind"), "account_requests")
    op.create_check_constraint(op.f("ck_account_requests_kind"), "account_requests", f"kind IN ({kinds})")


def _make_consents() -> None:
    op.create_table(
        "consent_changes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('terms', 'privacy', 'marketing', 'recommendations')", name=op.f("ck_consent_changes_purpose")
        ),
        sa.CheckConstraint(
            "source IN ('registration', 'profile', 'consents', 'unsubscribe_link', 'erasure')",
            name=op.f("ck_consent_changes_source"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_consent_changes_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_changes")),
    )
    op.create_index("ix_consent_changes_user", "consent_changes", ["user_id", "purpose", "id"])


def _make_exports() -> None:
    op.create_table(
        "data_exports",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'completed', 'failed', 'withdrawn')", name=op.f("ck_data_exports_status")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_data_exports_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_exports")),
    )
    op.create_index(
        "uq_data_exports_pending",
        "data_exports",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index("ix_data_exports_user", "data_exports", ["user_id", "id"])
    op.create_index("ix_data_exports_expires_at", "data_exports", ["expires_at"])


def _make_erasures() -> None:
    op.create_table(
        "account_erasures",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("with_reviews", sa.Boolean(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits_for", sa.String(length=20), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "waits_for IN ('checkout', 'payment', 'delivery', 'return', 'refund', 'dispute')",
            name=op.f("ck_account_erasures_waits_for"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_account_erasures_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_erasures")),
    )
    op.create_index(
        "ix_account_erasures_due_at", "account_erasures", ["due_at"], postgresql_where=sa.text("finished_at IS NULL")
    )


def _index_traces() -> None:
    op.create_index("ix_login_sessions_last_used_at", "login_sessions", ["last_used_at"])
    op.create_index("ix_review_votes_user", "review_votes", ["user_id"])
    op.create_index("ix_checkouts_user", "checkouts", ["user_id"], postgresql_where=sa.text("user_id IS NOT NULL"))
    op.create_index(
        "ix_checkouts_guest_email",
        "checkouts",
        [sa.text("lower(email)")],
        postgresql_where=sa.text("user_id IS NULL"),
    )
    op.create_index(
        "ix_checkouts_unbought",
        "checkouts",
        ["id"],
        postgresql_where=sa.text("status IN ('expired', 'abandoned') AND email NOT LIKE '%@erased.invalid'"),
    )
    op.create_index(
        "ix_fraud_decisions_traces",
        "fraud_decisions",
        ["created_at"],
        postgresql_where=sa.text("ip_address IS NOT NULL OR card_fingerprint IS NOT NULL"),
    )
    op.create_index("ix_deliveries_recipient", "deliveries", [sa.text("lower(recipient)")])
    op.create_index(
        "ix_outbox_events_email",
        "outbox_events",
        [sa.text("lower(payload ->> 'email')")],
        postgresql_where=sa.text("payload ? 'email'"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_events_email", table_name="outbox_events")
    op.drop_index("ix_deliveries_recipient", table_name="deliveries")
    op.drop_index("ix_fraud_decisions_traces", table_name="fraud_decisions")
    op.drop_index("ix_checkouts_unbought", table_name="checkouts")
    op.drop_index("ix_checkouts_guest_email", table_name="checkouts")
    op.drop_index("ix_checkouts_user", table_name="checkouts")
    op.drop_index("ix_review_votes_user", table_name="review_votes")
    op.drop_index("ix_login_sessions_last_used_at", table_name="login_sessions")
    op.drop_table("account_erasures")
    op.drop_table("data_exports")
    op.drop_table("consent_changes")
    op.execute("DELETE FROM account_requests WHERE kind = 'erasure_cancellation'")
    _kinds_of_requests(KINDS)
    op.execute(f"DELETE FROM service_keys WHERE name = '{SERVICE_KEY}'")
