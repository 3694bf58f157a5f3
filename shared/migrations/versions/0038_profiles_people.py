"""people: profiles, follows, mutes and blocks, interests, watchlists, word filters"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = (
    # Counts of followers change often, and no index holds them: new versions of a row fit beside the old ones.
    """
    CREATE TABLE profiles (
        user_id uuid NOT NULL,
        username varchar(30) NOT NULL,
        username_key varchar(90) NOT NULL,
        username_skeleton text NOT NULL,
        display_name varchar(60),
        display_key text,
        bio text NOT NULL DEFAULT '',
        picture_id uuid,
        picture jsonb,
        country varchar(2),
        time_zone varchar(64) NOT NULL,
        ip_hash bytea,
        is_private boolean NOT NULL DEFAULT false,
        standing varchar(20) NOT NULL DEFAULT 'good',
        standing_until timestamptz,
        standing_reason varchar(500),
        follower_count integer NOT NULL DEFAULT 0,
        following_count integer NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_profiles PRIMARY KEY (user_id),
        CONSTRAINT fk_profiles_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_profiles_picture_id_media_files FOREIGN KEY (picture_id)
            REFERENCES media_files (id) ON DELETE SET NULL,
        CONSTRAINT ck_profiles_standing CHECK (standing IN ('good', 'suspended', 'banned')),
        CONSTRAINT ck_profiles_bio CHECK (char_length(bio) <= 500),
        CONSTRAINT ck_profiles_counts CHECK (follower_count >= 0 AND following_count >= 0)
    ) WITH (fillfactor = 85)
    """,
    *(
        f"""
        CREATE TABLE {table} (
            follower_id uuid NOT NULL,
            followed_id uuid NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT pk_{table} PRIMARY KEY (follower_id, followed_id),
            CONSTRAINT fk_{table}_follower_id_users FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
            CONSTRAINT fk_{table}_followed_id_users FOREIGN KEY (followed_id) REFERENCES users (id) ON DELETE CASCADE,
            CONSTRAINT ck_{table}_other CHECK (follower_id <> followed_id)
        )
        """
        for table in ("follows", "follow_requests")
    ),
    """
    CREATE TABLE content_filters (
        user_id uuid NOT NULL,
        target_id uuid NOT NULL,
        kind varchar(10) NOT NULL,
        until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_content_filters PRIMARY KEY (user_id, target_id, kind),
        CONSTRAINT fk_content_filters_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_content_filters_target_id_users FOREIGN KEY (target_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT ck_content_filters_kind CHECK (kind IN ('mute', 'block')),
        CONSTRAINT ck_content_filters_until CHECK (kind = 'mute' OR until IS NULL),
        CONSTRAINT ck_content_filters_other CHECK (user_id <> target_id)
    )
    """,
    """
    CREATE TABLE user_interests (
        user_id uuid NOT NULL,
        topic varchar(50) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_user_interests PRIMARY KEY (user_id, topic),
        CONSTRAINT fk_user_interests_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE watchlist_items (
        user_id uuid NOT NULL,
        symbol varchar(20) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_watchlist_items PRIMARY KEY (user_id, symbol),
        CONSTRAINT fk_watchlist_items_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE word_filters (
        id uuid NOT NULL DEFAULT uuidv7(),
        user_id uuid NOT NULL,
        phrase varchar(100) NOT NULL,
        pattern text NOT NULL,
        action varchar(10) NOT NULL DEFAULT 'hide',
        until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_word_filters PRIMARY KEY (id),
        CONSTRAINT fk_word_filters_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT ck_word_filters_action CHECK (action IN ('hide', 'fold'))
    )
    """,
)
INDEXES = (
    "CREATE UNIQUE INDEX uq_profiles_username_key ON profiles (username_key)",
    "CREATE UNIQUE INDEX uq_profiles_username_skeleton ON profiles (username_skeleton)",
    "CREATE INDEX ix_profiles_username_prefix ON profiles (username_key text_pattern_ops)",
    "CREATE INDEX ix_profiles_display_prefix ON profiles (display_key text_pattern_ops)",
    "CREATE INDEX ix_profiles_names ON profiles USING gin (username_key gin_trgm_ops, display_key gin_trgm_ops)",
    "CREATE INDEX ix_profiles_picture_id ON profiles (picture_id) WHERE picture_id IS NOT NULL",
    "CREATE INDEX ix_follows_followers ON follows (followed_id, created_at, follower_id)",
    "CREATE INDEX ix_follows_following ON follows (follower_id, created_at, followed_id)",
    "CREATE INDEX ix_follow_requests_received ON follow_requests (followed_id, created_at, follower_id)",
    "CREATE INDEX ix_follow_requests_sent ON follow_requests (follower_id, created_at, followed_id)",
    "CREATE INDEX ix_content_filters_list ON content_filters (user_id, created_at, target_id)",
    "CREATE INDEX ix_content_filters_blocked_by ON content_filters (target_id, user_id) WHERE kind = 'block'",
    "CREATE INDEX ix_user_interests_topic ON user_interests (topic)",
    "CREATE INDEX ix_watchlist_items_symbol ON watchlist_items (symbol)",
    "CREATE UNIQUE INDEX uq_word_filters_pattern ON word_filters (user_id, pattern)",
)

# Both people are locked in one order before they are counted, so that two who follow each other wait for no circle. It
# runs with the rights of its owner, whoever writes follows: nobody else changes counts.
COUNT_FOLLOWS = """
CREATE FUNCTION count_follows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    step integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    PERFORM FROM profiles WHERE user_id IN (
        SELECT follower_id FROM changed_follows UNION SELECT followed_id FROM changed_follows
    ) ORDER BY user_id FOR NO KEY UPDATE;
    UPDATE profiles p SET follower_count = p.follower_count + step * c.followers,
        following_count = p.following_count + step * c.following
    FROM (
        SELECT user_id, sum(followers)::integer AS followers, sum(following)::integer AS following FROM (
            SELECT followed_id AS user_id, 1 AS followers, 0 AS following FROM changed_follows
            UNION ALL SELECT follower_id, 0, 1 FROM changed_follows
        ) AS ends GROUP BY user_id
    ) c WHERE p.user_id = c.user_id;
    RETURN NULL;
END
$$
"""
TRIGGERS = (
    "CREATE TRIGGER count_new_follows AFTER INSERT ON follows REFERENCING NEW TABLE AS changed_follows"
    " FOR EACH STATEMENT EXECUTE FUNCTION count_follows()",
    "CREATE TRIGGER count_ended_follows AFTER DELETE ON follows REFERENCING OLD TABLE AS changed_follows"
    " FOR EACH STATEMENT EXECUTE FUNCTION count_follows()",
    "CREATE TRIGGER set_updated_at BEFORE UPDATE ON profiles FOR EACH ROW"
    " WHEN (old.version <> new.version) EXECUTE FUNCTION set_updated_at()",
    "CREATE TRIGGER set_updated_at BEFORE UPDATE ON word_filters FOR EACH ROW EXECUTE FUNCTION set_updated_at()",
)

VIEWS = {
    "identity_accounts": """
        SELECT id, email, email_verified_at, full_name, language, roles, marketing_consent_at, version, created_at,
            updated_at
        FROM users WHERE is_active
    """,
    "profiles_people": """
        SELECT p.user_id, p.username, p.username_key, p.display_name, p.display_key, p.bio, p.picture, p.is_private,
            CASE WHEN p.standing_until <= now() THEN 'good' ELSE p.standing END::varchar(20) AS standing,
            CASE WHEN p.standing_until > now() THEN p.standing_until END AS standing_until,
            CASE WHEN p.standing_until <= now() THEN NULL ELSE p.standing_reason END AS standing_reason,
            p.follower_count, p.following_count, p.created_at
        FROM profiles p JOIN identity_accounts a ON a.id = p.user_id
    """,
    "profiles_follows": "SELECT follower_id, followed_id, created_at FROM follows",
    "profiles_walls": """
        SELECT user_id AS viewer_id, target_id AS person_id FROM content_filters WHERE kind = 'block'
        UNION ALL SELECT target_id, user_id FROM content_filters WHERE kind = 'block'
    """,
    "profiles_mutes": """
        SELECT user_id AS viewer_id, target_id AS person_id FROM content_filters
        WHERE kind = 'mute' AND (until IS NULL OR until > now())
    """,
    "profiles_word_filters": """
        SELECT user_id, pattern, action FROM word_filters WHERE until IS NULL OR until > now()
    """,
    "profiles_watchlist": "SELECT user_id, symbol FROM watchlist_items",
    "profiles_shown_media": "SELECT picture_id AS media_id FROM profiles WHERE picture_id IS NOT NULL",
}

PURPOSE = "ck_media_files_purpose"
PURPOSES = "'product', 'review'"

SERVICE_KEY = "onboarding-network"

# By role and privilege: tables and views.
GRANTS = {
    "sharestack_identity": {
        "DELETE": "content_filters follow_requests follows profiles user_interests watchlist_items word_filters",
        "SELECT": "content_filters follow_requests follows profiles user_interests watchlist_items word_filters",
    },
    "sharestack_media": {
        "SELECT": "profiles_shown_media",
    },
    "sharestack_profiles": {
        "DELETE": "content_filters follow_requests follows user_interests watchlist_items word_filters",
        "INSERT": """
            audit_entries consent_changes content_filters follow_requests follows idempotency_keys outbox_events
            profiles user_interests watchlist_items word_filters
        """,
        "LOCK": "media_pictures",
        "SELECT": """
            consent_changes content_filters follow_requests follows idempotency_keys identity_accounts
            identity_live_sessions media_files media_pictures outbox_events profiles profiles_follows profiles_mutes
            profiles_people profiles_walls profiles_word_filters service_keys signing_keys user_interests users
            watchlist_items word_filters
        """,
        "UPDATE": "content_filters idempotency_keys media_files outbox_events profiles users word_filters",
    },
}


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES, COUNT_FOLLOWS, *TRIGGERS):
        op.execute(statement)
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
    op.drop_constraint(op.f(PURPOSE), "media_files")
    op.create_check_constraint(op.f(PURPOSE), "media_files", f"purpose IN ({PURPOSES}, 'profile')")
    # As in 0001: 244 bits from the server's strong random source.
    op.execute(
        "INSERT INTO service_keys (name, secret) VALUES"
        f" ('{SERVICE_KEY}', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
    )
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"GRANT {_granted(privilege)} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"REVOKE {_granted(privilege)} ON {', '.join(names.split())} FROM {role}")
    op.execute(f"DELETE FROM service_keys WHERE name = '{SERVICE_KEY}'")
    op.drop_constraint(op.f(PURPOSE), "media_files")
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for table in ("word_filters", "watchlist_items", "user_interests", "content_filters", "follow_requests", "follows"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP FUNCTION count_follows()")
    op.execute("DROP TABLE profiles")
    # Nothing shows these any more: the sweep removes their objects as those of reviews.
    op.execute("UPDATE media_files SET purpose = 'review' WHERE purpose = 'profile'")
    op.create_check_constraint(op.f(PURPOSE), "media_files", f"purpose IN ({PURPOSES})")


def _granted(privilege: str) -> str:
    """Who locks rows wants the right to update one column."""
    return "UPDATE (id)" if privilege == "LOCK" else privilege


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
