"""Posts are in the search index as they are written, published and changed; and what makes a symbol known."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.service import search_rebuild
from shared.clients import database
from shared.contexts.community import post_index
from tests.factories import community, profiles, topics
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import Context

POSTS = "/api/v1/posts"


def is_indexed(db: Session, word: str) -> bool:
    statement = text("SELECT EXISTS (SELECT FROM post_search_documents WHERE terms @@ CAST(:word AS tsquery))")
    found = bool(db.scalar(statement, {"word": f"'{word}'"}))
    db.commit()
    return found


def test_a_post_is_found_from_the_transaction_on_that_writes_it(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    draft = ada.post(POSTS, json={"text": "copper kettle", "status": "draft"}).json()
    assert not is_indexed(db, "copper")
    published = ada.post(f"{POSTS}/{draft['id']}/publish").json()
    assert is_indexed(db, "copper")
    changes = {"text": "贵州茅台", "version": published["version"]}
    assert ada.patch(f"{POSTS}/{draft['id']}", json=changes).status == 200
    assert (is_indexed(db, "copper"), is_indexed(db, "茅台")) == (False, True)
    ada.post(POSTS, json={"text": "silver spoon"})
    assert is_indexed(db, "silver")


def test_a_symbol_that_somebody_made_up_takes_no_hashtag_from_others(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    topics.ticker(db, "AAPL", name="Apple")
    ada.post(POSTS, json={"text": "$LOVE"})
    entities = ada.post(POSTS, json={"text": "#love #AAPL"}).json()["entities"]
    assert [entity["kind"] for entity in entities] == ["hashtag", "ticker"]


def test_a_rebuild_indexes_all_posts_and_says_where_to_go_on(db: Session, environment: None) -> None:
    from functions.community.handlers.rebuild_search import handler

    ada = profiles.person(db)
    ids = [community.post(db, ada, f"kettle {number}").id for number in range(3)]
    community.post(db, ada, "draft", status="draft", published_at=None)
    gone = community.post(db, ada, "teapot")
    with database.transaction() as connection:
        post_index.index(connection, [gone.id])
    db.execute(text("UPDATE posts SET deleted_at = now() WHERE body = 'teapot'"))
    db.commit()
    assert search_rebuild.rebuild(None, lambda: False, batch=2) == (2, ids[1])
    assert handler({"after": str(ids[1])}, Context()) == {"indexed": 2, "next": None}
    assert handler({}, Context()) == {"indexed": 4, "next": None}
    assert db.scalar(text("SELECT count(*) FROM post_search_documents")) == 3
    assert db.scalars(text("SELECT word FROM post_words")).all() == ["kettle"]
