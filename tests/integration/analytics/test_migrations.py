"""The schema's steps to the error log and to figures of people, with rows on both sides of them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from shared.migrations import runner
from tests.support import databases

METRICS = "0043"
ERRORS = "0042"
BEFORE = runner.revisions()[runner.revisions().index(ERRORS) - 1]

_PEOPLE = """
INSERT INTO users (email, full_name, password_hash, roles)
VALUES ('ada@example.com', 'Ada', '!', '{customer}'), ('eve@example.com', 'Eve', '!', '{customer}')
"""
_POSTS = """
INSERT INTO posts (author_id, body, status, published_at) SELECT id, 'Hello', 'published', now() FROM users
"""
_SESSIONS = """
INSERT INTO user_sessions (user_id, registered_at, started_at, last_active_at)
SELECT id, created_at, created_at, created_at FROM users
"""
_EXPORT = """
INSERT INTO metric_exports (requested_by, dataset, format, first_day, last_day)
SELECT id, 'daily', 'csv', current_date, current_date FROM users LIMIT 1
"""
_ERROR = """
INSERT INTO error_logs (fingerprint, source, function, error_type, message, level, occurrences, sample, correlation_id,
    first_seen_at, last_seen_at, recent_reports, user_id)
SELECT sha256('x'), 'http', 'catalog.api', 'KeyError', 'x', 'error', 1, '{}', 'x', now(), now(), '{}', id
FROM users LIMIT 1
"""


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version before."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, BEFORE)
        yield address


def test_views_hold_what_was_there_before_and_all_goes_down_and_up_again_with_rows(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_PEOPLE)
        connection.execute(_POSTS)
        for _ in range(2):
            runner.upgrade(url, METRICS)
            [registered] = connection.execute("SELECT sum(registrations) FROM daily_metrics").fetchall()
            [posts] = connection.execute("SELECT sum(posts) FROM engagement_metrics").fetchall()
            assert (registered, posts) == ((2,), (2,))
            ages = connection.execute("SELECT count(*) FROM view_refreshes WHERE refreshed_at <= now()").fetchone()
            assert ages == (4,)
            for statement in (_SESSIONS, _EXPORT, _ERROR):
                connection.execute(statement)
            connection.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY daily_metrics")
            assert connection.execute("SELECT sum(active_users) FROM daily_metrics").fetchone() == (2,)
            runner.downgrade(url, BEFORE)
        assert connection.execute("SELECT count(*) FROM view_refreshes").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (2,)
