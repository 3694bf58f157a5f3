"""community: comments, reactions, reposts, bookmarks; tickers, hashtags, mentions"""

from __future__ import annotations

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE hashtags (
        id uuid DEFAULT uuidv7() NOT NULL, key varchar(100) NOT NULL, name varchar(100) NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_hashtags PRIMARY KEY (id),
        CONSTRAINT uq_hashtags_key UNIQUE (key)
    )
    """,
    """
    CREATE TABLE tickers (
        id uuid DEFAULT uuidv7() NOT NULL, symbol varchar(20) NOT NULL, code varchar(20) NOT NULL,
        market varchar(10), name varchar(100), name_zh varchar(100),
        created_at timestamptz DEFAULT now() NOT NULL, updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_tickers PRIMARY KEY (id),
        CONSTRAINT uq_tickers_symbol UNIQUE (symbol)
    )
    """,
    """
    CREATE TABLE bookmark_folders (
        id uuid DEFAULT uuidv7() NOT NULL, user_id uuid NOT NULL, name varchar(60) NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_bookmark_folders PRIMARY KEY (id),
        CONSTRAINT fk_bookmark_folders_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE topic_follows (
        user_id uuid NOT NULL, kind varchar(20) NOT NULL, topic_id uuid NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_topic_follows PRIMARY KEY (user_id, kind, topic_id),
        CONSTRAINT ck_topic_follows_kind CHECK (kind IN ('ticker', 'hashtag', 'group')),
        CONSTRAINT fk_topic_follows_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE bookmarks (
        user_id uuid NOT NULL, post_id uuid NOT NULL, folder_id uuid,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_bookmarks PRIMARY KEY (user_id, post_id),
        CONSTRAINT fk_bookmarks_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_bookmarks_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_bookmarks_folder_id_bookmark_folders
            FOREIGN KEY (folder_id) REFERENCES bookmark_folders (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE comments (
        id uuid DEFAULT uuidv7() NOT NULL, post_id uuid NOT NULL, parent_id uuid,
        depth integer DEFAULT 0 NOT NULL, author_id uuid NOT NULL, body text NOT NULL,
        entities jsonb DEFAULT '[]' NOT NULL, folded_text text DEFAULT '' NOT NULL, edited_at timestamptz,
        deleted_at timestamptz, removed_by_post_author boolean DEFAULT false NOT NULL, hidden_at timestamptz,
        hidden_reason varchar(500), hidden_by_group boolean DEFAULT false NOT NULL,
        is_live boolean GENERATED ALWAYS AS (deleted_at IS NULL AND hidden_at IS NULL) STORED NOT NULL,
        is_shown boolean GENERATED ALWAYS AS
            (deleted_at IS NULL AND hidden_at IS NULL OR reply_count > 0) STORED NOT NULL,
        reaction_counts integer[] DEFAULT '{0,0,0,0,0,0}' NOT NULL, reply_count integer DEFAULT 0 NOT NULL,
        version integer DEFAULT 1 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_comments PRIMARY KEY (id),
        CONSTRAINT ck_comments_depth CHECK (depth >= 0 AND (depth = 0) = (parent_id IS NULL)),
        CONSTRAINT ck_comments_reaction_counts CHECK (0 <= ALL(reaction_counts)),
        CONSTRAINT ck_comments_reply_count CHECK (reply_count >= 0),
        CONSTRAINT fk_comments_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_comments_parent_id_comments FOREIGN KEY (parent_id) REFERENCES comments (id) ON DELETE CASCADE,
        CONSTRAINT fk_comments_author_id_users FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_hashtags (
        post_id uuid NOT NULL, hashtag_id uuid NOT NULL, spelling varchar(100) NOT NULL,
        published_at timestamptz NOT NULL,
        CONSTRAINT pk_post_hashtags PRIMARY KEY (post_id, hashtag_id),
        CONSTRAINT fk_post_hashtags_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_hashtags_hashtag_id_hashtags FOREIGN KEY (hashtag_id) REFERENCES hashtags (id)
    )
    """,
    """
    CREATE TABLE post_mentions (
        post_id uuid NOT NULL, user_id uuid NOT NULL, mentioned_at timestamptz DEFAULT now() NOT NULL,
        withdrawn_at timestamptz,
        CONSTRAINT pk_post_mentions PRIMARY KEY (post_id, user_id),
        CONSTRAINT fk_post_mentions_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_mentions_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_tickers (
        post_id uuid NOT NULL, ticker_id uuid NOT NULL, published_at timestamptz NOT NULL,
        CONSTRAINT pk_post_tickers PRIMARY KEY (post_id, ticker_id),
        CONSTRAINT fk_post_tickers_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_tickers_ticker_id_tickers FOREIGN KEY (ticker_id) REFERENCES tickers (id)
    )
    """,
    """
    CREATE TABLE reposts (
        post_id uuid NOT NULL, user_id uuid NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_reposts PRIMARY KEY (post_id, user_id),
        CONSTRAINT fk_reposts_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_reposts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE comment_mentions (
        comment_id uuid NOT NULL, user_id uuid NOT NULL, mentioned_at timestamptz DEFAULT now() NOT NULL,
        withdrawn_at timestamptz,
        CONSTRAINT pk_comment_mentions PRIMARY KEY (comment_id, user_id),
        CONSTRAINT fk_comment_mentions_comment_id_comments
            FOREIGN KEY (comment_id) REFERENCES comments (id) ON DELETE CASCADE,
        CONSTRAINT fk_comment_mentions_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE reactions (
        id uuid DEFAULT uuidv7() NOT NULL, user_id uuid NOT NULL, post_id uuid, comment_id uuid,
        emoji smallint DEFAULT 0 NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_reactions PRIMARY KEY (id),
        CONSTRAINT ck_reactions_target CHECK (num_nonnulls(post_id, comment_id) = 1),
        CONSTRAINT ck_reactions_emoji CHECK (emoji BETWEEN 0 AND 5),
        CONSTRAINT fk_reactions_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_reactions_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_reactions_comment_id_comments FOREIGN KEY (comment_id) REFERENCES comments (id) ON DELETE CASCADE
    )
    """,
)
INDEXES = (
    "CREATE INDEX ix_hashtags_prefix ON hashtags (key text_pattern_ops)",
    "CREATE INDEX ix_tickers_code ON tickers (code)",
    "CREATE UNIQUE INDEX uq_bookmark_folders_name ON bookmark_folders (user_id, name)",
    "CREATE INDEX ix_topic_follows_topic ON topic_follows (topic_id, user_id)",
    "CREATE INDEX ix_bookmarks_folder ON bookmarks (folder_id, created_at, post_id)",
    "CREATE INDEX ix_bookmarks_post_id ON bookmarks (post_id)",
    "CREATE INDEX ix_bookmarks_user ON bookmarks (user_id, created_at, post_id)",
    "CREATE INDEX ix_comments_author ON comments (author_id, created_at, id)",
    "CREATE INDEX ix_comments_first_level ON comments (post_id, created_at, id) WHERE is_shown AND parent_id IS NULL",
    "CREATE INDEX ix_comments_parent_id ON comments (parent_id)",
    "CREATE INDEX ix_comments_post_id ON comments (post_id)",
    "CREATE INDEX ix_comments_replies ON comments (parent_id, created_at, id) WHERE is_shown",
    "CREATE INDEX ix_post_hashtags_newest ON post_hashtags (hashtag_id, published_at, post_id)",
    "CREATE INDEX ix_post_mentions_newest ON post_mentions (user_id, mentioned_at, post_id)",
    "CREATE INDEX ix_post_tickers_newest ON post_tickers (ticker_id, published_at, post_id)",
    "CREATE INDEX ix_post_tickers_published_at ON post_tickers (published_at)",
    "CREATE INDEX ix_reposts_newest ON reposts (post_id, created_at, user_id)",
    "CREATE INDEX ix_reposts_recent ON reposts (created_at, post_id, user_id)",
    "CREATE INDEX ix_reposts_user ON reposts (user_id, created_at, post_id)",
    "CREATE INDEX ix_comment_mentions_newest ON comment_mentions (user_id, mentioned_at, comment_id)",
    "CREATE INDEX ix_reactions_post_newest ON reactions (post_id, id) WHERE post_id IS NOT NULL",
    "CREATE INDEX ix_reactions_user ON reactions (user_id, id)",
    "CREATE UNIQUE INDEX uq_reactions_comment ON reactions (comment_id, user_id) WHERE comment_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_reactions_post ON reactions (post_id, user_id) WHERE post_id IS NOT NULL",
)


def upgrade() -> None:
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE OF version ON comments"
        " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
    )
    op.execute("CREATE TRIGGER set_updated_at BEFORE UPDATE ON tickers FOR EACH ROW EXECUTE FUNCTION set_updated_at()")


def downgrade() -> None:
    op.execute(
        "DROP TABLE topic_follows, comment_mentions, post_mentions, post_hashtags, hashtags, post_tickers, tickers,"
        " bookmarks, bookmark_folders, reposts, reactions, comments"
    )
