"""Posts are in the search index as they are written, published and changed; and what makes a symbol known."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import profiles, topics
from tests.integration.community.conftest import SignedIn

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
