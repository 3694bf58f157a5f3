"""Words that somebody does not want to read, wherever a post shows them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.profiles.models import WordFilter
from shared.phrase_patterns import phrase_pattern
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.test_written_posts import POLL, picture, written

_PLACES: dict[str, dict[str, Any]] = {
    "text": {"text": "At the casino"},
    "width and case": {"text": "At the ＣＡＳＩＮＯ"},
    "hashtag": {"text": "#Casino"},
    "content warning": {"text": "Look", "content_warning": "Casino"},
    "option of a poll": {"text": "Where?", "poll": {**POLL, "options": ["Casino", "Home"]}},
    "picture": {"text": "Here", "media": [{"alt": "A casino by night"}]},
    "quoted post": {"text": "She says", "quoted_post_id": "At the casino, again"},
}


@pytest.mark.parametrize("place", _PLACES)
def test_a_word_is_hidden_or_folded_wherever_it_stands(place: str, signed_in: SignedIn, db: Session) -> None:
    reader, author = profiles.person(db), profiles.person(db)
    fields = dict(_PLACES[place])
    if "media" in fields:
        fields["media"] = [{**fields["media"][0], "media_id": str(picture(db, author, 1))}]
    if "quoted_post_id" in fields:
        said = fields["quoted_post_id"]
        quoted = community.post(db, author, said, folded_text=said.casefold())
        fields["quoted_post_id"] = str(quoted.id)
    address = f"/api/v1/posts/{written(signed_in(author), **fields)['id']}"
    listed = {"/api/v1/posts", "/api/v1/feed", f"/api/v1/users/{author.id}/posts"}
    assert all(signed_in(reader).get(path).json()["items"] for path in listed)
    words = WordFilter(user_id=reader.id, phrase="casino", pattern=phrase_pattern("casino"), action="hide")
    db.add(words)
    db.commit()
    assert [signed_in(reader).get(path).json()["items"] for path in listed] == [[]] * 3
    words.action = "fold"
    db.commit()
    post = signed_in(reader).get(address).json()
    shown = post["quoted"]["post"] if post["quoted"] else post
    assert shown["viewer"]["is_folded"] is True
    assert signed_in(author).get(address).json()["viewer"]["is_folded"] is False


def test_a_filter_for_a_part_of_a_word_hides_nothing_of_a_spaced_script(signed_in: SignedIn, db: Session) -> None:
    reader, author = profiles.person(db), profiles.person(db)
    for phrase in ("and", "赌", "🚨"):
        db.add(WordFilter(user_id=reader.id, phrase=phrase, pattern=phrase_pattern(phrase), action="hide"))
    db.commit()
    for said in ("candle in the sand", "网上赌博", "now🚨now", "salt and sand"):
        written(signed_in(author), said)
    seen = signed_in(reader).get("/api/v1/feed").json()["items"]
    assert [item["text"] for item in seen] == ["candle in the sand"]
