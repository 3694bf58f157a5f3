"""the error log"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

# By role. Identity takes a person out of the rows when it erases the account.
GRANTS = {
    "sharestack_operations": "SELECT, INSERT, UPDATE, DELETE",
    "sharestack_identity": "SELECT, UPDATE",
}


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE error_logs (
            id uuid NOT NULL DEFAULT uuidv7() CONSTRAINT pk_error_logs PRIMARY KEY,
            fingerprint bytea NOT NULL CONSTRAINT uq_error_logs_fingerprint UNIQUE,
            source varchar(20) NOT NULL,
            function varchar(100) NOT NULL,
            error_type varchar(200) NOT NULL,
            message varchar(500) NOT NULL,
            level varchar(20) NOT NULL,
            status varchar(20) NOT NULL DEFAULT 'open',
            occurrences bigint NOT NULL,
            sample jsonb NOT NULL,
            correlation_id varchar(128) NOT NULL,
            user_id uuid CONSTRAINT fk_error_logs_user_id_users REFERENCES users ON DELETE SET NULL,
            release varchar(100),
            first_seen_at timestamptz NOT NULL,
            last_seen_at timestamptz NOT NULL,
            resolved_at timestamptz,
            resolved_by uuid CONSTRAINT fk_error_logs_resolved_by_users REFERENCES users ON DELETE SET NULL,
            reopenings integer NOT NULL DEFAULT 0,
            recent_reports uuid[] NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT ck_error_logs_source CHECK (source IN ('client', 'http', 'worker', 'schedule')),
            CONSTRAINT ck_error_logs_level CHECK (level IN ('error', 'warning')),
            CONSTRAINT ck_error_logs_status CHECK (status IN ('open', 'resolved')),
            CONSTRAINT ck_error_logs_resolved CHECK ((status = 'resolved') = (resolved_at IS NOT NULL)),
            CONSTRAINT ck_error_logs_occurrences CHECK (occurrences > 0)
        )
        """
    )
    op.execute("CREATE INDEX ix_error_logs_last_seen_at_id ON error_logs (last_seen_at, id)")
    op.execute("CREATE INDEX ix_error_logs_status_last_seen_at_id ON error_logs (status, last_seen_at, id)")
    op.execute("CREATE INDEX ix_error_logs_clients ON error_logs (first_seen_at) WHERE source = 'client'")
    op.execute("CREATE INDEX ix_error_logs_user_id ON error_logs (user_id) WHERE user_id IS NOT NULL")
    op.execute("CREATE INDEX ix_error_logs_resolved_by ON error_logs (resolved_by) WHERE resolved_by IS NOT NULL")
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE ON error_logs FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
    )
    if _roles_exist():
        for role, privileges in GRANTS.items():
            op.execute(f"GRANT {privileges} ON error_logs TO {role}")
        op.execute("GRANT SELECT ON identity_contacts TO sharestack_operations")


def downgrade() -> None:
    if _roles_exist():
        op.execute("REVOKE SELECT ON identity_contacts FROM sharestack_operations")
    op.execute("DROP TABLE error_logs")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
