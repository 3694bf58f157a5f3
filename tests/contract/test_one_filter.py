"""Whatever shows people passes the one filter: each route is read raw by somebody from whom a person is hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Profile, WordFilter
from shared.phrase_patterns import phrase_pattern
from tests.contract.applications import entry_point, routes
from tests.contract.shown_people import (
    BANNED,
    BLOCKED,
    BLOCKS,
    CONTEXTS,
    DELETED,
    GONE,
    HIDDEN,
    MUTES,
    PRIVATE,
    SUSPENDED,
    WORDS,
    Shown,
    nobody,
    rows,
)
from tests.contract.shown_people.world import WORD, World, world
from tests.factories import profiles
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_route_that_can_be_read_says_whom_it_shows(context: str) -> None:
    exist = {route.path for route in routes(context) if route.method == "GET"}
    stated = [*{row.path for row in rows(context)}, *nobody(context)]
    assert sorted(exist) == sorted(stated), "a GET route needs a row in tests/contract/shown_people, or its reason"


def _each(parted: Callable[[Session, User, User], object]) -> Callable[[World], None]:
    """The relation of everybody who looks."""

    def apart(made: World) -> None:
        for viewer in (made.viewer, made.staff):
            parted(made.db, viewer, made.eve)

    return apart


def _profile(**columns: object) -> Callable[[World], None]:
    def changed(made: World) -> None:
        made.db.execute(update(Profile).where(Profile.user_id == made.eve.id).values(columns))

    return changed


def _content(column: str) -> Callable[[World], None]:
    def changed(made: World) -> None:
        for table in (Post, Comment):
            of_eve = table.author_id == made.eve.id
            made.db.execute(update(table).where(of_eve, table.is_live).values({column: datetime.now(UTC)}))
            if column == "deleted_at":
                made.db.execute(update(table).where(of_eve).values(deleted_at=datetime.now(UTC)))

    return changed


def _gone(made: World) -> None:
    made.eve.is_active = False


def _words(made: World) -> None:
    made.db.execute(update(Post).values(folded_text=Post.body))
    for viewer in (made.viewer, made.staff):
        made.db.add(WordFilter(user_id=viewer.id, phrase=WORD, pattern=phrase_pattern(WORD), action="hide"))


APART: dict[str, Callable[[World], None]] = {
    "nothing": lambda made: None,
    BLOCKS: _each(profiles.block),
    BLOCKED: _each(lambda db, viewer, eve: profiles.block(db, eve, viewer)),
    MUTES: _each(profiles.mute),
    BANNED: _profile(standing="banned"),
    SUSPENDED: _profile(standing="suspended"),
    GONE: _gone,
    PRIVATE: _profile(is_private=True),
    DELETED: _content("deleted_at"),
    HIDDEN: _content("hidden_at"),
    WORDS: _words,
}
ONLY_CONTENT = {PRIVATE, SUSPENDED, DELETED, HIDDEN, WORDS}


@pytest.mark.parametrize("apart", APART)
def test_nothing_of_who_is_hidden_comes_out_of_any_route(
    apart: str, db: Session, aws: Cloud, signing_key: TestSigningKey
) -> None:
    made = world(db)
    APART[apart](made)
    db.commit()
    content = made.of_content
    canaries = content if apart in ONLY_CONTENT else [*made.of_person, *content]
    wrong = []
    for context in CONTEXTS:
        for row in rows(context):
            status, body = _read(context, row, made, signing_key)
            found = [canary for canary in canaries if canary in body]
            if apart in row.hidden_by and found:
                wrong.append(f"{row} shows {found}")
            if apart not in row.hidden_by and not any(each in body for each in [*made.of_person, *content]):
                wrong.append(f"{row} does not show her: {status} {body[:300]}")
    assert wrong == []


def _read(context: str, row: Shown, made: World, signing_key: TestSigningKey) -> tuple[int, str]:
    """The answer as it stands on the wire."""
    viewer = made.staff if row.is_staff else made.viewer
    client = LambdaClient(entry_point(context)).signed_in(signing_key.authorization(viewer))
    path = row.path.format(**row.parameters(made))
    answer = client.get(path, query=dict(row.query))
    body = answer.body.decode()
    # A problem repeats the address that was asked for, which the caller has written.
    return answer.status, body.replace(path, "")
