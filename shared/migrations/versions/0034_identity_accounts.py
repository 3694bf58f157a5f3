"""sessions as staff's rights read them; links that take a change of address back; what reviews weigh"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

LIVE_SESSIONS = """
CREATE VIEW identity_live_sessions AS
SELECT session.id AS session_id, account.id AS user_id, account.roles
FROM login_sessions session JOIN users account ON account.id = session.user_id
WHERE session.revoked_at IS NULL AND account.is_active
"""

CONTACTS = """
CREATE {replaces} VIEW identity_contacts AS
SELECT id, email, full_name, language,
    is_active AND marketing_consent_at IS NOT NULL AS accepts_marketing{added}
FROM users
"""

# Reviews without a purchase weigh nothing. What the version before writes until it is gone still counts them.
COUNT_REVIEWS = """
UPDATE products p SET rating_count = r.reviews, rating_sum = r.stars
FROM (
    SELECT product.id, count(review.id)::int AS reviews, coalesce(sum(review.rating), 0)::int AS stars
    FROM products product LEFT JOIN reviews review
        ON review.product_id = product.id AND review.status = 'published'{verified}
    GROUP BY product.id
) r WHERE p.id = r.id AND (p.rating_count, p.rating_sum) IS DISTINCT FROM (r.reviews, r.stars)
"""

# Letters to customers and about them, which erasure has taken out everywhere else. Only the owner of the schema can do
# this, once; a downgrade brings none of them back.
LETTERS = """
UPDATE audit_entries SET reason = '[withheld]' WHERE reason IS NOT NULL AND action IN (
    'return.decided', 'refund.requested', 'fraud_decision.reviewed', 'order.status_changed', 'review.moderated'
)
"""


def withheld(field: str, *actions: str) -> str:
    """The values of a field withheld in all entries of these actions."""
    named = ", ".join(f"'{action}'" for action in actions)
    return f"""
        UPDATE audit_entries SET changes = jsonb_set(changes, '{{{field}}}', (
            SELECT jsonb_agg(CASE WHEN value = 'null' THEN value ELSE '"[withheld]"' END ORDER BY number)
            FROM jsonb_array_elements(changes -> '{field}') WITH ORDINALITY AS pair (value, number)
        )) WHERE action IN ({named}) AND changes ? '{field}'
    """


# By role and privilege: tables and views.
GRANTS = {
    **{
        f"sharestack_{context}": {"SELECT": "identity_live_sessions"}
        for context in ("analytics", "catalog", "discovery", "identity", "media", "operations", "ordering", "payments")
    },
}

# A view loses a column only with its grants, which 0027 gave.
CONTACT_READERS = (
    "sharestack_catalog, sharestack_media, sharestack_notifications, sharestack_ordering, sharestack_payments"
)
CONTACT_LOCKERS = "sharestack_catalog, sharestack_media"

SERVICE_KEYS = ("address-denial", "device", "email-reversal")

KIND = "ck_account_requests_kind"
KINDS = "'email_verification', 'email_change', 'password_reset', 'erasure_cancellation'"


def upgrade() -> None:
    op.execute(LIVE_SESSIONS)
    op.execute(CONTACTS.format(replaces="OR REPLACE", added=", email_verified_at IS NOT NULL AS is_proven"))
    op.execute(COUNT_REVIEWS.format(verified=" AND review.is_verified"))
    op.execute("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only")
    op.execute(LETTERS)
    op.execute(withheld("reply", "review.replied", "review.reply_deleted"))
    op.execute(withheld("file_name", "media.added", "media.deleted"))
    op.execute("ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_append_only")
    op.drop_constraint(op.f(KIND), "account_requests")
    op.create_check_constraint(op.f(KIND), "account_requests", f"kind IN ({KINDS}, 'email_reversal')")
    op.create_index(
        "ix_account_requests_reversal",
        "account_requests",
        [sa.text("lower(email)")],
        postgresql_where=sa.text("kind = 'email_reversal'"),
    )
    for name in SERVICE_KEYS:
        # As in 0001: 244 bits from the server's strong random source.
        op.execute(
            "INSERT INTO service_keys (name, secret) VALUES"
            f" ('{name}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
        )
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"REVOKE {privilege} ON {', '.join(names.split())} FROM {role}")
    for name in SERVICE_KEYS:
        op.execute(f"DELETE FROM service_keys WHERE name = '{name}'")
    op.drop_index("ix_account_requests_reversal", table_name="account_requests")
    op.execute("DELETE FROM account_requests WHERE kind = 'email_reversal'")
    op.drop_constraint(op.f(KIND), "account_requests")
    op.create_check_constraint(op.f(KIND), "account_requests", f"kind IN ({KINDS})")
    op.execute(COUNT_REVIEWS.format(verified=""))
    op.execute("DROP VIEW identity_contacts")
    op.execute(CONTACTS.format(replaces="", added=""))
    if _roles_exist():
        op.execute(f"GRANT SELECT ON identity_contacts TO {CONTACT_READERS}")
        op.execute(f"GRANT UPDATE (id) ON identity_contacts TO {CONTACT_LOCKERS}")
    op.execute("DROP VIEW identity_live_sessions")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
