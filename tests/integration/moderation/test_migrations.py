"""The schema's steps to sanctions without a profile and to evidence, with rows on both sides of them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from shared.migrations import runner
from tests.support import databases

STANDINGS, EVIDENCE = "0048", "0049"
BEFORE = runner.revisions()[runner.revisions().index(STANDINGS) - 1]

_SANCTIONED = """
WITH made AS (
    INSERT INTO users (email, full_name, password_hash, roles)
    VALUES ('ada@example.com', 'Ada', '!', '{customer}') RETURNING id
), acts AS (
    INSERT INTO moderation_actions (kind, target_kind, target_id, subject_id, reason)
    SELECT kind, 'review', uuidv7(), made.id, kind FROM made, unnest(ARRAY['warn', 'ban']) AS kind
    RETURNING id, subject_id, kind, reason
)
INSERT INTO sanctions (action_id, user_id, kind, reason) SELECT id, subject_id, kind, reason FROM acts
"""
_CASES = "INSERT INTO report_cases (target_kind, target_id) VALUES ('group', uuidv7()), ('post', uuidv7())"
_PICTURES = "INSERT INTO case_pictures (case_id, media_id) SELECT id, uuidv7() FROM report_cases"


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version before."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, BEFORE)
        yield address


def test_sanctions_in_force_wait_for_a_profile_and_all_goes_down_and_up_again_with_rows(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SANCTIONED)
        for _ in range(2):
            runner.upgrade(url, EVIDENCE)
            waiting = connection.execute("SELECT standing, standing_reason FROM pending_standings").fetchall()
            assert waiting == [("banned", "ban")]
            connection.execute(_CASES)
            connection.execute(_PICTURES)
            runner.downgrade(url, BEFORE)
            kinds = connection.execute("SELECT DISTINCT target_kind FROM report_cases").fetchall()
            assert kinds == [("post",)], "a kind that was not known before leaves with its cases"
