"""The schema's steps to earlier texts of comments and to imported posts, with rows on both sides of them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from shared.migrations import runner
from tests.support import databases

IMPORTS = "0047"
BEFORE = "0045"

_PEOPLE = """
INSERT INTO users (email, full_name, password_hash, roles) VALUES ('ada@example.com', 'Ada', '!', '{customer}')
"""
_POSTS = """
INSERT INTO posts (author_id, body, status, published_at) SELECT id, 'Hello', 'published', now() FROM users
"""
_COMMENT = "INSERT INTO comments (post_id, author_id, body) SELECT id, author_id, 'Hi' FROM posts LIMIT 1"
_NEW = (
    "INSERT INTO comment_edits (comment_id, version, body) SELECT id, version, body FROM comments",
    "INSERT INTO post_words (word) VALUES ('hello')",
    """
    INSERT INTO posts (author_id, body, status, published_at, imported_at)
    SELECT id, 'Of old', 'published', now() - interval '3 days', now() FROM users
    """,
    """
    INSERT INTO imported_posts (user_id, source_id, post_id)
    SELECT author_id, 'https://example.social/1', id FROM posts WHERE imported_at IS NOT NULL LIMIT 1
    """,
    "INSERT INTO post_imports (user_id, size_bytes) SELECT id, 1 FROM users",
    """
    INSERT INTO post_import_items (import_id, place, source_id, outcome)
    SELECT id, 0, 'https://example.social/1', 'created' FROM post_imports
    """,
)


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version before."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, BEFORE)
        yield address


def test_figures_leave_imported_posts_out_and_all_goes_down_and_up_again_with_rows(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (_PEOPLE, _POSTS, _COMMENT):
            connection.execute(statement)

        def posts_in_figures() -> int:
            connection.execute("REFRESH MATERIALIZED VIEW engagement_metrics")
            row = connection.execute("SELECT sum(posts)::int FROM engagement_metrics").fetchone()
            assert row is not None
            return int(row[0])

        for before in range(2):
            runner.upgrade(url, IMPORTS)
            written = posts_in_figures()
            for statement in _NEW:
                connection.execute(statement)
            assert posts_in_figures() == written
            assert connection.execute("SELECT count(*) FROM community_posts").fetchone() == (before + 2,)
            runner.downgrade(url, BEFORE)
            # What came from elsewhere stays, as a post like others.
            assert posts_in_figures() == before + 2
