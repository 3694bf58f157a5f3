"""What migrations make of the catalogue that is there."""

from __future__ import annotations

import unicodedata

import psycopg

from shared.migrations import runner
from tests.support import databases

BEFORE, FINDABLE = "0036", "0037"
HANGUL = unicodedata.normalize("NFD", "한지")


def test_slugs_get_one_normal_form_and_beginnings_their_keys(database_url: str) -> None:
    with databases.another_database(database_url) as url:
        runner.upgrade(url, BEFORE)
        with psycopg.connect(url) as connection:
            for slug in (HANGUL, "a\u0301", "\u00e1", "pot"):
                connection.execute(
                    "INSERT INTO products (slug, name, vendor, currency, price_min, price_max)"
                    " VALUES (%s, 'Pot', 'Łódź Hi-Fi ½', 'USD', 1, 1)",
                    (slug,),
                )
            connection.execute("INSERT INTO categories (slug, name) VALUES (%s, 'がらす')", (HANGUL,))
        runner.upgrade(url, FINDABLE)
        with psycopg.connect(url) as connection:
            slugs = {slug for (slug,) in connection.execute("SELECT slug FROM products")}
            assert slugs == {"한지", "a\u0301", "\u00e1", "pot"}  # the slug of another product stays as it is
            assert connection.execute("SELECT slug, search_key(name) FROM categories").fetchall() == [
                ("한지", "ガラス")
            ]
            assert connection.execute("SELECT DISTINCT search_key(vendor) FROM products").fetchall() == [
                ("lodzhifi12",)
            ]
        runner.downgrade(url, BEFORE)
        runner.upgrade(url, FINDABLE)


def test_slugs_of_deleted_products_are_their_history_unless_another_has_them(database_url: str) -> None:
    with databases.another_database(database_url) as url:
        runner.upgrade(url, "0052")
        with psycopg.connect(url) as connection:
            for slug, deleted in (("pot", "2026-01-01"), ("pot", "2026-02-01"), ("jug", "2026-01-01"), ("jug", None)):
                connection.execute(
                    "INSERT INTO products (slug, name, currency, price_min, price_max, deleted_at)"
                    " VALUES (%s, coalesce(%s, 'new'), 'USD', 1, 1, %s)",
                    (slug, deleted, deleted),
                )
        runner.upgrade(url, "0054")
        with psycopg.connect(url) as connection:
            statement = "SELECT h.slug, p.name FROM product_slug_history h JOIN products p ON p.id = h.product_id"
            assert connection.execute(statement).fetchall() == [("pot", "2026-02-01")]
        runner.downgrade(url, "0052")
        runner.upgrade(url, "0054")
