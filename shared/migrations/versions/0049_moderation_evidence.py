"""moderation: pictures as evidence, groups as targets, what contexts register; why posts are drafts again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

KINDS = "target_kind IN ('post', 'comment', 'article', 'product', 'review', 'user')"
PICTURES = """
CREATE TABLE case_pictures (
    case_id uuid NOT NULL, media_id uuid NOT NULL,
    CONSTRAINT pk_case_pictures PRIMARY KEY (case_id, media_id),
    CONSTRAINT fk_case_pictures_case_id_report_cases
        FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE CASCADE
)
"""
# Media's sweep could not remove a picture of a deleted post, and nothing after it.
SHOWN_PICTURE = "fk_post_media_media_id_media_files"
OPEN_GROUPS = "CREATE OR REPLACE VIEW community_open_groups AS SELECT id AS group_id FROM groups WHERE {condition}"

# By role and privilege: tables and views.
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_catalog": {
        "INSERT": "report_cases screenings",
        "SELECT": "keyword_rules report_cases",
        "UPDATE": "report_cases",
    },
    "sharestack_identity": {"DELETE": "case_pictures", "SELECT": "case_pictures"},
    "sharestack_media": {"SELECT": "moderation_evidence"},
    "sharestack_moderation": {"INSERT": "case_pictures", "SELECT": "case_pictures post_media review_media"},
}


def upgrade() -> None:
    op.execute(PICTURES)
    op.execute("CREATE INDEX ix_case_pictures_media_id ON case_pictures (media_id)")
    op.execute("CREATE VIEW moderation_evidence AS SELECT media_id FROM case_pictures")
    op.drop_constraint(op.f(SHOWN_PICTURE), "post_media")
    op.create_foreign_key(op.f(SHOWN_PICTURE), "post_media", "media_files", ["media_id"], ["id"], ondelete="CASCADE")
    op.drop_constraint(op.f("ck_report_cases_target_kind"), "report_cases")
    op.execute("ALTER TABLE groups ADD COLUMN hidden_at timestamptz, ADD COLUMN hidden_reason varchar(500)")
    op.execute("ALTER TABLE posts ADD COLUMN held_reason varchar(60)")
    op.execute(OPEN_GROUPS.format(condition="access = 'public' AND hidden_at IS NULL"))
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                stay = [name for name in names.split() if name not in _MADE]
                if stay:
                    op.execute(f"REVOKE {privilege} ON {', '.join(stay)} FROM {role}")
    op.execute(OPEN_GROUPS.format(condition="access = 'public'"))
    op.execute("ALTER TABLE groups DROP COLUMN hidden_at, DROP COLUMN hidden_reason")
    op.execute("ALTER TABLE posts DROP COLUMN held_reason")
    # Cases of kinds that were not known before.
    op.execute(f"DELETE FROM report_cases WHERE NOT ({KINDS})")
    op.create_check_constraint(op.f("ck_report_cases_target_kind"), "report_cases", KINDS)
    op.drop_constraint(op.f(SHOWN_PICTURE), "post_media")
    op.create_foreign_key(op.f(SHOWN_PICTURE), "post_media", "media_files", ["media_id"], ["id"])
    op.execute("DROP VIEW moderation_evidence")
    op.execute("DROP TABLE case_pictures")


_MADE = ("case_pictures", "moderation_evidence")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT to_regrole('sharestack_moderation')")
    return op.get_bind().execute(statement).scalar() is not None
