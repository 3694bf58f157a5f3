"""The schema's step to accounts that belong to whoever reads their mail, with rows on both sides of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from shared.migrations import runner
from tests.support import databases

ACCOUNTS = "0034"
BEFORE = runner.revisions()[runner.revisions().index(ACCOUNTS) - 1]

# As the version before writes them.
_PRODUCTS = """
INSERT INTO products (slug, name, currency, price_min, price_max, rating_count, rating_sum)
VALUES ('rated', 'Rated', 'USD', 1, 1, 3, 7), ('praised', 'Praised', 'USD', 1, 1, 1, 5),
       ('new', 'New', 'USD', 1, 1, 0, 0)
"""
_ENTRIES = """
INSERT INTO audit_entries (actor_kind, action, subject_type, subject_id, changes, reason, correlation_id)
VALUES ('system', 'return.decided', 'return', uuidv7(), '{"status": ["requested", "rejected"]}', 'Dear Ms Byron', ''),
       ('system', 'refund.requested', 'refund', uuidv7(), '{}', 'Ms Byron rang', ''),
       ('system', 'review.replied', 'review', uuidv7(), '{"reply": [null, "Dear Ms Byron"]}', NULL, ''),
       ('system', 'media.deleted', 'media', uuidv7(), '{"file_name": ["byron.png", null], "purpose": ["review", null]}',
        NULL, ''),
       ('system', 'user.changed', 'user', uuidv7(), '{"is_active": [true, false]}', 'Asked for it', '')
"""

Row = dict[str, Any]


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version before."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, BEFORE)
        yield address


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection[Row]]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as made:
        yield made


def rated(connection: psycopg.Connection[Row]) -> dict[str, tuple[int, int]]:
    rows = connection.execute("SELECT slug, rating_count, rating_sum FROM products")
    return {row["slug"]: (row["rating_count"], row["rating_sum"]) for row in rows}


def test_only_reviews_of_buyers_count_afterwards_and_all_again_below(
    url: str, connection: psycopg.Connection[Row]
) -> None:
    connection.execute(_PRODUCTS)
    for number, (slug, rating, verified, status) in enumerate(
        [
            ("rated", 1, False, "published"),
            ("rated", 2, True, "published"),
            ("rated", 4, True, "published"),
            ("rated", 5, True, "hidden"),
            ("praised", 5, False, "published"),
        ]
    ):
        connection.execute(
            "WITH author AS (INSERT INTO users (email, password_hash, full_name) VALUES (%s, '!', 'A') RETURNING id)"
            " INSERT INTO reviews (product_id, user_id, rating, title, body, is_verified, status)"
            " SELECT p.id, author.id, %s, 'T', 'B', %s, %s FROM author, products p WHERE p.slug = %s",
            (f"{number}@example.com", rating, verified, status, slug),
        )
    runner.upgrade(url, ACCOUNTS)
    assert rated(connection) == {"rated": (2, 6), "praised": (0, 0), "new": (0, 0)}
    runner.downgrade(url, BEFORE)
    assert rated(connection) == {"rated": (3, 7), "praised": (1, 5), "new": (0, 0)}


def test_letters_in_the_audit_log_are_withheld_and_nothing_else_is(
    url: str, connection: psycopg.Connection[Row]
) -> None:
    connection.execute(_ENTRIES)
    runner.upgrade(url, ACCOUNTS)
    rows = connection.execute("SELECT action, changes, reason FROM audit_entries").fetchall()
    assert {row["action"]: (row["changes"], row["reason"]) for row in rows} == {
        "return.decided": ({"status": ["requested", "rejected"]}, "[withheld]"),
        "refund.requested": ({}, "[withheld]"),
        "review.replied": ({"reply": [None, "[withheld]"]}, None),
        "media.deleted": ({"file_name": ["[withheld]", None], "purpose": ["review", None]}, None),
        "user.changed": ({"is_active": [True, False]}, "Asked for it"),
    }
    with pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("DELETE FROM audit_entries")
