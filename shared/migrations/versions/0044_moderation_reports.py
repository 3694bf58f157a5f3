"""moderation: reports, cases, actions, sanctions, appeals, keyword rules"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE report_cases (
        id uuid DEFAULT uuidv7() NOT NULL, target_kind varchar(20) NOT NULL, target_id uuid NOT NULL, owner_id uuid,
        status varchar(20) DEFAULT 'open' NOT NULL, report_count integer DEFAULT 0 NOT NULL, is_screened boolean
        DEFAULT false NOT NULL, is_held boolean DEFAULT false NOT NULL, snapshots jsonb DEFAULT '[]' NOT NULL,
        claimed_by uuid, claimed_until timestamptz, decided_by uuid, decided_at timestamptz, decision_note
        varchar(1000), version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL, updated_at
        timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_report_cases PRIMARY KEY (id),
        CONSTRAINT ck_report_cases_target_kind
            CHECK (target_kind IN ('post', 'comment', 'article', 'product', 'review', 'user')),
        CONSTRAINT ck_report_cases_status CHECK (status IN ('open', 'resolved', 'dismissed')),
        CONSTRAINT ck_report_cases_decided_at CHECK ((status = 'open') = (decided_at IS NULL)),
        CONSTRAINT fk_report_cases_owner_id_users FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT fk_report_cases_claimed_by_users
            FOREIGN KEY (claimed_by) REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT fk_report_cases_decided_by_users
            FOREIGN KEY (decided_by) REFERENCES users (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE reports (
        id uuid DEFAULT uuidv7() NOT NULL, case_id uuid NOT NULL, reporter_id uuid, target_kind varchar(20) NOT
        NULL, target_id uuid NOT NULL, target_version integer, reason varchar(40) NOT NULL, body text DEFAULT '' NOT
        NULL, closed_at timestamptz, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_reports PRIMARY KEY (id),
        CONSTRAINT fk_reports_case_id_report_cases
            FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE CASCADE,
        CONSTRAINT fk_reports_reporter_id_users FOREIGN KEY (reporter_id) REFERENCES users (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE moderation_actions (
        id uuid DEFAULT uuidv7() NOT NULL, case_id uuid, kind varchar(20) NOT NULL, target_kind varchar(20) NOT
        NULL, target_id uuid NOT NULL, subject_id uuid, moderator_id uuid, reason varchar(500) NOT NULL, ends_at
        timestamptz, undone_at timestamptz, undoes_id uuid, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_moderation_actions PRIMARY KEY (id),
        CONSTRAINT ck_moderation_actions_kind
            CHECK (kind IN ('hide', 'unhide', 'remove', 'warn', 'suspend', 'ban', 'lift')),
        CONSTRAINT ck_moderation_actions_ends_at CHECK (ends_at IS NULL OR kind = 'suspend'),
        CONSTRAINT fk_moderation_actions_case_id_report_cases
            FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE SET NULL,
        CONSTRAINT fk_moderation_actions_subject_id_users
            FOREIGN KEY (subject_id) REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT fk_moderation_actions_moderator_id_users
            FOREIGN KEY (moderator_id) REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT fk_moderation_actions_undoes_id_moderation_actions
            FOREIGN KEY (undoes_id) REFERENCES moderation_actions (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE sanctions (
        id uuid DEFAULT uuidv7() NOT NULL, action_id uuid NOT NULL, user_id uuid NOT NULL, kind varchar(20) NOT
        NULL, reason varchar(500) NOT NULL, ends_at timestamptz, lifted_at timestamptz, created_at timestamptz
        DEFAULT now() NOT NULL,
        CONSTRAINT pk_sanctions PRIMARY KEY (id),
        CONSTRAINT ck_sanctions_kind CHECK (kind IN ('warn', 'suspend', 'ban')),
        CONSTRAINT fk_sanctions_action_id_moderation_actions
            FOREIGN KEY (action_id) REFERENCES moderation_actions (id) ON DELETE CASCADE,
        CONSTRAINT fk_sanctions_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE appeals (
        id uuid DEFAULT uuidv7() NOT NULL, action_id uuid NOT NULL, user_id uuid NOT NULL, body text NOT NULL,
        status varchar(20) DEFAULT 'open' NOT NULL, decided_by uuid, decided_at timestamptz, decision_note
        varchar(1000), created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_appeals PRIMARY KEY (id),
        CONSTRAINT ck_appeals_status CHECK (status IN ('open', 'accepted', 'rejected')),
        CONSTRAINT ck_appeals_decided_at CHECK ((status = 'open') = (decided_at IS NULL)),
        CONSTRAINT fk_appeals_action_id_moderation_actions
            FOREIGN KEY (action_id) REFERENCES moderation_actions (id) ON DELETE CASCADE,
        CONSTRAINT fk_appeals_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_appeals_decided_by_users FOREIGN KEY (decided_by) REFERENCES users (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE keyword_rules (
        id uuid DEFAULT uuidv7() NOT NULL, phrase varchar(200) NOT NULL, language varchar(35), action varchar(20)
        NOT NULL, is_active boolean DEFAULT true NOT NULL, note varchar(500) DEFAULT '' NOT NULL, created_by uuid,
        deleted_at timestamptz, version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_keyword_rules PRIMARY KEY (id),
        CONSTRAINT ck_keyword_rules_action CHECK (action IN ('flag', 'hold', 'refuse')),
        CONSTRAINT fk_keyword_rules_created_by_users
            FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE screenings (
        id uuid DEFAULT uuidv7() NOT NULL, case_id uuid NOT NULL, rule_id uuid NOT NULL, rule_version integer NOT
        NULL, phrase varchar(200) NOT NULL, action varchar(20) NOT NULL, field varchar(40) NOT NULL, start_offset
        integer NOT NULL, end_offset integer NOT NULL, target_version integer, created_at timestamptz DEFAULT now()
        NOT NULL,
        CONSTRAINT pk_screenings PRIMARY KEY (id),
        CONSTRAINT ck_screenings_action CHECK (action IN ('flag', 'hold')),
        CONSTRAINT ck_screenings_offsets CHECK (start_offset >= 0 AND end_offset > start_offset),
        CONSTRAINT fk_screenings_case_id_report_cases
            FOREIGN KEY (case_id) REFERENCES report_cases (id) ON DELETE CASCADE,
        CONSTRAINT fk_screenings_rule_id_keyword_rules FOREIGN KEY (rule_id) REFERENCES keyword_rules (id)
    )
    """,
)
INDEXES = (
    "CREATE INDEX ix_report_cases_count ON report_cases (status, report_count, id)",
    "CREATE INDEX ix_report_cases_decided_at ON report_cases (decided_at) WHERE status <> 'open'",
    "CREATE INDEX ix_report_cases_owner ON report_cases (owner_id, id)",
    "CREATE INDEX ix_report_cases_queue ON report_cases (status, id)",
    "CREATE INDEX ix_report_cases_target ON report_cases (target_kind, target_id, id)",
    "CREATE UNIQUE INDEX uq_report_cases_open ON report_cases (target_kind, target_id) WHERE status = 'open'",
    "CREATE INDEX ix_reports_case ON reports (case_id, id)",
    "CREATE INDEX ix_reports_reporter ON reports (reporter_id, id)",
    "CREATE UNIQUE INDEX uq_reports_open ON reports (reporter_id, target_kind, target_id) WHERE closed_at IS NULL",
    "CREATE INDEX ix_moderation_actions_case ON moderation_actions (case_id, id)",
    "CREATE INDEX ix_moderation_actions_created_at ON moderation_actions (created_at)",
    "CREATE INDEX ix_moderation_actions_moderator_id ON moderation_actions (moderator_id)",
    "CREATE INDEX ix_moderation_actions_subject ON moderation_actions (subject_id, id)",
    "CREATE INDEX ix_moderation_actions_target ON moderation_actions (target_kind, target_id, id)",
    "CREATE INDEX ix_moderation_actions_undoes_id ON moderation_actions (undoes_id)",
    "CREATE INDEX ix_sanctions_user ON sanctions (user_id, id)",
    "CREATE UNIQUE INDEX uq_sanctions_action_id ON sanctions (action_id)",
    "CREATE INDEX ix_appeals_queue ON appeals (status, id)",
    "CREATE INDEX ix_appeals_user ON appeals (user_id, id)",
    "CREATE UNIQUE INDEX uq_appeals_action_id ON appeals (action_id)",
    "CREATE UNIQUE INDEX uq_keyword_rules_phrase ON keyword_rules (phrase) WHERE deleted_at IS NULL",
    "CREATE INDEX ix_screenings_case ON screenings (case_id, id)",
    "CREATE INDEX ix_screenings_rule ON screenings (rule_id, id)",
)
VERSIONED = ("report_cases", "keyword_rules")

# What moderation reads of others.
VIEWS = {
    "catalog_reviews": """
        SELECT id, product_id, user_id, rating, title, body, image_urls, status, version, created_at FROM reviews
    """,
    "community_open_groups": "SELECT id AS group_id FROM groups WHERE access = 'public'",
    "identity_staff": """
        SELECT id AS user_id, roles FROM users WHERE is_active AND roles && '{moderator,admin}'
    """,
}

GRANTS: dict[str, dict[str, str]] = {
    "sharestack_catalog": {
        "SELECT": "profiles_people",
    },
    "sharestack_community": {
        "INSERT": "report_cases screenings",
        "SELECT": "community_author_stats keyword_rules report_cases",
        "UPDATE": "report_cases",
    },
    "sharestack_identity": {
        "DELETE": "appeals moderation_actions report_cases sanctions",
        "SELECT": "appeals moderation_actions report_cases reports sanctions",
        "UPDATE": "moderation_actions report_cases reports",
    },
    "sharestack_moderation": {
        "INSERT": "appeals audit_entries idempotency_keys keyword_rules moderation_actions outbox_events"
        " report_cases reports review_moderations sanctions",
        "SELECT": "appeals catalog_products catalog_reviews comments community_author_stats group_members groups"
        " community_comments community_memberships community_open_groups community_posts"
        " idempotency_keys identity_contacts identity_live_sessions identity_staff keyword_rules"
        " login_sessions moderation_actions outbox_events posts products profiles profiles_follows"
        " profiles_mutes profiles_people profiles_walls profiles_word_filters report_cases reports"
        " reviews sanctions screenings service_keys signing_keys",
        "UPDATE": "appeals comments group_members groups idempotency_keys keyword_rules login_sessions"
        " moderation_actions outbox_events posts products profiles report_cases reports reviews sanctions",
    },
    "sharestack_profiles": {
        "INSERT": "report_cases screenings",
        "SELECT": "community_author_stats keyword_rules report_cases",
        "UPDATE": "report_cases",
    },
}


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for table in VERSIONED:
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE OF version ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        gone = {*VIEWS, *_MADE}
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                stay = [name for name in names.split() if name not in gone]
                if stay:
                    op.execute(f"REVOKE {privilege} ON {', '.join(stay)} FROM {role}")
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.execute(f"DROP TABLE {', '.join(reversed(_MADE))}")


_MADE = ("report_cases", "reports", "moderation_actions", "sanctions", "appeals", "keyword_rules", "screenings")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return (
        op.get_bind().execute(sa.text("SELECT to_regrole(:role)"), {"role": "sharestack_moderation"}).scalar()
        is not None
    )
