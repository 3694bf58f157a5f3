"""What document 001 names of the schema is there: its tables and views, and how they are kept."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.support.sql_sources import ROOT, strings

TABLES = [
    *("users", "posts", "comments", "tickers", "post_tickers", "reactions", "reposts", "follows", "bookmarks"),
    *("polls", "poll_votes", "content_filters", "reports", "user_interests", "watchlist_items"),
    *("error_logs", "user_sessions"),
]
VIEWS = {"post_stats": "v", "trending_tickers": "m", "daily_metrics": "m", "engagement_metrics": "m"}


@pytest.fixture
def relations(database_url: str) -> dict[str, str]:
    """Kinds of relations by name: `r` tables, `v` views, `m` materialized ones."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        return dict(rows.fetchall())


def test_the_tables_and_views_of_the_document_have_its_names(relations: dict[str, str]) -> None:
    assert len(TABLES) == 17
    named = {**dict.fromkeys(TABLES, "r"), **VIEWS}
    assert {name: relations.get(name) for name in named} == named


def test_whoever_changes_a_row_a_trigger_keeps_its_time(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        without = connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'updated_at'"
            " WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS ("
            "   SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = 'set_updated_at'::regproc)",
            (TABLES,),
        ).fetchall()
    assert without == []


def test_no_refresh_keeps_readers_waiting() -> None:
    """The plain form locks the view, and cancels who reads it on a replica."""
    refreshes = [
        text
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if "versions" not in path.parts
        for _, text in strings(ast.parse(path.read_text()))
        if "REFRESH MATERIALIZED VIEW" in text.upper()
    ]
    assert refreshes != []
    assert [text for text in refreshes if "REFRESH MATERIALIZED VIEW CONCURRENTLY" not in text.upper()] == []


def test_refreshes_at_once_all_succeed_while_the_view_is_read(database_url: str) -> None:
    """Also where nothing of ours keeps them apart."""
    views = [name for name, kind in VIEWS.items() if kind == "m"]

    def act(number: int) -> int:
        statement = "REFRESH MATERIALIZED VIEW CONCURRENTLY {}" if number < 2 else "SELECT FROM {}"
        with psycopg.connect(database_url, autocommit=True) as connection:
            for _ in range(5):
                for view in views:
                    connection.execute(statement.format(view).encode())
        return number

    with ThreadPoolExecutor(3) as executor:
        assert list(executor.map(act, range(3))) == [0, 1, 2]
