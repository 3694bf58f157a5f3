"""community: ranks that posts and comments had before; what analytics asks of tickers that are trending"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

# As the triggers that count, with the owner's rights: nobody else writes there. Of two changes within a microsecond
# the first has the rank before both.
_NOTE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO rank_changes (target_id, list_id, value) VALUES (OLD.id, OLD.{list_id}, {value})
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
_REACTIONS = " + ".join(f"{{row}}.reaction_counts[{number}]" for number in range(1, 7))


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE rank_changes (
            target_id uuid NOT NULL, changed_at timestamptz DEFAULT clock_timestamp() NOT NULL,
            list_id uuid, value double precision NOT NULL,
            CONSTRAINT pk_rank_changes PRIMARY KEY (target_id, changed_at)
        )
        """
    )
    # No order by value comes from an index that begins with a null: posts outside of groups have one of their own.
    op.execute("CREATE INDEX ix_rank_changes_place ON rank_changes (value, target_id) WHERE list_id IS NULL")
    op.execute(
        "CREATE INDEX ix_rank_changes_list ON rank_changes (list_id, value, target_id) WHERE list_id IS NOT NULL"
    )
    op.execute("CREATE INDEX ix_rank_changes_changed_at ON rank_changes (changed_at)")
    op.execute(_NOTE.format(name="note_post_rank", list_id="group_id", value="OLD.hot_score"))
    op.execute(_NOTE.format(name="note_comment_rank", list_id="post_id", value=_REACTIONS.format(row="OLD")))
    op.execute(
        "CREATE TRIGGER note_post_rank"
        " AFTER UPDATE OF reaction_counts, comment_count, repost_count, quote_count ON posts FOR EACH ROW"
        " WHEN (OLD.hot_score <> NEW.hot_score) EXECUTE FUNCTION note_post_rank()"
    )
    op.execute(
        "CREATE TRIGGER note_comment_rank AFTER UPDATE OF reaction_counts ON comments FOR EACH ROW"
        f" WHEN ({_REACTIONS.format(row='OLD')} <> {_REACTIONS.format(row='NEW')})"
        " EXECUTE FUNCTION note_comment_rank()"
    )
    if _roles_exist():
        op.execute("GRANT SELECT, DELETE ON rank_changes TO sharestack_community")
        op.execute("GRANT SELECT ON community_post_tickers TO sharestack_analytics")


def downgrade() -> None:
    if _roles_exist():
        op.execute("REVOKE SELECT ON community_post_tickers FROM sharestack_analytics")
    for table, name in (("posts", "note_post_rank"), ("comments", "note_comment_rank")):
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP TABLE rank_changes")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_community')")).scalar() is not None
