"""community: counts that are kept with the rows they count, what others may read, trending tickers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

# A count changes where what it counts becomes visible, or is no longer: whoever hides, deletes, restores or erases, in
# whatever order, changes it once. Each function locks the post first, then comments upwards: none waits in a ring.
# They run with the owner's rights, as whoever deletes a reaction may not write posts.
FUNCTIONS = {
    "count_posts": """
        DECLARE
            before boolean := TG_OP <> 'INSERT' AND OLD.is_live;
            after boolean := TG_OP <> 'DELETE' AND NEW.is_live;
            post posts := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            step integer := after::int - before::int;
        BEGIN
            IF step = 0 THEN
                RETURN NULL;
            END IF;
            IF post.quoted_post_id IS NOT NULL THEN
                UPDATE posts SET quote_count = quote_count + step WHERE id = post.quoted_post_id;
            END IF;
            IF post.group_id IS NULL AND step > 0 THEN
                INSERT INTO author_stats AS s (user_id, post_count) VALUES (post.author_id, 1)
                ON CONFLICT (user_id) DO UPDATE SET post_count = s.post_count + 1;
            ELSIF post.group_id IS NULL THEN
                UPDATE author_stats SET post_count = post_count - 1 WHERE user_id = post.author_id;
            END IF;
            RETURN NULL;
        END
    """,
    "count_comments": """
        DECLARE
            lived boolean := TG_OP <> 'INSERT' AND OLD.is_live;
            lives boolean := TG_OP <> 'DELETE' AND NEW.is_live;
            showed boolean := TG_OP <> 'INSERT' AND OLD.is_shown;
            shows boolean := TG_OP <> 'DELETE' AND NEW.is_shown;
            comment comments := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        BEGIN
            IF lives <> lived THEN
                UPDATE posts SET comment_count = comment_count + lives::int - lived::int WHERE id = comment.post_id;
            END IF;
            IF shows <> showed AND comment.parent_id IS NOT NULL THEN
                UPDATE comments SET reply_count = reply_count + shows::int - showed::int WHERE id = comment.parent_id;
            END IF;
            RETURN NULL;
        END
    """,
    "count_reactions": """
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                UPDATE posts SET reaction_counts[OLD.emoji + 1] = reaction_counts[OLD.emoji + 1] - 1
                WHERE id = OLD.post_id;
                UPDATE comments SET reaction_counts[OLD.emoji + 1] = reaction_counts[OLD.emoji + 1] - 1
                WHERE id = OLD.comment_id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                UPDATE posts SET reaction_counts[NEW.emoji + 1] = reaction_counts[NEW.emoji + 1] + 1
                WHERE id = NEW.post_id;
                UPDATE comments SET reaction_counts[NEW.emoji + 1] = reaction_counts[NEW.emoji + 1] + 1
                WHERE id = NEW.comment_id;
            END IF;
            RETURN NULL;
        END
    """,
    "count_reposts": """
        BEGIN
            UPDATE posts SET repost_count = repost_count + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
            WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.post_id ELSE OLD.post_id END;
            RETURN NULL;
        END
    """,
    "count_votes": """
        BEGIN
            IF TG_OP = 'INSERT' THEN
                UPDATE polls SET vote_counts[NEW.option + 1] = vote_counts[NEW.option + 1] + 1 WHERE id = NEW.poll_id;
            ELSE
                UPDATE polls SET vote_counts[OLD.option + 1] = vote_counts[OLD.option + 1] - 1 WHERE id = OLD.poll_id;
            END IF;
            RETURN NULL;
        END
    """,
    "count_members": """
        BEGIN
            UPDATE groups SET member_count = member_count + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
            WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.group_id ELSE OLD.group_id END;
            RETURN NULL;
        END
    """,
}
# What was written while nothing counted, before this step or below it. Comments are counted upwards: an answer is shown
# where it is live or has an answer that is shown.
RECOUNTS = (
    """
    UPDATE comments c SET reaction_counts = r.counts FROM (
        SELECT c.id, ARRAY(SELECT (SELECT count(*) FROM reactions r WHERE r.comment_id = c.id AND r.emoji = n)::int
            FROM generate_series(0, 5) n ORDER BY n) AS counts FROM comments c
    ) r WHERE r.id = c.id AND r.counts <> c.reaction_counts
    """,
    """
    UPDATE posts p SET reaction_counts = s.reactions, comment_count = s.comments, repost_count = s.reposts,
        quote_count = s.quotes
    FROM (
        SELECT p.id, ARRAY(SELECT (SELECT count(*) FROM reactions r WHERE r.post_id = p.id AND r.emoji = n)::int
                FROM generate_series(0, 5) n ORDER BY n) AS reactions,
            (SELECT count(*)::int FROM comments c WHERE c.post_id = p.id AND c.is_live) AS comments,
            (SELECT count(*)::int FROM reposts r WHERE r.post_id = p.id) AS reposts,
            (SELECT count(*)::int FROM posts q WHERE q.quoted_post_id = p.id AND q.is_live) AS quotes
        FROM posts p
    ) s
    WHERE s.id = p.id AND (p.reaction_counts, p.comment_count, p.repost_count, p.quote_count)
        IS DISTINCT FROM (s.reactions, s.comments, s.reposts, s.quotes)
    """,
    """
    UPDATE polls l SET vote_counts = s.counts FROM (
        SELECT l.id, ARRAY(SELECT (SELECT count(*) FROM poll_votes v WHERE v.poll_id = l.id AND v.option = n - 1)::int
            FROM generate_series(1, cardinality(l.options)) n ORDER BY n) AS counts FROM polls l
    ) s WHERE s.id = l.id AND s.counts <> l.vote_counts
    """,
    """
    UPDATE groups g SET member_count = s.members FROM (
        SELECT g.id, (SELECT count(*)::int FROM group_members m WHERE m.group_id = g.id) AS members FROM groups g
    ) s WHERE s.id = g.id AND s.members <> g.member_count
    """,
    "DELETE FROM author_stats",
    """
    INSERT INTO author_stats (user_id, post_count)
    SELECT author_id, count(*) FROM posts WHERE is_live AND group_id IS NULL GROUP BY author_id
    """,
)
RECOUNT_REPLIES = """
UPDATE comments c SET reply_count = s.replies FROM (
    SELECT c.id, (SELECT count(*)::int FROM comments a WHERE a.parent_id = c.id AND a.is_shown) AS replies
    FROM comments c WHERE c.depth = :depth
) s WHERE s.id = c.id AND s.replies <> c.reply_count
"""
TRIGGERS = {
    "count_posts": ("posts", "INSERT OR DELETE OR UPDATE OF status, deleted_at, hidden_at"),
    "count_comments": ("comments", "INSERT OR DELETE OR UPDATE OF deleted_at, hidden_at, reply_count"),
    "count_reactions": ("reactions", "INSERT OR DELETE OR UPDATE OF emoji"),
    "count_reposts": ("reposts", "INSERT OR DELETE"),
    "count_votes": ("poll_votes", "INSERT OR DELETE"),
    "count_members": ("group_members", "INSERT OR DELETE"),
}

VIEWS = {
    # Counted from the rows: what the counts of posts must always equal.
    "post_stats": """
        SELECT p.id AS post_id,
            (SELECT count(*) FROM reactions r WHERE r.post_id = p.id) AS reactions,
            (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.is_live) AS comments,
            (SELECT count(*) FROM reposts r WHERE r.post_id = p.id) AS reposts,
            (SELECT count(*) FROM posts q WHERE q.quoted_post_id = p.id AND q.is_live) AS quotes,
            (SELECT count(*) FROM bookmarks b WHERE b.post_id = p.id) AS bookmarks
        FROM posts p
    """,
    "community_posts": """
        SELECT id, author_id, body, folded_text, visibility, group_id, is_live, published_at, deleted_at, hidden_at,
            sentiment, reaction_counts, comment_count, repost_count, quote_count, version, created_at
        FROM posts WHERE status = 'published'
    """,
    "community_comments": """
        SELECT id, post_id, parent_id, author_id, body, is_live, deleted_at, hidden_at, version, created_at
        FROM comments
    """,
    "community_reactions": "SELECT id, user_id, post_id, comment_id, created_at FROM reactions",
    "community_reposts": "SELECT user_id, post_id, created_at FROM reposts",
    "community_votes": "SELECT poll_id, user_id, created_at FROM poll_votes",
    "community_author_stats": "SELECT user_id, post_count FROM author_stats",
    "community_tickers": "SELECT id, symbol, code, market, name, name_zh FROM tickers",
    "community_post_tickers": "SELECT post_id, ticker_id, published_at FROM post_tickers",
    # What its author deleted is shown no more; what moderators have hidden is kept until that is final.
    "community_shown_media": """
        SELECT m.media_id FROM post_media m JOIN posts p ON p.id = m.post_id WHERE p.deleted_at IS NULL
    """,
    "community_memberships": "SELECT group_id, user_id, role, joined_at FROM group_members",
}

# How many different people wrote of a ticker in the hour before the refresh, against the same hour of the seven days
# before: a person counts once, reposts and what is not for everybody count nothing.
TRENDING = """
CREATE MATERIALIZED VIEW trending_tickers AS
WITH named AS (
    SELECT t.ticker_id, p.author_id, (extract(epoch FROM now() - t.published_at) / 86400)::numeric AS days
    FROM post_tickers t JOIN posts p ON p.id = t.post_id
    JOIN profiles_people a ON a.user_id = p.author_id
    WHERE t.published_at > now() - interval '7 days 1 hour' AND t.published_at <= now()
        AND p.is_live AND p.visibility = 'public' AND a.standing = 'good' AND NOT a.is_private
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

PLATFORM = "audit_entries idempotency_keys outbox_events service_keys signing_keys"
_OF_PEOPLE = (
    "author_stats bookmark_folders bookmarks comment_mentions group_bans group_members group_requests poll_votes polls"
    " post_edits post_hashtags post_media post_mentions post_tickers profile_pins reactions reposts topic_follows"
)
GRANTS: dict[str, dict[str, str]] = {
    "sharestack_community": {
        "DELETE": "bookmark_folders bookmarks group_bans group_flairs group_members group_requests polls "
        "post_hashtags post_media post_tickers profile_pins reactions reposts topic_follows",
        "INSERT": "audit_entries bookmark_folders bookmarks comment_mentions comments group_bans "
        "group_flairs group_members group_requests groups hashtags idempotency_keys outbox_events "
        "poll_votes polls post_edits post_hashtags post_media post_mentions post_tickers posts "
        "profile_pins reactions reposts tickers topic_follows",
        "LOCK": "media_pictures",
        "SELECT": "bookmark_folders bookmarks comment_mentions comments group_bans group_flairs "
        "group_members group_requests groups hashtags idempotency_keys identity_live_sessions "
        "media_pictures outbox_events poll_votes polls post_edits post_hashtags post_media "
        "post_mentions post_tickers posts profile_pins profiles_follows profiles_mutes "
        "profiles_people profiles_walls profiles_word_filters reactions reposts service_keys "
        "signing_keys tickers topic_follows",
        "UPDATE": "bookmark_folders bookmarks comment_mentions comments group_bans group_members groups "
        "idempotency_keys outbox_events polls post_mentions posts profile_pins reactions",
    },
    "sharestack_identity": {
        "DELETE": _OF_PEOPLE,
        "SELECT": f"comments groups hashtags posts tickers profiles_people {_OF_PEOPLE}",
        "UPDATE": "comments posts group_members groups",
    },
    "sharestack_media": {"SELECT": "community_shown_media"},
}


def upgrade() -> None:
    for statement in RECOUNTS:
        op.execute(statement)
    connection = op.get_bind()
    deepest = connection.execute(sa.text("SELECT max(depth) FROM comments")).scalar()
    for depth in reversed(range(deepest or 0)):
        connection.execute(sa.text(RECOUNT_REPLIES), {"depth": depth})
    for name, body in FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
            f" SET search_path = public, pg_temp AS $${body}$$"
        )
    for name, (table, events) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    op.execute(TRENDING)
    op.execute("CREATE UNIQUE INDEX uq_trending_tickers_ticker_id ON trending_tickers (ticker_id)")
    op.execute("CREATE INDEX ix_trending_tickers_velocity ON trending_tickers (velocity, ticker_id)")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privilege, names in grants.items():
                granted = "UPDATE (id)" if privilege == "LOCK" else privilege
                op.execute(f"GRANT {granted} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        op.execute(f"REVOKE ALL ON {', '.join(PLATFORM.split())}, identity_live_sessions FROM sharestack_community")
        op.execute(
            "REVOKE ALL ON media_pictures, profiles, profiles_follows, profiles_mutes, profiles_people, profiles_walls,"
            " profiles_word_filters FROM sharestack_community"
        )
        op.execute("REVOKE ALL ON profiles_people FROM sharestack_identity")
    op.execute("DROP MATERIALIZED VIEW trending_tickers")
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    for name, (table, _) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    return op.get_bind().execute(sa.text("SELECT to_regrole('sharestack_community')")).scalar() is not None
