"""community: posts that people bring from elsewhere"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE post_imports (
        id uuid DEFAULT uuidv7() NOT NULL, user_id uuid NOT NULL, size_bytes bigint NOT NULL,
        status varchar(20) DEFAULT 'waiting' NOT NULL, reason varchar(40), items integer,
        done integer DEFAULT 0 NOT NULL, attempts smallint DEFAULT 0 NOT NULL, claimed_until timestamptz,
        correlation_id varchar(128) DEFAULT '' NOT NULL, read_at timestamptz,
        created_at timestamptz DEFAULT now() NOT NULL, finished_at timestamptz,
        CONSTRAINT pk_post_imports PRIMARY KEY (id),
        CONSTRAINT ck_post_imports_status CHECK (status IN ('waiting', 'running', 'finished', 'failed')),
        CONSTRAINT ck_post_imports_finished_at
            CHECK ((status IN ('finished', 'failed')) = (finished_at IS NOT NULL)),
        CONSTRAINT ck_post_imports_reason CHECK ((status = 'failed') = (reason IS NOT NULL)),
        CONSTRAINT ck_post_imports_numbers CHECK (size_bytes > 0 AND done >= 0),
        CONSTRAINT fk_post_imports_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_import_items (
        import_id uuid NOT NULL, place integer NOT NULL, source_id text NOT NULL, outcome varchar(20) NOT NULL,
        reason varchar(60), post_id uuid, content jsonb, media_ids uuid[] DEFAULT '{}' NOT NULL,
        CONSTRAINT pk_post_import_items PRIMARY KEY (import_id, place),
        CONSTRAINT ck_post_import_items_outcome
            CHECK (outcome IN ('waiting', 'created', 'unchanged', 'skipped', 'refused')),
        CONSTRAINT ck_post_import_items_content CHECK ((outcome = 'waiting') = (content IS NOT NULL)),
        CONSTRAINT fk_post_import_items_import_id_post_imports
            FOREIGN KEY (import_id) REFERENCES post_imports (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_import_items_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE imported_posts (
        user_id uuid NOT NULL, source_id text NOT NULL, post_id uuid, created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_imported_posts PRIMARY KEY (user_id, source_id),
        CONSTRAINT fk_imported_posts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT fk_imported_posts_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
    )
    """,
)
INDEXES = (
    "CREATE UNIQUE INDEX uq_post_imports_open ON post_imports (user_id) WHERE finished_at IS NULL",
    "CREATE INDEX ix_post_imports_user_id ON post_imports (user_id, created_at)",
    "CREATE INDEX ix_post_import_items_waiting ON post_import_items (import_id, place) WHERE outcome = 'waiting'",
    "CREATE INDEX ix_post_import_items_post_id ON post_import_items (post_id)",
    "CREATE INDEX ix_imported_posts_post_id ON imported_posts (post_id)",
)

_COLUMNS = """id, author_id, body, folded_text, visibility, group_id, is_live, published_at, deleted_at, hidden_at,
    sentiment, reaction_counts, comment_count, repost_count, quote_count, version, created_at"""
_HITS = """id, author_id, body, folded_text, content_warning, entities, language, sentiment, visibility, group_id,
    is_live, published_at, reaction_counts, comment_count, repost_count, quote_count"""
READERS = ("sharestack_analytics", "sharestack_discovery", "sharestack_moderation")

# As 0041 has it, without what was not written here.
TRENDING = """
CREATE MATERIALIZED VIEW trending_tickers AS
WITH named AS (
    SELECT t.ticker_id, p.author_id, (extract(epoch FROM now() - t.published_at) / 86400)::numeric AS days
    FROM post_tickers t JOIN posts p ON p.id = t.post_id
    JOIN profiles_people a ON a.user_id = p.author_id
    WHERE t.published_at > now() - interval '7 days 1 hour' AND t.published_at <= now()
        AND p.is_live AND p.visibility = 'public' AND a.standing = 'good' AND NOT a.is_private{written_here}
), counted AS (
    SELECT ticker_id,
        count(DISTINCT author_id) FILTER (WHERE days < 1 / 24.0) AS authors,
        count(DISTINCT (author_id, floor(days))) FILTER (WHERE days >= 1) AS authors_before
    FROM named WHERE days - floor(days) < 1 / 24.0 GROUP BY ticker_id
)
SELECT ticker_id, authors::int, (authors_before / 7.0)::double precision AS usual_authors,
    ((authors + 1) / (authors_before / 7.0 + 1))::double precision AS velocity, now() AS refreshed_at
FROM counted WHERE authors > 0
"""
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_community": {
        "SELECT": "community_written_posts imported_posts media_unsettled post_import_items post_imports"
        " identity_contacts",
        "INSERT": "imported_posts media_files post_import_items post_imports",
        "UPDATE": "imported_posts post_import_items post_imports",
        "DELETE": "imported_posts",
    },
    "sharestack_identity": {
        "SELECT": "imported_posts post_import_items post_imports",
        "DELETE": "imported_posts post_import_items post_imports",
    },
}


def upgrade() -> None:
    op.execute("ALTER TABLE posts ADD COLUMN imported_at timestamptz")
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    op.execute("CREATE VIEW media_unsettled AS SELECT id FROM media_files WHERE status IN ('pending', 'processing')")
    # Figures of analytics read the view that others read until now, and go on with it under its new name: without what
    # people bring from elsewhere.
    op.execute("ALTER VIEW community_posts RENAME TO community_written_posts")
    op.execute(
        f"CREATE OR REPLACE VIEW community_written_posts AS SELECT {_COLUMNS} FROM posts"
        " WHERE status = 'published' AND imported_at IS NULL"
    )
    op.execute(f"CREATE VIEW community_posts AS SELECT {_COLUMNS}, imported_at FROM posts WHERE status = 'published'")
    op.execute(
        f"CREATE OR REPLACE VIEW community_post_hits AS SELECT {_HITS}, imported_at FROM posts"
        " WHERE status = 'published'"
    )
    _trending(written_here=True)
    if _roles_exist():
        op.execute(f"GRANT SELECT ON community_posts TO {', '.join(READERS)}")
        op.execute(f"REVOKE SELECT ON community_written_posts FROM {', '.join(READERS)}")
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    _trending(written_here=False)
    op.execute("DROP VIEW community_posts")
    op.execute("ALTER VIEW community_written_posts RENAME TO community_posts")
    op.execute(f"CREATE OR REPLACE VIEW community_posts AS SELECT {_COLUMNS} FROM posts WHERE status = 'published'")
    op.execute("DROP VIEW community_post_hits")
    op.execute(f"CREATE VIEW community_post_hits AS SELECT {_HITS} FROM posts WHERE status = 'published'")
    if _roles_exist():
        op.execute("GRANT SELECT ON community_post_hits TO sharestack_discovery")
        op.execute(f"GRANT SELECT ON community_posts TO {', '.join(READERS)}")
        op.execute("REVOKE ALL ON media_files, identity_contacts, community_posts FROM sharestack_community")
    op.execute("DROP VIEW media_unsettled")
    op.execute("DROP TABLE imported_posts, post_import_items, post_imports")
    op.execute("ALTER TABLE posts DROP COLUMN imported_at")


def _trending(*, written_here: bool) -> None:
    op.execute("DROP MATERIALIZED VIEW trending_tickers")
    op.execute(TRENDING.format(written_here=" AND p.imported_at IS NULL" if written_here else ""))
    op.execute("CREATE UNIQUE INDEX uq_trending_tickers_ticker_id ON trending_tickers (ticker_id)")
    op.execute("CREATE INDEX ix_trending_tickers_velocity ON trending_tickers (velocity, ticker_id)")
    if _roles_exist():
        op.execute("GRANT SELECT, MAINTAIN ON trending_tickers TO sharestack_community")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_community')")).scalar() is not None
