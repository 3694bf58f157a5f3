"""Errors of the database are logged without the row that they quote."""

from __future__ import annotations

import psycopg
from sqlalchemy.orm import Session

from shared.clients import database
from shared.log import logger
from tests.support import logs

# A traceback shows sources, so no line of them may have the whole address.
EMAIL = "@".join(("ada", "example.com"))


def test_a_violated_constraint_is_logged_without_the_row(db: Session) -> None:
    with logs.recorded() as lines:
        try:
            _add_twice(EMAIL)
        except psycopg.errors.UniqueViolation:
            logger().exception("it failed")
    line = lines.getvalue()
    assert "people_email_key" in line
    assert "DETAIL: withheld" in line
    assert EMAIL not in line


def _add_twice(email: str) -> None:
    with database.transaction() as connection:
        connection.execute("CREATE TEMPORARY TABLE people (email text UNIQUE) ON COMMIT DROP")
        for _ in range(2):
            connection.execute("INSERT INTO people VALUES (%s)", (email,))
