"""community: what comments said before; what misspelt words and hashtags are found by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE comment_edits (
        comment_id uuid NOT NULL, version integer NOT NULL, body text NOT NULL,
        replaced_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_comment_edits PRIMARY KEY (comment_id, version),
        CONSTRAINT fk_comment_edits_comment_id_comments
            FOREIGN KEY (comment_id) REFERENCES comments (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE post_words (
        word varchar(64) NOT NULL,
        CONSTRAINT pk_post_words PRIMARY KEY (word)
    )
    """,
)
INDEXES = {
    "ix_post_words_keys": "post_words USING gin (search_keys(word::text, NULL::text))",
    "ix_hashtags_keys": "hashtags USING gin (search_keys(key::text, NULL::text))",
}
VIEWS = {
    "community_post_words": "SELECT word FROM post_words",
    "community_hashtags": "SELECT id, key, name FROM hashtags",
    "community_post_hashtags": "SELECT post_id, hashtag_id, spelling, published_at FROM post_hashtags",
    "community_topic_follows": "SELECT user_id, kind, topic_id FROM topic_follows",
}
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_community": {
        "SELECT": "comment_edits post_words",
        "INSERT": "comment_edits post_words",
        "DELETE": "post_words",
    },
    "sharestack_discovery": {
        "SELECT": "community_hashtags community_post_hashtags community_post_words community_topic_follows",
    },
    "sharestack_identity": {"SELECT": "comment_edits", "DELETE": "comment_edits"},
}


def upgrade() -> None:
    for table in TABLES:
        op.execute(table)
    for name, index in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {index}")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.execute("DROP INDEX ix_hashtags_keys")
    op.execute("DROP TABLE post_words")
    op.execute("DROP TABLE comment_edits")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_community')")).scalar() is not None
