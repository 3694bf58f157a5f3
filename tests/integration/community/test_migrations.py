"""The steps of the schema to people, posts, conversations, counts, moderation and search, with rows in their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.rows import dict_row

from shared.migrations import runner
from tests.factories import community
from tests.support import databases

HISTORY = runner.revisions()
BEFORE = "0037"
COUNTS = "0041"
STEPS = [revision for revision in HISTORY if revision > BEFORE]
Connection = psycopg.Connection[dict[str, Any]]

_USER: LiteralString = "(SELECT id FROM users WHERE full_name = '{}')"
_POST: LiteralString = "(SELECT id FROM posts WHERE body = '{}')"
_COMMENT: LiteralString = "(SELECT id FROM comments WHERE body = '{}')"
ADA, BOB, EVE = (_USER.format(name) for name in ("ada", "bob", "eve"))
FIRST, QUOTE = _POST.format("first"), _POST.format("quote")
SAID, ANSWER = _COMMENT.format("said"), _COMMENT.format("answer")
CASE, ACTION = "(SELECT id FROM report_cases LIMIT 1)", "(SELECT id FROM moderation_actions LIMIT 1)"

# As the version of each step writes them.
ROWS: dict[str, Sequence[str]] = {
    "0038": (
        """INSERT INTO profiles (user_id, username, username_key, username_skeleton, time_zone, display_name, ip_hash)
        SELECT id, full_name, full_name, full_name, 'UTC', '艾达', sha256('x') FROM users""",
        f"INSERT INTO follows (follower_id, followed_id) VALUES ({ADA}, {BOB}), ({BOB}, {ADA}), ({EVE}, {ADA})",
        f"INSERT INTO follow_requests (follower_id, followed_id) VALUES ({BOB}, {EVE})",
        f"INSERT INTO content_filters (user_id, target_id, kind) VALUES ({EVE}, {BOB}, 'block')",
        f"INSERT INTO user_interests (user_id, topic) VALUES ({ADA}, 'chips')",
        f"INSERT INTO watchlist_items (user_id, symbol) VALUES ({ADA}, 'AAPL')",
        f"INSERT INTO word_filters (user_id, phrase, pattern) VALUES ({ADA}, 'spam', 'spam')",
        f"""INSERT INTO media_files (owner_id, purpose, file_name, content_type, size_bytes)
        VALUES ({ADA}, 'profile', 'ada.jpg', 'image/jpeg', 1)""",
    ),
    "0039": (
        "INSERT INTO groups (slug, name, access) VALUES ('tea', 'Tea', 'public')",
        f"INSERT INTO group_members (group_id, user_id, role) SELECT id, {ADA}, 'owner' FROM groups",
        f"INSERT INTO group_requests (group_id, user_id) SELECT id, {BOB} FROM groups",
        f"INSERT INTO group_bans (group_id, user_id) SELECT id, {EVE} FROM groups",
        "INSERT INTO group_flairs (group_id, name) SELECT id, 'Question' FROM groups",
        f"""INSERT INTO posts (author_id, body, published_at) VALUES ({ADA}, 'first', now())""",
        f"""INSERT INTO posts (author_id, body, published_at, quoted_post_id, is_quote)
        VALUES ({BOB}, 'quote', now(), {FIRST}, true)""",
        f"INSERT INTO posts (author_id, body, status) VALUES ({BOB}, 'draft', 'draft')",
        f"""INSERT INTO polls (post_id, options, minutes, ends_at, vote_counts)
        VALUES ({FIRST}, '{{Up,Down}}', 1440, now() + interval '1 day', '{{0,0}}')""",
        f"INSERT INTO poll_votes (poll_id, user_id, option) SELECT id, {BOB}, 1 FROM polls",
        f"INSERT INTO post_edits (post_id, version, body) VALUES ({FIRST}, 1, 'frist')",
        f"INSERT INTO profile_pins (user_id, post_id) VALUES ({ADA}, {FIRST})",
        f"""INSERT INTO media_files (owner_id, purpose, file_name, content_type, size_bytes)
        VALUES ({ADA}, 'post', 'chart.png', 'image/png', 1)""",
        f"""INSERT INTO post_media (post_id, position, media_id, url, media)
        SELECT {FIRST}, 0, id, 'https://a.example/a', '{{}}' FROM media_files WHERE file_name = 'chart.png'""",
    ),
    "0040": (
        "INSERT INTO hashtags (key, name) VALUES ('tea', 'Tea')",
        "INSERT INTO tickers (symbol, code, name_zh) VALUES ('600519.SH', '600519', '贵州茅台')",
        f"INSERT INTO post_hashtags SELECT {FIRST}, id, 'TEA', now() FROM hashtags",
        f"INSERT INTO post_tickers SELECT {FIRST}, id, now() FROM tickers",
        f"INSERT INTO post_mentions (post_id, user_id) VALUES ({FIRST}, {BOB})",
        f"INSERT INTO topic_follows (user_id, kind, topic_id) SELECT {BOB}, 'ticker', id FROM tickers",
        f"INSERT INTO comments (post_id, author_id, body) VALUES ({FIRST}, {BOB}, 'said')",
        f"""INSERT INTO comments (post_id, author_id, body, parent_id, depth)
        VALUES ({FIRST}, {ADA}, 'answer', {SAID}, 1)""",
        f"INSERT INTO comment_mentions (comment_id, user_id) VALUES ({ANSWER}, {BOB})",
        f"""INSERT INTO reactions (user_id, post_id, comment_id, emoji)
        VALUES ({BOB}, {FIRST}, NULL, 3), ({EVE}, {FIRST}, NULL, 0), ({ADA}, NULL, {SAID}, 5)""",
        f"INSERT INTO reposts (post_id, user_id) VALUES ({FIRST}, {EVE})",
        f"INSERT INTO bookmark_folders (user_id, name) VALUES ({EVE}, 'Later')",
        f"INSERT INTO bookmarks (user_id, post_id, folder_id) SELECT {EVE}, {FIRST}, id FROM bookmark_folders",
    ),
    COUNTS: (),
    "0042": (
        f"""INSERT INTO error_logs (fingerprint, source, function, error_type, message, level, occurrences, sample,
            correlation_id, first_seen_at, last_seen_at, recent_reports, user_id)
        VALUES (sha256('x'), 'http', 'catalog.api', 'KeyError', 'x', 'error', 1, '{{}}', 'x', now(), now(), '{{}}',
            {ADA})""",
    ),
    "0043": (
        f"""INSERT INTO user_sessions (user_id, registered_at, started_at, last_active_at)
        VALUES ({ADA}, now(), now(), now())""",
        f"""INSERT INTO metric_exports (requested_by, dataset, format, first_day, last_day)
        VALUES ({ADA}, 'daily', 'csv', current_date, current_date)""",
    ),
    "0044": (
        f"INSERT INTO report_cases (target_kind, target_id, owner_id) VALUES ('post', {FIRST}, {ADA})",
        f"""INSERT INTO reports (case_id, reporter_id, target_kind, target_id, reason)
        VALUES ({CASE}, {BOB}, 'post', {FIRST}, 'spam')""",
        f"""INSERT INTO moderation_actions (case_id, kind, target_kind, target_id, subject_id, reason)
        VALUES ({CASE}, 'warn', 'user', {ADA}, {ADA}, 'Spam')""",
        f"INSERT INTO sanctions (action_id, user_id, kind, reason) VALUES ({ACTION}, {ADA}, 'warn', 'Spam')",
        f"INSERT INTO appeals (action_id, user_id, body) VALUES ({ACTION}, {ADA}, 'No')",
        "INSERT INTO keyword_rules (phrase, action) VALUES ('赌', 'flag')",
        f"""INSERT INTO screenings (case_id, rule_id, rule_version, phrase, action, field, start_offset, end_offset)
        SELECT {CASE}, id, 1, phrase, 'flag', 'text', 0, 1 FROM keyword_rules""",
    ),
    "0045": (f"INSERT INTO post_search_documents VALUES ({FIRST}, now(), 'first:1A')",),
    "0050": (f"INSERT INTO rank_changes (target_id, value) VALUES ({FIRST}, 1)",),
}


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version before, with three people."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, BEFORE)
        yield address


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as made:
        for name in ("ada", "bob", "eve"):
            made.execute(
                "INSERT INTO users (email, full_name, password_hash) VALUES (%s, %s, '!')", (f"{name}@e.org", name)
            )
        yield made


def contents(connection: Connection) -> dict[str, int]:
    """Rows by table."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version',"
        " 'service_keys', 'rank_changes', 'view_refreshes')"
    ).fetchall()
    names = [row["tablename"] for row in tables]
    return {name: connection.execute(f"SELECT count(*) AS n FROM {name}").fetchone()["n"] for name in names}  # type: ignore[index]


def write(connection: Connection, revision: str) -> None:
    for statement in ROWS.get(revision, ()):
        connection.execute(statement)


def test_each_step_keeps_the_rows_of_the_others_down_and_up(url: str, connection: Connection) -> None:
    for revision in STEPS:
        runner.upgrade(url, revision)
        write(connection, revision)
        full = contents(connection)
        assert all(full[table] for table in full if table in _new_tables(revision)), revision
        runner.downgrade(url, HISTORY[HISTORY.index(revision) - 1])
        below = contents(connection)
        assert below == {table: full[table] for table in below}, revision
        runner.upgrade(url, revision)
        again = contents(connection)
        assert again == {**dict.fromkeys(full, 0), **below}, revision
        for statement in ROWS.get(revision, ()):
            if "INTO media_files" not in statement:  # kept, as pictures of reviews
                connection.execute(statement.replace("file_name = 'chart.png'", "file_name = 'chart.png' LIMIT 1"))
        assert contents(connection) == full, revision
    _is_whole(connection)
    runner.downgrade(url, BEFORE)
    assert contents(connection)["users"] == 3
    purposes = connection.execute("SELECT purpose FROM media_files").fetchall()
    assert [row["purpose"] for row in purposes] == ["review"] * 2
    runner.upgrade(url)
    assert runner.drift(url) == []


def _new_tables(revision: str) -> set[str]:
    """Tables that the step's rows go into."""
    return {statement.split("INTO ")[1].split()[0].split("(")[0] for statement in ROWS.get(revision, ())} - {
        "rank_changes"
    }


def _is_whole(connection: Connection) -> None:
    """Counts are the rows, views can be read, and triggers work."""
    assert connection.execute(community.MISCOUNTED).fetchall() == []
    follows = connection.execute("SELECT username, follower_count AS n FROM profiles ORDER BY 1").fetchall()
    assert [(row["username"], row["n"]) for row in follows] == [("ada", 2), ("bob", 1), ("eve", 0)]
    for view in ("trending_tickers", "daily_metrics", "engagement_metrics", "trending_content", "user_cohorts"):
        connection.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}")
    assert connection.execute("SELECT count(*) AS n FROM post_stats").fetchone() == {"n": 3}
    connection.execute(f"UPDATE posts SET deleted_at = now(), version = version + 1 WHERE id = {QUOTE}")
    connection.execute(f"DELETE FROM reactions WHERE user_id = {EVE}")
    assert connection.execute(community.MISCOUNTED).fetchall() == []
    [moved] = connection.execute(
        "SELECT updated_at > created_at AS is_later FROM posts WHERE body = 'quote'"
    ).fetchall()
    assert moved["is_later"]


def test_what_was_written_while_nothing_counted_is_counted_by_the_step_up(url: str, connection: Connection) -> None:
    for revision in STEPS[: STEPS.index(COUNTS) + 1]:
        runner.upgrade(url, revision)
        write(connection, revision)
    assert connection.execute(community.MISCOUNTED).fetchall() == []
    runner.downgrade(url, HISTORY[HISTORY.index(COUNTS) - 1])
    for statement in (
        f"UPDATE comments SET deleted_at = now() WHERE id = {SAID}",
        f"INSERT INTO comments (post_id, author_id, body, parent_id, depth) VALUES ({FIRST}, {BOB}, 'x', {ANSWER}, 2)",
        f"UPDATE comments SET hidden_at = now() WHERE id = {ANSWER}",
        f"INSERT INTO reactions (user_id, post_id, emoji) VALUES ({ADA}, {FIRST}, 1)",
        f"UPDATE posts SET deleted_at = now() WHERE id = {QUOTE}",
        "DELETE FROM reposts",
        f"INSERT INTO poll_votes (poll_id, user_id, option) SELECT id, {ADA}, 0 FROM polls",
        f"INSERT INTO group_members (group_id, user_id) SELECT id, {BOB} FROM groups",
    ):
        connection.execute(statement)
    runner.upgrade(url, COUNTS)
    assert connection.execute(community.MISCOUNTED).fetchall() == []
    [first] = connection.execute(f"SELECT comment_count, quote_count, reaction_counts FROM posts WHERE id = {FIRST}")
    assert first == {"comment_count": 1, "quote_count": 0, "reaction_counts": [1, 1, 0, 1, 0, 0]}
    [poll] = connection.execute("SELECT vote_counts FROM polls").fetchall()
    assert poll["vote_counts"] == [1, 1]
