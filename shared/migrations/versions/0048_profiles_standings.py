"""profiles: suspensions and bans of people who have no profile yet"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE pending_standings (
    user_id uuid NOT NULL, standing varchar(20) NOT NULL, standing_until timestamptz, standing_reason varchar(500),
    created_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_pending_standings PRIMARY KEY (user_id),
    CONSTRAINT ck_pending_standings_standing CHECK (standing IN ('suspended', 'banned')),
    CONSTRAINT fk_pending_standings_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
)
"""
# The sanctions that were given before had no effect on people without a profile: the heaviest in force has it now.
FILL = """
INSERT INTO pending_standings (user_id, standing, standing_until, standing_reason)
SELECT DISTINCT ON (s.user_id) s.user_id, CASE s.kind WHEN 'ban' THEN 'banned' ELSE 'suspended' END, s.ends_at, s.reason
FROM sanctions s
WHERE s.kind <> 'warn' AND s.lifted_at IS NULL AND (s.ends_at IS NULL OR s.ends_at > now())
    AND NOT EXISTS (SELECT FROM profiles p WHERE p.user_id = s.user_id)
ORDER BY s.user_id, s.kind = 'ban' DESC, s.ends_at DESC NULLS FIRST, s.id DESC
"""
VIEW = """
CREATE VIEW profiles_standings AS
SELECT user_id, true AS is_onboarded, standing, standing_until, standing_reason FROM profiles_people
UNION ALL
SELECT user_id, false, standing, standing_until, standing_reason FROM pending_standings
WHERE standing_until IS NULL OR standing_until > now()
"""

# By role and privilege: tables and views.
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_catalog": {"SELECT": "identity_accounts profiles_standings"},
    "sharestack_community": {"SELECT": "identity_accounts profiles_standings"},
    "sharestack_identity": {"DELETE": "pending_standings", "SELECT": "pending_standings"},
    "sharestack_moderation": {
        "DELETE": "pending_standings",
        "INSERT": "pending_standings",
        "SELECT": "identity_accounts pending_standings profiles_standings",
        "UPDATE": "pending_standings",
    },
    "sharestack_profiles": {"DELETE": "pending_standings", "SELECT": "pending_standings profiles_standings"},
}


# Reviews ask for the standing alone.
NEEDED_NO_MORE = {"sharestack_catalog": "profiles_people"}


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(FILL)
    op.execute(VIEW)
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")
        for role, view in NEEDED_NO_MORE.items():
            op.execute(f"REVOKE SELECT ON {view} FROM {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, view in NEEDED_NO_MORE.items():
            op.execute(f"GRANT SELECT ON {view} TO {role}")
        op.execute(
            "REVOKE SELECT ON identity_accounts FROM sharestack_catalog, sharestack_community, sharestack_moderation"
        )
    op.execute("DROP VIEW profiles_standings")
    op.execute("DROP TABLE pending_standings")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT to_regrole('sharestack_moderation')")
    return op.get_bind().execute(statement).scalar() is not None
