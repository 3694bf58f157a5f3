"""views of identity"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

VIEWS = {
    "identity_contacts": """
        SELECT id, email, full_name, language,
            is_active AND marketing_consent_at IS NOT NULL AS accepts_marketing
        FROM users
    """,
    "identity_consents": """
        SELECT DISTINCT ON (user_id, purpose) user_id, purpose, granted
        FROM consent_changes ORDER BY user_id, purpose, id DESC
    """,
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
