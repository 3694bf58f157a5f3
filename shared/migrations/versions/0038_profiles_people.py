"""profiles: people, follows, mutes and blocks, interests, watched tickers, filters of words"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE content_filters (
        user_id uuid NOT NULL, target_id uuid NOT NULL, kind varchar(10) NOT NULL, until timestamptz,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_content_filters PRIMARY KEY (user_id, target_id, kind),
        CONSTRAINT ck_content_filters_kind CHECK (kind IN ('mute', 'block')),
        CONSTRAINT ck_content_filters_until CHECK (kind = 'mute' OR until IS NULL),
        CONSTRAINT ck_content_filters_other CHECK (user_id <> target_id),
        CONSTRAINT fk_content_filters_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_content_filters_target_id_users FOREIGN KEY (target_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE follow_requests (
        follower_id uuid NOT NULL, followed_id uuid NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_follow_requests PRIMARY KEY (follower_id, followed_id),
        CONSTRAINT ck_follow_requests_other CHECK (follower_id <> followed_id),
        CONSTRAINT fk_follow_requests_follower_id_users
            FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_follow_requests_followed_id_users
            FOREIGN KEY (followed_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE follows (
        follower_id uuid NOT NULL, followed_id uuid NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_follows PRIMARY KEY (follower_id, followed_id),
        CONSTRAINT ck_follows_other CHECK (follower_id <> followed_id),
        CONSTRAINT fk_follows_follower_id_users FOREIGN KEY (follower_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_follows_followed_id_users FOREIGN KEY (followed_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE user_interests (
        user_id uuid NOT NULL, topic varchar(50) NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_user_interests PRIMARY KEY (user_id, topic),
        CONSTRAINT fk_user_interests_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE watchlist_items (
        user_id uuid NOT NULL, symbol varchar(20) NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_watchlist_items PRIMARY KEY (user_id, symbol),
        CONSTRAINT fk_watchlist_items_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE word_filters (
        id uuid DEFAULT uuidv7() NOT NULL, user_id uuid NOT NULL, phrase varchar(100) NOT NULL,
        pattern text NOT NULL, action varchar(10) DEFAULT 'hide' NOT NULL, until timestamptz,
        created_at timestamptz DEFAULT now() NOT NULL, updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_word_filters PRIMARY KEY (id),
        CONSTRAINT ck_word_filters_action CHECK (action IN ('hide', 'fold')),
        CONSTRAINT fk_word_filters_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE profiles (
        user_id uuid NOT NULL, username varchar(30) NOT NULL, username_key varchar(90) NOT NULL,
        username_skeleton text NOT NULL, display_name varchar(60), display_key text, bio text DEFAULT '' NOT NULL,
        picture_id uuid, picture jsonb, picture_upload_id uuid, country varchar(2),
        time_zone varchar(64) NOT NULL, ip_hash BYTEA, is_private boolean DEFAULT false NOT NULL,
        standing varchar(20) DEFAULT 'good' NOT NULL, standing_until timestamptz, standing_reason varchar(500),
        follower_count integer DEFAULT 0 NOT NULL, following_count integer DEFAULT 0 NOT NULL,
        version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_profiles PRIMARY KEY (user_id),
        CONSTRAINT ck_profiles_standing CHECK (standing IN ('good', 'suspended', 'banned')),
        CONSTRAINT ck_profiles_bio CHECK (char_length(bio) <= 500),
        CONSTRAINT ck_profiles_counts CHECK (follower_count >= 0 AND following_count >= 0),
        CONSTRAINT fk_profiles_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_profiles_picture_id_media_files
            FOREIGN KEY (picture_id) REFERENCES media_files (id) ON DELETE SET NULL,
        CONSTRAINT fk_profiles_picture_upload_id_media_files
            FOREIGN KEY (picture_upload_id) REFERENCES media_files (id) ON DELETE SET NULL
    )
    """,
)
INDEXES = (
    "CREATE INDEX ix_content_filters_blocked_by ON content_filters (target_id, user_id) WHERE kind = 'block'",
    "CREATE INDEX ix_content_filters_list ON content_filters (user_id, created_at, target_id)",
    "CREATE INDEX ix_follow_requests_received ON follow_requests (followed_id, created_at, follower_id)",
    "CREATE INDEX ix_follow_requests_sent ON follow_requests (follower_id, created_at, followed_id)",
    "CREATE INDEX ix_follows_followers ON follows (followed_id, created_at, follower_id)",
    "CREATE INDEX ix_follows_following ON follows (follower_id, created_at, followed_id)",
    "CREATE INDEX ix_user_interests_topic ON user_interests (topic)",
    "CREATE INDEX ix_watchlist_items_symbol ON watchlist_items (symbol)",
    "CREATE UNIQUE INDEX uq_word_filters_pattern ON word_filters (user_id, pattern)",
    "CREATE INDEX ix_profiles_display_prefix ON profiles (display_key text_pattern_ops)",
    "CREATE INDEX ix_profiles_names ON profiles USING gin (username_key gin_trgm_ops, display_key gin_trgm_ops)",
    "CREATE INDEX ix_profiles_picture_id ON profiles (picture_id) WHERE picture_id IS NOT NULL",
    "CREATE INDEX ix_profiles_picture_upload_id ON profiles (picture_upload_id) WHERE picture_upload_id IS NOT NULL",
    "CREATE INDEX ix_profiles_username_prefix ON profiles (username_key text_pattern_ops)",
    "CREATE UNIQUE INDEX uq_profiles_username_key ON profiles (username_key)",
    "CREATE UNIQUE INDEX uq_profiles_username_skeleton ON profiles (username_skeleton)",
)

# Rows of `follows`; the profile of the smaller id is locked first, so that two who follow each other do not wait in a
# ring. With the owner's rights, as an erasure that deletes follows may not write profiles of others.
COUNT_FOLLOWS = """
CREATE FUNCTION count_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    step integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    follow follows := CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
BEGIN
    PERFORM FROM profiles WHERE user_id IN (follow.follower_id, follow.followed_id)
    ORDER BY user_id FOR NO KEY UPDATE;
    UPDATE profiles SET follower_count = follower_count + step WHERE user_id = follow.followed_id;
    UPDATE profiles SET following_count = following_count + step WHERE user_id = follow.follower_id;
    RETURN NULL;
END $$
"""

VIEWS = {
    "profiles_people": """
        SELECT p.user_id, p.username, p.username_key, p.display_name, p.display_key, p.bio, p.picture, p.is_private,
            CASE WHEN p.standing_until <= now() THEN 'good' ELSE p.standing END AS standing, p.standing_until,
            p.standing_reason, p.follower_count, p.following_count, p.created_at
        FROM profiles p JOIN users u ON u.id = p.user_id WHERE u.is_active
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
    "profiles_shown_media": """
        SELECT picture_id AS media_id FROM profiles WHERE picture_id IS NOT NULL
        UNION ALL SELECT picture_upload_id FROM profiles WHERE picture_upload_id IS NOT NULL
    """,
}

GRANTS: dict[str, dict[str, str]] = {
    "sharestack_profiles": {
        "INSERT": "audit_entries idempotency_keys outbox_events",
        "SELECT": "idempotency_keys outbox_events service_keys signing_keys",
        "UPDATE": "idempotency_keys outbox_events",
    },
}


def upgrade() -> None:
    _allow_purposes("('product', 'review', 'profile')")
    for statement in (*TABLES, *INDEXES, COUNT_FOLLOWS):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER count_follows AFTER INSERT OR DELETE ON follows FOR EACH ROW EXECUTE FUNCTION count_follows()"
    )
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE OF version ON profiles"
        " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
    )
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE ON word_filters FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        op.execute(
            "REVOKE ALL ON audit_entries, idempotency_keys, outbox_events, service_keys, signing_keys"
            " FROM sharestack_profiles"
        )
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.execute(
        "DROP TABLE word_filters, watchlist_items, user_interests, content_filters, follow_requests, follows, profiles"
    )
    op.execute("DROP FUNCTION count_follows")
    _allow_purposes("('product', 'review')")


def _allow_purposes(purposes: str) -> None:
    op.execute("ALTER TABLE media_files DROP CONSTRAINT ck_media_files_purpose")
    op.execute(f"ALTER TABLE media_files ADD CONSTRAINT ck_media_files_purpose CHECK (purpose IN {purposes})")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_profiles')")).scalar() is not None
