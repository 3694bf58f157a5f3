"""Whatever is done to posts, comments, reactions, reposts, bookmarks and votes, and in whatever order: counts are what
the rows say, at each step.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.domain.emoji import ORDER, Reaction
from functions.community.repository import comment_places
from functions.community.repository.comment_places import CommentOrder
from functions.community.service import bookmarks, comments, reactions, reposts, votes
from shared.clients.database import Connection
from shared.contexts.community.personal_data import PERSONAL_DATA
from shared.errors import ProblemError
from shared.privacy import Erasure, Person
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once

people = st.integers(0, 2)
places = st.integers(0, 7)
rows = st.sampled_from(["posts", "comments"])
operations = st.lists(
    st.one_of(
        st.tuples(st.just("comment"), people, st.none() | places),
        st.tuples(st.just("delete comment"), people, places),
        st.tuples(st.just("react"), people, st.tuples(rows, places, st.sampled_from(ORDER), st.booleans())),
        st.tuples(st.just("undo reaction"), people, st.tuples(rows, places)),
        st.tuples(st.just("repost"), people, st.booleans()),
        st.tuples(st.just("bookmark"), people, st.booleans()),
        st.tuples(st.just("vote"), people, st.integers(0, 1)),
        st.tuples(st.just("mark"), st.tuples(rows, places), st.sampled_from(["deleted_at", "hidden_at"])),
        st.tuples(st.just("restore"), st.tuples(rows, places), st.sampled_from(["deleted_at", "hidden_at"])),
        st.tuples(st.just("purge comment"), st.none(), places),
        st.tuples(st.just("erase"), people, st.none()),
    ),
    max_size=25,
)


def erase(connection: Connection, user_id: UUID) -> None:
    person = Person(user_id, "ada@example.com", is_proven=True)
    PERSONAL_DATA.erase(connection, Erasure(person, frozenset(), with_publications=False))


class World:
    """Three people, a post with a poll and a post that quotes it, and what comes of them."""

    def __init__(self, db: Session) -> None:
        self.users = [profiles.person(db) for _ in range(3)]
        self.ids = [user.id for user in self.users]
        first = community.post(db, self.users[0])
        self.post = first.id
        self.posts = [self.post, community.post(db, self.users[1], quoted_post_id=first.id, is_quote=True).id]
        self.poll = community.poll(db, first).id
        self.comments: list[UUID] = []
        db.rollback()

    def one(self, kind: str, place: int) -> UUID | None:
        found = self.posts if kind == "posts" else self.comments
        return found[place % len(found)] if found else None


def do(connection: Connection, world: World, step: tuple[str, Any, Any]) -> None:
    operation, who, what = step
    match operation:
        case "comment":
            parent = None if what is None else world.one("comments", what)
            made = comments.write(connection, world.post, "I agree", parent_id=parent, author_id=world.ids[who])
            world.comments.append(made.card.id)
        case "delete comment" if comment := world.one("comments", what):
            comments.delete(connection, comment, user_id=world.ids[who])
        case "react" if target := world.one(what[0], what[1]):
            act = reactions.toggle if what[3] else reactions.put
            act(connection, what[0].removesuffix("s"), target, what[2], user_id=world.ids[who])
        case "undo reaction" if target := world.one(*what):
            reactions.undo(connection, what[0].removesuffix("s"), target, user_id=world.ids[who])
        case "repost":
            (reposts.repost if what else reposts.undo)(connection, world.post, user_id=world.ids[who])
        case "bookmark" if what:
            bookmarks.keep(connection, world.post, folder_id=None, user_id=world.ids[who])
        case "bookmark":
            bookmarks.remove(connection, world.post, user_id=world.ids[who])
        case "vote":
            votes.vote(connection, world.poll, what, user_id=world.ids[who])
        case "mark" | "restore" if target := world.one(*who):
            value = "now()" if operation == "mark" else "NULL"
            connection.execute(f"UPDATE {who[0]} SET {what} = {value} WHERE id = %s", (target,))
        case "purge comment" if comment := world.one("comments", what):
            connection.execute("DELETE FROM comments WHERE id = %s", (comment,))
        case "erase":
            erase(connection, world.ids[who])


@settings(max_examples=30)
@given(done=operations)
def test_counts_equal_rows_after_any_interleaving(
    db: Session, database_url: str, done: list[tuple[str, Any, Any]]
) -> None:
    world = World(db)
    with psycopg.connect(database_url, row_factory=dict_row, autocommit=True) as connection:
        for step in done:
            with suppress(ProblemError), connection.transaction():
                do(connection, world, step)
            assert connection.execute(community.MISCOUNTED).fetchall() == [], step


@settings(max_examples=15)
@given(data=st.data(), order=st.sampled_from(CommentOrder))
def test_pages_of_a_changing_thread_repeat_and_skip_nothing(
    db: Session, database_url: str, data: st.DataObject, order: CommentOrder
) -> None:
    """What is there from the first page to the last is read once."""
    author, reactor = profiles.person(db), profiles.person(db)
    post = community.post(db, author)
    ids = [community.comment(db, post, author).id for _ in range(data.draw(st.integers(0, 12)))]
    post_id, author_id, reactor_id = post.id, author.id, reactor.id
    db.rollback()
    seen: list[UUID] = []
    gone: set[UUID] = set()
    after, epoch = None, datetime.now(UTC)
    with psycopg.connect(database_url, row_factory=dict_row, autocommit=True) as connection:
        while True:
            limit = data.draw(st.integers(1, 4))
            page, last = comments.of_post(
                connection, post_id, order, viewer=None, limit=limit, after=after, epoch=epoch
            )
            seen += [place.id for place in page.places]
            if last is None:
                break
            after = comment_places.sort_values(last, order)
            for comment in data.draw(st.lists(st.sampled_from(ids or [post_id]), max_size=3)):
                with suppress(ProblemError):
                    reactions.toggle(connection, "comment", comment, Reaction.LIKE, user_id=reactor_id)
            if data.draw(st.booleans()) and ids:
                comment = data.draw(st.sampled_from(ids))
                gone.add(comment)
                comments.delete(connection, comment, user_id=author_id)
            if data.draw(st.booleans()):
                comments.write(connection, post_id, "Later", parent_id=None, author_id=author_id)
    assert len(seen) == len(set(seen))
    assert set(ids) - gone <= set(seen)


def test_erasures_amid_answers_and_reactions_wait_for_each_other(
    signed_in: SignedIn, db: Session, database_url: str
) -> None:
    leaving = [profiles.person(db) for _ in range(3)]
    staying = signed_in(profiles.person(db))
    made = [community.post(db, author) for author in leaving for _ in range(3)]
    addresses = [f"/api/v1/posts/{post.id}" for post in made]
    parents = [community.comment(db, post, author) for post in made for author in leaving]
    answers = [(f"/api/v1/posts/{parent.post_id}/comments", str(parent.id)) for parent in parents]
    for author in leaving:
        for address in addresses:
            signed_in(author).put(f"{address}/reactions")
            signed_in(author).put(f"{address}/reposts")
        for _, parent in answers:
            signed_in(author).put(f"/api/v1/comments/{parent}/reactions")
    ids = [author.id for author in leaving]
    db.rollback()

    def act(number: int) -> set[int]:
        if number < len(ids):
            with psycopg.connect(database_url, row_factory=dict_row) as connection:
                erase(connection, ids[number])
            return set()
        statuses = {staying.post(path, json={"text": "Yes", "parent_id": parent}).status for path, parent in answers}
        return statuses | {staying.put(f"/api/v1/comments/{parent}/reactions").status for _, parent in answers}

    # 429: so much from a new account.
    assert set().union(*at_once(5, act)) <= {200, 201, 404, 429}
    assert db.execute(text(community.MISCOUNTED)).all() == []


def test_what_many_do_to_one_post_at_once_is_counted(signed_in: SignedIn, db: Session, database_url: str) -> None:
    """Each reacts, reposts, comments, quotes and votes, and takes some back, while quotes are hidden and shown."""
    post = community.post(db, profiles.person(db))
    poll = community.poll(db, post).id
    people = [community.established_person(db) for _ in range(5)]
    clients = [signed_in(person) for person in people]
    post_id, address = str(post.id), f"/api/v1/posts/{post.id}"
    db.rollback()

    def act(number: int) -> set[int]:
        if number == len(clients):
            return _hide_and_show(database_url)
        client, statuses = clients[number], set[int]()
        for turn in range(3):
            quote = client.post("/api/v1/posts", json={"text": f"Look {number} {turn}", "quoted_post_id": post_id})
            comment = client.post(f"{address}/comments", json={"text": f"I agree {number} {turn}"})
            answers = [quote, comment, client.put(f"{address}/reposts"), client.post(f"{address}/reactions")]
            answers.append(client.post(f"/api/v1/polls/{poll}/votes", json={"option": turn % 2}))
            if turn % 2:
                answers += [
                    client.delete(f"/api/v1/comments/{comment.json()['id']}"),
                    client.delete(f"/api/v1/posts/{quote.json()['id']}"),
                    client.delete(f"{address}/reposts"),
                ]
            statuses |= {answer.status for answer in answers}
        return statuses

    assert set().union(*at_once(len(clients) + 1, act)) <= {200, 201, 204, 409}
    assert db.execute(text(community.MISCOUNTED)).all() == []
    counts = "SELECT comment_count, repost_count, reaction_counts[1] FROM posts WHERE id = :id"
    assert db.execute(text(counts), {"id": post_id}).one() == (10, 5, 5)
    assert db.execute(text("SELECT count(*) FROM poll_votes")).scalar() == 5


def _hide_and_show(database_url: str) -> set[int]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        for value in ("now()", "NULL") * 6:
            for (quote,) in connection.execute("SELECT id FROM posts WHERE is_quote AND deleted_at IS NULL").fetchall():
                connection.execute(f"UPDATE posts SET hidden_at = {value} WHERE id = %s".encode(), (quote,))
    return set()
