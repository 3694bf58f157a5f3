"""Whatever is done to reviews, and in whatever order: the counts are what the rows say."""

from __future__ import annotations

from contextvars import copy_context
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from functions.catalog.service import review_moderation, reviews
from shared import audit
from shared.clients import database
from shared.clients.database import Connection
from shared.errors import ProblemError
from tests.factories import catalog, identity
from tests.factories.reviews import MISCOUNTED

PEOPLE = 3

people = st.integers(0, PEOPLE - 1)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("write"), people, st.integers(1, 5)),
        st.tuples(st.just("change"), people, st.integers(1, 5)),
        st.tuples(st.just("delete"), people, st.none()),
        st.tuples(st.just("vote"), people, st.tuples(people, st.booleans())),
        st.tuples(st.just("moderate"), people, st.sampled_from(["published", "hidden"])),
    ),
    max_size=14,
)


def do(connection: Connection, product_id: str, users: list[Any], step: tuple[str, int, Any]) -> None:
    """One operation on somebody's review; what is refused must leave everything as it was."""
    operation, who, what = step
    try:
        with connection.transaction():
            if operation == "write":
                content = {"rating": what, "title": "Sturdy", "body": "Not a crack.", "images": []}
                reviews.write(connection, product_id, content, user_id=users[who])
                return
            row = connection.execute("SELECT id, version FROM reviews WHERE user_id = %s", (users[who],)).fetchone()
            if row is None:
                return
            if operation == "change":
                reviews.change(connection, row["id"], {"rating": what}, version=row["version"], user_id=users[who])
            elif operation == "delete":
                reviews.delete(connection, row["id"], user_id=users[who])
            elif operation == "vote":
                reviews.vote(connection, row["id"], user_id=users[what[0]], helpful=what[1])
            else:
                review_moderation.moderate(connection, row["id"], status=what, reason="why", moderator=users[0])
    except ProblemError:
        pass


@settings(max_examples=20)
@given(done=operations)
def test_counts_equal_rows_after_any_sequence(db: Session, done: list[tuple[str, int, Any]]) -> None:
    product_id = str(catalog.product(db).id)
    users = [identity.user(db).id for _ in range(PEOPLE)]
    db.rollback()
    as_system = copy_context()
    as_system.run(audit.acting, audit.SYSTEM)
    with database.transaction() as connection:
        for step in done:
            as_system.run(do, connection, product_id, users, step)
            assert connection.execute(MISCOUNTED).fetchall() == [], step
