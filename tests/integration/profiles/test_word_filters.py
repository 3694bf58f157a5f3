"""Words that somebody does not want to read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from functions.profiles.service import word_filters
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles import audience
from shared.contexts.profiles.models import WordFilter
from shared.phrase_patterns import folded
from tests.factories import profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient

FILTERS = "/api/v1/word-filters"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def client(ada: User, sign_in: SignIn) -> LambdaClient:
    return sign_in(ada)


def matches(db: Session, condition: str, viewer: User | None, author: User, text: str) -> bool:
    statement = f"SELECT {condition} FROM (SELECT %(author)s::uuid AS id, %(text)s AS text) a"
    values = {"viewer": viewer.id if viewer else None, "author": author.id, "text": folded(text)}
    return bool(db.connection().exec_driver_sql(statement, values).scalar_one())


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("and", "You and me", True),
        ("and", "sand", False),
        ("and", "candle", False),
        ("and", "AND!", True),
        ("and", "看and看", True),
        ("and", "(and)", True),
        ("and", "_and_", False),
        ("ａｎｄ", "and", True),
        ("café", "CAFE\u0301", True),
        ("café", "cafés", False),
        ("война", "войнах", False),
        ("война", "Война.", True),
        ("赌", "赌博", True),
        ("赌博", "网上赌 博", False),
        ("주식", "주식은", True),
        ("🚨", "BREAKING🚨🚨", True),
        ("❤️", "i ❤ it", True),
        ("❤", "i ❤️ it", True),
        ("buy now", "Buy\n  NOW", True),
        ("c++", "I like C++ a lot", True),
        ("c++", "ccc", False),
        ("$AAPL", "看好$aapl长期", True),
        (".*", "anything", False),
        ("a|b", "a", False),
        ("\\d", "7", False),
        ("100%", "100% sure", True),
        ("[x]", "see [X]", True),
        ("👨‍👩‍👧", "us: 👨‍👩‍👧!", True),
        ("giveaway", "give\u200baway", True),
        ("give\u200baway", "giveaway", True),
    ],
)
def test_letters_are_whole_words_and_other_signs_are_found_everywhere(
    *, db: Session, client: LambdaClient, ada: User, phrase: str, text: str, found: bool
) -> None:
    assert client.post(FILTERS, json={"phrase": phrase}).status == 201
    hides = audience.is_hidden_by_words("a.id", "a.text")
    assert matches(db, hides, ada, profiles.person(db), text) is found


def test_a_filter_hides_or_folds_others_and_never_oneself(db: Session, client: LambdaClient, ada: User) -> None:
    eve = profiles.person(db, "eve")
    client.post(FILTERS, json={"phrase": "moon"})
    client.post(FILTERS, json={"phrase": "rocket", "action": "fold"})
    hides, folds = audience.is_hidden_by_words("a.id", "a.text"), audience.is_folded_by_words("a.id", "a.text")
    text = "Rocket to the moon"
    assert [matches(db, condition, ada, eve, text) for condition in (hides, folds)] == [True, True]
    assert [matches(db, condition, ada, ada, text) for condition in (hides, folds)] == [False, False]
    assert [matches(db, condition, None, eve, text) for condition in (hides, folds)] == [False, False]
    assert not matches(db, hides, eve, ada, text)
    db.query(WordFilter).update({"until": datetime.now(UTC) - timedelta(seconds=1)})
    assert not matches(db, hides, ada, eve, text)


def test_filters_are_listed_changed_and_removed(client: LambdaClient) -> None:
    made = client.post(FILTERS, json={"phrase": "Giveaway", "until": "2099-01-01T00:00:00Z"})
    assert (made.status, made.json()["action"], made.json()["until"]) == (201, "hide", "2099-01-01T00:00:00Z")
    address = made.headers["location"]
    changed = client.patch(address, json={"action": "fold", "until": None}).json()
    assert (changed["phrase"], changed["action"], changed["until"]) == ("Giveaway", "fold", None)
    assert [item["id"] for item in client.get(FILTERS).json()["items"]] == [made.json()["id"]]
    assert [client.delete(address).status for _ in range(2)] == [204, 204]
    assert client.patch(address, json={"action": "hide"}).status == 404


def test_the_same_words_have_one_filter(client: LambdaClient) -> None:
    first = client.post(FILTERS, json={"phrase": "Moon"}).json()
    other = client.post(FILTERS, json={"phrase": "mars"}).json()
    again = client.post(FILTERS, json={"phrase": "ＭＯＯＮ"})
    assert (again.status, again.json()["word_filter_id"]) == (409, first["id"])
    renamed = client.patch(f"{FILTERS}/{other['id']}", json={"phrase": "moon"})
    assert (renamed.status, renamed.json()["word_filter_id"]) == (409, first["id"])


def test_there_is_a_limit(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_filters, "MAX_WORD_FILTERS", 1)
    client.post(FILTERS, json={"phrase": "moon"})
    reply = client.post(FILTERS, json={"phrase": "mars"})
    assert (reply.status, reply.json()["code"]) == (409, "filter_limit")


@pytest.mark.parametrize("phrase", ["", " ", "\u0301", "\ufe0f", "x" * 101, "a\nb", "\u202ea", None])
def test_what_cannot_be_searched_for_is_refused(client: LambdaClient, phrase: object) -> None:
    reply = client.post(FILTERS, json={"phrase": phrase})
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "body.phrase")
