"""discovery: what posts, people and tickers are found by; pages of tickers and hashtags"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

# What a short name is found by, beside its beginning: of unspaced scripts each character and each two neighbours; of
# other words what is left without one letter, which misspelt ones have in common (letter changed, added, left out, or
# exchanged with the next).
SEARCH_KEYS = """
CREATE FUNCTION search_keys(one text, other text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT k.key ORDER BY k.key), '{}') FROM (
        SELECT substr(r.run, p.place, n.length) AS key
        FROM regexp_split_to_table(lower(coalesce(one, '') || ' ' || coalesce(other, '')), '[[:ascii:]]+') r(run)
        CROSS JOIN LATERAL generate_series(1, length(r.run)) p(place)
        CROSS JOIN (VALUES (1), (2)) n(length)
        WHERE p.place + n.length <= length(r.run) + 1
        UNION ALL
        SELECT '~' || left(w.word, p.place - 1) || substr(w.word, p.place + 1)
        FROM regexp_split_to_table(lower(coalesce(one, '') || ' ' || coalesce(other, '')), '[^[:alnum:]]+') w(word)
        CROSS JOIN LATERAL generate_series(1, length(w.word) + 1) p(place)
        WHERE length(w.word) BETWEEN 4 AND 30 AND w.word ~ '^[[:ascii:]]+$'
    ) k
)
"""
PROFILE_KEYS = "search_keys(username_key::text, display_key)"
TICKER_KEYS = "search_keys(name::text, name_zh::text)"

DOCUMENTS = """
CREATE TABLE post_search_documents (
    post_id uuid NOT NULL, published_at timestamptz NOT NULL, terms tsvector NOT NULL,
    CONSTRAINT pk_post_search_documents PRIMARY KEY (post_id),
    CONSTRAINT fk_post_search_documents_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE
)
"""
INDEXES = {
    "ix_post_search_documents_newest": "post_search_documents (published_at, post_id)",
    "ix_post_search_documents_terms": "post_search_documents USING gin (terms) WITH (fastupdate=off)",
    "ix_profiles_keys": f"profiles USING gin ({PROFILE_KEYS})",
    "ix_tickers_keys": f"tickers USING gin ({TICKER_KEYS})",
    "ix_tickers_name_prefix": "tickers (lower(name::text) text_pattern_ops)",
    "ix_tickers_name_zh_prefix": "tickers (name_zh text_pattern_ops)",
    "ix_tickers_prefix": "tickers (symbol text_pattern_ops)",
}
VIEWS = {
    "community_post_terms": "SELECT post_id, published_at, terms FROM post_search_documents",
    # With all that a hit shows.
    "community_post_hits": """
        SELECT id, author_id, body, folded_text, content_warning, entities, language, sentiment, visibility, group_id,
            is_live, published_at, reaction_counts, comment_count, repost_count, quote_count
        FROM posts WHERE status = 'published'
    """,
    "catalog_search_documents": "SELECT product_id, name_terms, terms FROM product_search_documents",
    "catalog_search_words": "SELECT word FROM search_words",
}
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_community": {
        "SELECT": "hashtags post_hashtags post_search_documents post_tickers profiles_watchlist tickers topic_follows",
        "SELECT, MAINTAIN": "trending_tickers",
        "INSERT": "post_search_documents topic_follows",
        "UPDATE": "post_search_documents topic_follows",
        "DELETE": "post_search_documents topic_follows",
    },
    "sharestack_discovery": {
        "SELECT": "catalog_search_documents catalog_search_words community_post_hits community_post_terms"
        " community_post_tickers community_posts community_tickers profiles_follows profiles_mutes profiles_people"
        " profiles_walls profiles_word_filters",
    },
    "sharestack_identity": {"SELECT": "post_search_documents", "DELETE": "post_search_documents"},
}


def upgrade() -> None:
    op.execute(SEARCH_KEYS)
    op.execute(DOCUMENTS)
    for name, index in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {index}")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        op.execute(
            "REVOKE ALL ON community_post_tickers, community_posts, community_tickers, profiles_follows,"
            " profiles_mutes, profiles_people, profiles_walls, profiles_word_filters FROM sharestack_discovery"
        )
        op.execute("REVOKE ALL ON trending_tickers, profiles_watchlist FROM sharestack_community")
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.execute("DROP TABLE post_search_documents")
    for name, index in INDEXES.items():
        if not index.startswith("post_search_documents"):
            op.execute(f"DROP INDEX {name}")
    op.execute("DROP FUNCTION search_keys(text, text)")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_community')")).scalar() is not None
