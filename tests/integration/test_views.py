"""Declared views are in the database, with the declared columns, and nothing else is."""

from __future__ import annotations

from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from uuid import UUID

import psycopg
import pytest

from shared.views import ColumnType, views

# What psycopg makes of each.
TYPES: dict[Any, set[str]] = {
    UUID: {"uuid"},
    str: {"text", "character varying", "tsvector"},
    int: {"smallint", "integer", "bigint"},
    bool: {"boolean"},
    datetime: {"timestamp with time zone"},
    date: {"date"},
    dict: {"jsonb"},
    list[dict[str, Any]]: {"jsonb"},
    list[str]: {"text[]"},
    list[int]: {"integer[]"},
}
VIEWS = {name: view for name, (_, view) in views().items()}


def accepted(column: ColumnType) -> set[str]:
    """The types of PostgreSQL that a declared one stands for."""
    if isinstance(column, UnionType):
        [column] = set(get_args(column)) - {NoneType}
    return TYPES[dict if get_origin(column) is dict else column]


@pytest.fixture
def made(database_url: str) -> dict[str, dict[str, str]]:
    """Columns and their types, without lengths, by view."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 ORDER BY 1, a.attnum"
        ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for view, column, kind in rows:
        found.setdefault(view, {})[column] = kind
    return found


def test_every_view_of_the_database_is_declared_and_every_declared_one_is_there(
    made: dict[str, dict[str, str]],
) -> None:
    assert set(made) == set(VIEWS) != set()


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_its_declared_columns_and_types(name: str, made: dict[str, dict[str, str]]) -> None:
    columns = VIEWS[name].columns
    assert list(made[name]) == list(columns)
    wrong = {column: made[name][column] for column in columns if made[name][column] not in accepted(columns[column])}
    assert wrong == {}
