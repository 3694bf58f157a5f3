"""community: groups, posts, polls"""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE groups (
        id uuid DEFAULT uuidv7() NOT NULL, slug varchar(60) NOT NULL, name varchar(80) NOT NULL,
        name_key text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED,
        description varchar(1000) DEFAULT '' NOT NULL, rules jsonb DEFAULT '[]' NOT NULL,
        access varchar(20) NOT NULL, member_count integer DEFAULT 0 NOT NULL, closed_at timestamptz,
        version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_groups PRIMARY KEY (id),
        CONSTRAINT uq_groups_slug UNIQUE (slug),
        CONSTRAINT ck_groups_access CHECK (access IN ('public', 'request', 'invitation')),
        CONSTRAINT ck_groups_member_count CHECK (member_count >= 0)
    )
    """,
    """
    CREATE TABLE author_stats (
        user_id uuid NOT NULL, post_count integer DEFAULT 0 NOT NULL,
        CONSTRAINT pk_author_stats PRIMARY KEY (user_id),
        CONSTRAINT ck_author_stats_post_count CHECK (post_count >= 0),
        CONSTRAINT fk_author_stats_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE group_bans (
        group_id uuid NOT NULL, user_id uuid NOT NULL, reason varchar(500) DEFAULT '' NOT NULL, until timestamptz,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_group_bans PRIMARY KEY (group_id, user_id),
        CONSTRAINT fk_group_bans_group_id_groups FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE,
        CONSTRAINT fk_group_bans_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE group_flairs (
        id uuid DEFAULT uuidv7() NOT NULL, group_id uuid NOT NULL, name varchar(40) NOT NULL,
        position smallint DEFAULT 0 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_group_flairs PRIMARY KEY (id),
        CONSTRAINT uq_group_flairs_group_id_name UNIQUE (group_id, name),
        CONSTRAINT ck_group_flairs_name CHECK (length(name) > 0),
        CONSTRAINT fk_group_flairs_group_id_groups FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE group_members (
        group_id uuid NOT NULL, user_id uuid NOT NULL, role varchar(20) DEFAULT 'member' NOT NULL,
        joined_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_group_members PRIMARY KEY (group_id, user_id),
        CONSTRAINT ck_group_members_role CHECK (role IN ('owner', 'moderator', 'member')),
        CONSTRAINT fk_group_members_group_id_groups FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE,
        CONSTRAINT fk_group_members_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE group_requests (
        group_id uuid NOT NULL, user_id uuid NOT NULL, invited_by uuid, message varchar(500) DEFAULT '' NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_group_requests PRIMARY KEY (group_id, user_id),
        CONSTRAINT fk_group_requests_group_id_groups FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE,
        CONSTRAINT fk_group_requests_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_group_requests_invited_by_users FOREIGN KEY (invited_by) REFERENCES users (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE posts (
        id uuid DEFAULT uuidv7() NOT NULL, author_id uuid NOT NULL, body text NOT NULL,
        entities jsonb DEFAULT '[]' NOT NULL, folded_text text DEFAULT '' NOT NULL, language varchar(35),
        sentiment varchar(20), content_warning varchar(200), visibility varchar(20) DEFAULT 'public' NOT NULL,
        reply_policy varchar(20) DEFAULT 'everybody' NOT NULL, group_id uuid, quoted_post_id uuid,
        is_quote boolean DEFAULT false NOT NULL, status varchar(20) DEFAULT 'published' NOT NULL,
        publish_at timestamptz, published_at timestamptz, edited_at timestamptz, deleted_at timestamptz,
        hidden_at timestamptz, hidden_reason varchar(500), hidden_by_group boolean DEFAULT false NOT NULL,
        is_live boolean GENERATED ALWAYS AS
            (status = 'published' AND deleted_at IS NULL AND hidden_at IS NULL) STORED NOT NULL,
        reaction_counts integer[] DEFAULT '{0,0,0,0,0,0}' NOT NULL, comment_count integer DEFAULT 0 NOT NULL,
        repost_count integer DEFAULT 0 NOT NULL, quote_count integer DEFAULT 0 NOT NULL,
        hot_score double precision GENERATED ALWAYS AS
            (hot_score(published_at, reaction_counts, comment_count, repost_count + quote_count)) STORED,
        flair_id uuid, pinned_at timestamptz, locked_at timestamptz, accepted_comment_id uuid,
        version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_posts PRIMARY KEY (id),
        CONSTRAINT ck_posts_sentiment CHECK (sentiment IN ('bullish', 'bearish')),
        CONSTRAINT ck_posts_visibility CHECK (visibility IN ('public', 'followers', 'group')),
        CONSTRAINT ck_posts_group CHECK ((visibility = 'group') = (group_id IS NOT NULL)),
        CONSTRAINT ck_posts_reply_policy CHECK (reply_policy IN ('everybody', 'followers', 'mentioned', 'nobody')),
        CONSTRAINT ck_posts_status CHECK (status IN ('draft', 'scheduled', 'published')),
        CONSTRAINT ck_posts_published_at CHECK ((status = 'published') = (published_at IS NOT NULL)),
        CONSTRAINT ck_posts_publish_at CHECK (status <> 'scheduled' OR publish_at IS NOT NULL),
        CONSTRAINT ck_posts_reaction_counts CHECK (0 <= ALL(reaction_counts)),
        CONSTRAINT ck_posts_counts CHECK (comment_count >= 0 AND repost_count >= 0 AND quote_count >= 0),
        CONSTRAINT fk_posts_author_id_users FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_posts_group_id_groups FOREIGN KEY (group_id) REFERENCES groups (id) ON DELETE CASCADE,
        CONSTRAINT fk_posts_quoted_post_id_posts FOREIGN KEY (quoted_post_id) REFERENCES posts (id) ON DELETE SET NULL,
        CONSTRAINT fk_posts_flair_id_group_flairs FOREIGN KEY (flair_id) REFERENCES group_flairs (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE polls (
        id uuid DEFAULT uuidv7() NOT NULL, post_id uuid NOT NULL, options text[] NOT NULL,
        minutes integer NOT NULL, ends_at timestamptz, hides_results boolean DEFAULT false NOT NULL,
        vote_counts integer[] NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_polls PRIMARY KEY (id),
        CONSTRAINT ck_polls_options CHECK (cardinality(options) BETWEEN 2 AND 4),
        CONSTRAINT ck_polls_vote_counts
            CHECK (cardinality(vote_counts) = cardinality(options) AND 0 <= ALL(vote_counts)),
        CONSTRAINT ck_polls_minutes CHECK (minutes BETWEEN 1440 AND 10080),
        CONSTRAINT fk_polls_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_edits (
        post_id uuid NOT NULL, version integer NOT NULL, body text NOT NULL, content_warning varchar(200),
        sentiment varchar(20), vote_count integer DEFAULT 0 NOT NULL,
        replaced_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_post_edits PRIMARY KEY (post_id, version),
        CONSTRAINT fk_post_edits_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_media (
        post_id uuid NOT NULL, position smallint NOT NULL, media_id uuid NOT NULL, url varchar(500) NOT NULL,
        alt varchar(1000) DEFAULT '' NOT NULL, media jsonb NOT NULL,
        CONSTRAINT pk_post_media PRIMARY KEY (post_id, position),
        CONSTRAINT ck_post_media_position CHECK (position BETWEEN 0 AND 3),
        CONSTRAINT fk_post_media_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_media_media_id_media_files FOREIGN KEY (media_id) REFERENCES media_files (id)
    )
    """,
    """
    CREATE TABLE profile_pins (
        user_id uuid NOT NULL, post_id uuid NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_profile_pins PRIMARY KEY (user_id),
        CONSTRAINT fk_profile_pins_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_profile_pins_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE poll_votes (
        poll_id uuid NOT NULL, user_id uuid NOT NULL, option smallint NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_poll_votes PRIMARY KEY (poll_id, user_id),
        CONSTRAINT fk_poll_votes_poll_id_polls FOREIGN KEY (poll_id) REFERENCES polls (id) ON DELETE CASCADE,
        CONSTRAINT fk_poll_votes_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
)
INDEXES = (
    "CREATE INDEX ix_groups_newest ON groups (created_at, id) WHERE closed_at IS NULL",
    "CREATE INDEX ix_groups_name ON groups USING gin (name_key gin_trgm_ops)",
    "CREATE INDEX ix_group_bans_newest ON group_bans (group_id, created_at, user_id)",
    "CREATE INDEX ix_group_members_staff ON group_members (group_id, joined_at, user_id) WHERE role <> 'member'",
    "CREATE INDEX ix_posts_group_removed ON posts (group_id, hidden_at, id) WHERE hidden_by_group",
    "CREATE INDEX ix_posts_group_pinned ON posts (group_id, pinned_at) WHERE pinned_at IS NOT NULL",
    "CREATE INDEX ix_group_bans_user_id ON group_bans (user_id)",
    "CREATE INDEX ix_group_members_newest ON group_members (group_id, joined_at, user_id)",
    "CREATE INDEX ix_group_members_user ON group_members (user_id, group_id)",
    "CREATE INDEX ix_group_requests_invited_by ON group_requests (invited_by) WHERE invited_by IS NOT NULL",
    "CREATE INDEX ix_group_requests_newest ON group_requests (group_id, created_at, user_id)",
    "CREATE INDEX ix_group_requests_user ON group_requests (user_id, created_at, group_id)",
    "CREATE INDEX ix_posts_author ON posts (author_id, published_at, id) WHERE is_live AND group_id IS NULL",
    "CREATE INDEX ix_posts_author_hot ON posts (author_id, hot_score, id) WHERE is_live AND group_id IS NULL",
    "CREATE INDEX ix_posts_author_id ON posts (author_id)",
    "CREATE INDEX ix_posts_drafts ON posts (author_id, id) WHERE status <> 'published'",
    "CREATE INDEX ix_posts_due ON posts (publish_at) WHERE status = 'scheduled'",
    "CREATE INDEX ix_posts_flair_id ON posts (flair_id)",
    "CREATE INDEX ix_posts_group ON posts (group_id, published_at, id) WHERE is_live",
    "CREATE INDEX ix_posts_group_hot ON posts (group_id, hot_score, id) WHERE is_live",
    "CREATE INDEX ix_posts_hot ON posts (hot_score, id) WHERE is_live AND group_id IS NULL",
    "CREATE INDEX ix_posts_newest ON posts (published_at, id) WHERE is_live AND group_id IS NULL",
    "CREATE INDEX ix_posts_quoted ON posts (quoted_post_id, published_at, id)",
    "CREATE UNIQUE INDEX uq_polls_post_id ON polls (post_id)",
    "CREATE INDEX ix_post_media_media_id ON post_media (media_id)",
    "CREATE INDEX ix_profile_pins_post_id ON profile_pins (post_id)",
    "CREATE INDEX ix_poll_votes_user_id ON poll_votes (user_id)",
)

PURPOSES = "('product', 'review', 'profile')"


def upgrade() -> None:
    _allow_purposes("('product', 'review', 'profile', 'post')")
    # By the logarithm of what people did with a post: twice as much is worth six hours. In quarters, so that most
    # reactions to a post that has many move nothing.
    op.execute(
        """
        CREATE FUNCTION hot_score(published_at timestamptz, reaction_counts integer[], comments integer, shares integer)
        RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN floor(4 / ln(2::double precision) * ln((1 + 2 * comments + 3 * shares
                + reaction_counts[1] + reaction_counts[2] + reaction_counts[3]
                + reaction_counts[4] + reaction_counts[5] + reaction_counts[6])::double precision)) / 4
            + extract(epoch FROM published_at - timestamptz '2026-01-01 00:00:00+00')::double precision / 21600
        """
    )
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for table in ("groups", "posts"):
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE OF version ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )


def downgrade() -> None:
    op.execute(
        "DROP TABLE poll_votes, polls, post_edits, post_media, profile_pins, author_stats, posts,"
        " group_flairs, group_bans, group_requests, group_members, groups"
    )
    op.execute("DROP FUNCTION hot_score")
    op.execute("UPDATE media_files SET purpose = 'review' WHERE purpose = 'post'")
    _allow_purposes(PURPOSES)


def _allow_purposes(purposes: str) -> None:
    op.execute("ALTER TABLE media_files DROP CONSTRAINT ck_media_files_purpose")
    op.execute(f"ALTER TABLE media_files ADD CONSTRAINT ck_media_files_purpose CHECK (purpose IN {purposes})")
